"""Nightly work of the rooms of practice."""

from leerkring.practice import tryout_jobs, visit_jobs

__all__ = ["tryout_jobs", "visit_jobs"]
