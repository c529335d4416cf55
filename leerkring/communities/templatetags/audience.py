"""{% load audience %}: *Wie kan dit zien?* on an item, without a query."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from leerkring.communities.thread import KINDS
from leerkring.ui.audience import WORDS, Audience

register = template.Library()


@register.inclusion_tag("communities/audience.html", takes_context=True)
def audience(context: Context, what: str = "community", thing: Any = None) -> dict[str, Any]:
    """`{% audience %}` on what is the community's, `{% audience "conversation" conversation %}` on a thing of a
    registered kind, `{% audience "me" %}` on an own page."""
    who = Audience(what) if thing is None else KINDS[what].audience(thing)
    short, sentence = WORDS[who]
    return {"short": short, "sentence": sentence, "here": context.get("here"), "who": who}
