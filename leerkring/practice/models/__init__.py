"""What is kept of practice that colleagues open to each other."""

from leerkring.practice.models.tryout import Tryout, TryoutSet

__all__ = ["Tryout", "TryoutSet"]
