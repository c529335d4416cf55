"""Leerkring: the working place and the mirror of professional learning communities."""

from importlib.metadata import version

__version__ = version("leerkring")
