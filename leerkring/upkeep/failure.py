"""What could not be done, in one sentence for who typed the command."""

from __future__ import annotations


class CannotBeDone(Exception):
    """Nothing was changed, or it was put back; the sentence says why, and what to do."""
