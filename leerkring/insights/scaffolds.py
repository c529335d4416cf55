"""The words in which each kind of knowledge is told: they help to say what is usually done without thinking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerkring.insights.happenings import Tacit

Text = str | Promise


@dataclass(frozen=True)
class Scaffold:
    """`choice` is where one chooses, `name` in a list, `heading` on the card. `what` and `why` begin the sentence;
    each has an example. Texts take the words of the sector."""

    choice: Text
    name: Text
    heading: Text
    what: Text
    what_example: Text
    why: Text
    why_example: Text

    @property
    def because(self) -> str:
        """The word that ties why to what, where both are told; of what was typed it gets `reason`."""
        return str(self.why).removesuffix("…").strip()

    @property
    def stem(self) -> str:
        """With what the sentence begins, when what is written goes on from there; "" when it is to be said whole."""
        words = str(self.what)
        return words.removesuffix("…").strip() if words.count("…") == 1 and words.endswith("…") else ""

    def whole(self, text: str) -> str:
        """What was written as a sentence that is read by itself. Who went on from its beginning, without a capital,
        gets that before it; what is a sentence already stays as it was typed."""
        first, stem = text.split(maxsplit=1)[:1], self.stem
        goes_on = first and text[0].islower() and first[0] != stem.lower().split(" ")[0]
        return f"{stem} {text}" if stem and goes_on else text


#: The words that tie why to what, in each language: what was written in one is read in another. Not the English *for*,
#: which begins *for example* too.
_TIES = frozenset({"omdat", "want", "because"})


def reason(why: str) -> str:
    """To be read after the word that ties it to what: who typed that word as well gets it once."""
    first, rest = [*why.split(maxsplit=1), "", ""][:2]
    return rest if rest and first.lower().rstrip(":,…") in _TIES else why


#: In the order in which one chooses: what most people think of first.
SCAFFOLDS: Mapping[str, Scaffold] = {
    Tacit.ROUTINE: Scaffold(
        choice=_("Zo doe ik het: ik doe … omdat …"),
        name=_("Zo doe ik het"),
        heading=_("Zo doe ik het"),
        what=_("Ik …"),
        what_example=_("Bijvoorbeeld: ik laat %(pupils)s eerst schatten, en dat opschrijven."),
        why=_("omdat …"),
        why_example=_("Bijvoorbeeld: dan gaan ze hun eigen antwoord wantrouwen."),
    ),
    Tacit.PEOPLE: Scaffold(
        choice=_("Zo zie ik het: ik herken het aan …"),
        name=_("Zo zie ik het"),
        heading=_("Zo zie ik het"),
        what=_("Ik herken het aan …"),
        what_example=_(
            "Zeg ook wat je herkent. Bijvoorbeeld: ik zie dat iemand de draad kwijt is, want die kijkt naar de buurman."
        ),
        why=_("want …"),
        why_example=_("Bijvoorbeeld: wie nog nadenkt, kijkt naar het blad."),
    ),
    Tacit.RULE: Scaffold(
        choice=_("Mijn vuistregel: als … dan … want …"),
        name=_("Vuistregel"),
        heading=_("Mijn vuistregel"),
        what=_("Als … dan …"),
        what_example=_(
            "Bijvoorbeeld: als drie %(pupils)s hetzelfde vragen, dan leg ik het werk van allen stil."
        ),
        why=_("want …"),
        why_example=_("Bijvoorbeeld: de vierde vraagt het niet meer, en gokt."),
    ),
}
KINDS = [(kind, scaffold.name) for kind, scaffold in SCAFFOLDS.items()]
CHOICES = [(kind, scaffold.choice) for kind, scaffold in SCAFFOLDS.items()]


def of_all_by(author: object) -> str:
    """Out of the practice of all together, as one of them wrote it down."""
    return str(_("van ons samen, opgeschreven door %(author)s") % {"author": author})
