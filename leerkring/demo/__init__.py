"""The demo: four communities, one of them of two schools, that look as if they had been at work for weeks, whatever
the day is.

What is said stands in stories/*.toml, counted back in school days; `player` plays it through the same verbs
as the pages use. The functions import when called, because this package is an app: it is loaded before the
models are.
"""

from __future__ import annotations

#: Everybody knows it; accounts that have it are refused outside the demo.
PASSWORD = "leerkring-demo"  # noqa: S105  # public on purpose


def make() -> None:
    """Make the demo as it looks at this moment, all of it or nothing; nothing when it is there already."""
    from leerkring.demo import player

    player.play()


def is_complete() -> bool:
    """Whether the demo is there: it comes in one transaction, so any demo person means all of it."""
    from leerkring.people.models import User

    return User.objects.filter(is_demo=True).exists()


def accounts() -> list[tuple[str, str]]:
    """E-mail address and what that person is, of everyone whose password is `PASSWORD`."""
    from leerkring.public.demo_roles import DEMO_ROLES

    return [(role.email, str(role.title)) for role in DEMO_ROLES]
