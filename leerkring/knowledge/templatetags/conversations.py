"""{% load conversations %}: what the reader has to do with a contribution."""

from __future__ import annotations

from django import template

from leerkring.communities.models import Membership
from leerkring.knowledge.models import Contribution

register = template.Library()


@register.filter
def by(contribution: Contribution, reader: Membership) -> bool:
    """Whether the reader wrote it."""
    return contribution.author_id == reader.pk


@register.filter
def helped_by(contribution: Contribution, reader: Membership) -> bool:
    """Whether the reader said: this helps me."""
    return any(m.pk == reader.pk for m in contribution.helps.all())
