"""What happens in conversations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from leerkring.communities.happenings import Happening, MemberId, ThingId


class Purpose(StrEnum):
    """What a conversation is for."""

    QUESTION = "question"
    DILEMMA = "dilemma"
    PROPOSAL = "proposal"
    SHARING = "sharing"


@dataclass(frozen=True, kw_only=True)
class ConversationOpened(Happening):
    """A conversation began. `about` is the Conversation; `mentioned` are the colleagues called by name."""

    kind = "conversation.opened"
    sentence = _("nieuw gesprek")
    thing = "conversation"
    about: ThingId
    purpose: Purpose
    mentioned: tuple[MemberId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConversationReplied(Happening):
    """Someone replied in `about`. `answered` is whose contribution it replies to; never the actor."""

    kind = "conversation.replied"
    sentence = _("nieuwe reactie")
    thing = "conversation"
    about: ThingId
    contribution: ThingId
    answered: MemberId | None = None
    mentioned: tuple[MemberId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConversationHelped(Happening):
    """Someone said of a contribution by `helper` that it helps. Thanks, not evidence: feed only."""

    kind = "conversation.helped"
    sentence = _("hielp een collega verder")
    thing = "conversation"
    about: ThingId
    contribution: ThingId
    helper: MemberId
