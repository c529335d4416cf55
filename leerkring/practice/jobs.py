"""Nightly work of the rooms of practice."""

from leerkring.practice import tryout_jobs  # noqa: F401  # registers what it holds
