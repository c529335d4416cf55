"""Nightly work of practice."""

from leerkring.practice import visit_jobs

__all__ = ["visit_jobs"]
