"""The words on the screens of a live room, and what the page says beforehand (`frontend/live/setting.ts`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from leerkring import clock
from leerkring.communities.models import Membership
from leerkring.insights.scaffolds import SCAFFOLDS
from leerkring.meetings import goal_session
from leerkring.meetings.live.agenda import EXIT_QUESTIONS
from leerkring.meetings.live.bettering import bettering
from leerkring.meetings.live.coming import is_guest
from leerkring.meetings.live.leaving import FEWEST
from leerkring.meetings.live.steps import Played, load
from leerkring.meetings.models import Agreement, Live, Participant
from leerkring.meetings.workform import StepKind
from leerkring.meetings.workform_words import ROLES
from leerkring.network.words import words_of
from leerkring.ui.languages import language

Text = str | Promise

_STATE: Mapping[str, Text] = {
    "coming": _("We halen de bijeenkomst op …"),
    "connected": _("verbonden"),
    "away": _("wifi weg: bewaard op je toestel"),
    "away_unsafe": _("wifi weg, en dit toestel kan niets bewaren: laat deze pagina open"),
    "waits_one": _("1 bericht nog niet verstuurd. Er gaat niets verloren."),
    "waits": _("%(n)s berichten nog niet verstuurd. Er gaat niets verloren."),
    "outside": _("Je doet niet meer mee. Wat je typte, staat nog op dit toestel."),
    "closed": _("De bijeenkomst is klaar"),
    "before": _("We beginnen zo"),
    "before_how": _("Kijk wie er al is. De gespreksleider begint."),
    "place": _("Stap %(n)s van %(of)s"),
    "paused": _("pauze"),
    "time_left": _("Tijd voor deze stap"),
    "time_spent": _("Hoeveel tijd er om is"),
    "turn_left": _("Tijd voor deze beurt"),
    "time_is_up": _("De tijd voor deze stap is om."),
    "one_minute": _("Nog een minuut."),
    "who": _("Wie er zijn (%(n)s)"),
    "thanks_member": _("Dank je wel. De notulen staan al klaar: jullie maakten ze samen."),
    "thanks_name": _("Dank je wel. Wil je bewaren wat je schreef, dan kan dat op je eigen naam."),
    "thanks_board": _("Dank jullie wel. De notulen staan klaar."),
    "to_minutes": _("Naar de notulen"),
    "make_goal": _("Maak hier ons doel van"),
    "keep_it": _("Bewaren op mijn naam"),
    "wait_to_leave": _("Nog niet alles is verstuurd. Laat deze pagina open tot je weer verbinding hebt."),
}
_GIVING: Mapping[str, Text] = {
    "your_card": _("Jouw kaart"),
    "card_of": _("Kaart van %(name)s"),
    "note": _("Aantekening"),
    "add_card": _("Voeg kaart toe"),
    "away_card": _("Haal weg"),
    "sure_drop": _("Haal je dit voor iedereen weg?"),
    "sure_drop_sentence": _(
        "Haal je de zin van nu voor iedereen weg? Dan geldt weer hoe hij daarvoor luidde."
    ),
    "sure_away": _(
        "Staat er een naam in? Het kaartje gaat voorgoed weg, van alle schermen en uit de notulen. Wie het schreef, "
        "ziet dat."
    ),
    "sure_away_no_ones": _(
        "Staat er een naam in? Het kaartje gaat voorgoed weg, van alle schermen en uit de notulen. Niemand "
        "weet van wie het is: wie het schreef, krijgt dus geen bericht."
    ),
    "really_away": _("Ja, haal weg"),
    "keep_card": _("Laat staan"),
    "was_away": _(
        "Je kaart bij ‘%(title)s’ is weggehaald door wie leidt: er stond mogelijk een naam in. Schrijf het gerust "
        "opnieuw, zonder naam."
    ),
    "not_sent": _("nog niet verstuurd"),
    "came_later": _("Dit kaartje kwam later binnen"),
    "only_you": _("Alleen jij ziet wat je schrijft, tot de gespreksleider alles laat zien."),
    "progress": _("%(n)s van %(of)s klaar."),
    "ready": _("Ik ben klaar"),
    "full": _("Je schreef er %(n)s: dat is alles voor deze stap."),
    "full_for": _("%(name)s schreef er %(n)s: dat is alles voor deze stap."),
    "guest": _("gast"),
    "chosen": _("Hier gaat het over"),
    "as_now": _("Zo luidt het nu"),
    "better": _("Zo is het beter"),
    "as_before": _("Hoe het eerder luidde"),
    "become_presenter": _("Wordt %(name)s de inbrenger?"),
    "no_presenter": _("Er is nog geen inbrenger."),
    "is_presenter": _("%(name)s is de inbrenger"),
    "given": _("Dank je wel, dit is binnen."),
    "unsigned": _("Niemand kan zien van wie dit is. Schrijf geen namen."),
    "you_listen": _("Jij luistert nu. Straks ben jij weer aan het woord."),
    "just_talk": _("Hier hoef je niets te typen. Praat met elkaar."),
    "writes_along": _("%(names)s schrijft mee."),
    "write_along": _("%(names)s schrijven mee."),
    "just_read": _("Hier hoef je niets te typen. Lees rustig; niemand praat nog."),
    "just_listen": _("Hier hoef je niets te typen. Luister, tot jij aan de beurt bent."),
    "has_the_word": _("Nu aan het woord"),
    "you": _("Jij"),
    "pass_turn": _("Klaar, geef het woord door"),
    "after_this": _("Hierna: %(names)s"),
    "round_done": _("Iedereen is geweest."),
    "which_together": _("Wat hoort bij elkaar?"),
    "pile": _("Bij elkaar"),
    "pile_name": _("Hoe noemen we dat?"),
    "lay_together": _("Leg bij elkaar"),
    "out_of_pile": _("Haal uit de stapel"),
    "take_apart": _("Haal de stapel uit elkaar"),
    "loose_cards": _("Losse kaarten"),
    "one_needs_name": _("Vink nog een kaart aan, of geef de stapel een naam."),
    "tick_first": _("Vink eerst de kaarten aan die bij elkaar horen."),
    "give_dot": _("Geef een stip"),
    "take_back": _("Neem er een terug"),
    "dots_left": _("Stippen die je nog hebt: %(n)s"),
    "dots_left_for": _("Stippen die %(name)s nog heeft: %(n)s"),
    "own_dots": _("stippen van jou: %(n)s"),
    "dots": _("stippen: %(n)s"),
    "can_go_on": _("Ja, ik kan hiermee verder"),
    "or_objection": _("Of wat houdt je tegen?"),
    "object": _("Ik heb een bezwaar"),
    "objection_needed": _("Schrijf eerst op wat je tegenhoudt. Dan kunnen de anderen er iets mee."),
    "you_said_yes": _("Je kunt verder. Je mag nog veranderen."),
    "you_objected": _("Jouw bezwaar: %(text)s"),
    "say_again": _("De zin is veranderd: zeg opnieuw of je verder kunt."),
    "they_say_again": _("De zin is veranderd: vraag %(name)s opnieuw."),
    "they_can_go_on": _("%(name)s kan hiermee verder"),
    "they_said_yes": _("%(name)s kan verder. Dat mag nog veranderen."),
    "they_objected": _("Bezwaar van %(name)s: %(text)s"),
    "yes_count": _("Kan verder: %(n)s"),
    "objection": _("Bezwaar"),
    "no_words": _("Zonder woorden"),
    "not_chosen": _("Zonder stippen: %(n)s"),
    "and_more": _("en nog %(n)s"),
    "for_whom": _("Voor wie schrijf je dit op?"),
    "for_me": _("voor mijzelf"),
}
_HARVEST: Mapping[str, Text] = {
    "what_kind": _("Wat wil je bewaren?"),
    "keep_insight": _("Bewaar als inzicht"),
    "whose": _("Uit wiens praktijk?"),
    "whose_how": _("Noem je een collega? Die vragen we na afloop of de naam erbij mag."),
    "of_me": _("die van mij"),
    "of_all": _("van ons samen"),
    "which_practice": _("Uit welke les? (mag leeg, zonder namen)"),
    "when_not": _("Wanneer niet:"),
    "ask_when_not": _("Wanneer werkt dit niet?"),
    "ask_author": _("Vraag het aan %(name)s, en schrijf het antwoord op."),
    "colleague_asks": _("Wanneer werkt dit niet? Dat vraagt een collega, en die schrijft het op."),
    "add_limit": _("Zet erbij"),
    "another": _("Nog iets dat we nu weten?"),
    "who_tries": _("Wie probeert dit?"),
    "agree_too": _("Spreken we nog iets af?"),
    "try_on": _("Wanneer probeer jij dit?"),
    "i_try": _("Ik probeer dit"),
    "they_try_on": _("Wanneer probeert %(name)s dit?"),
    "day_needed": _("Kies eerst op welke dag."),
    "they_try": _("%(name)s probeert dit"),
    "tries": _("%(name)s probeert dit op %(day)s"),
    "agree_what": _("Wat spreken we af?"),
    "agree_who": _("Wie doet het?"),
    "agree_all": _("Niemand gekozen? Dan doen jullie het allemaal."),
    "agree_by": _("Wanneer is het klaar? (mag leeg)"),
    "keep_agreement": _("Leg de afspraak vast"),
    "all_of_us": _("wij allemaal"),
    "undo": _("Toch niet"),
    "sure_undo": _("Haal je deze afspraak voor iedereen weg? Dan staat hij straks niet in de notulen."),
    "exit_asked": _("Twee vragen zonder naam: niemand ziet wie wat antwoordde."),
    "exit_tell": _("Vertel elkaar kort hoe het was."),
    "exit_few": _(
        "Vertel elkaar kort hoe het was. Twee vragen zonder naam stellen we pas als vijf van jullie een eigen scherm "
        "hebben: met minder kun je raden wie wat antwoordde."
    ),
    "exit_thanks": _("Dank je wel. Niemand kan zien wat jij antwoordde."),
    "scale_1": _("1 · helemaal niet"),
    "scale_2": "2",
    "scale_3": "3",
    "scale_4": "4",
    "scale_5": _("5 · helemaal wel"),
    "dont_know": _("weet ik niet"),
    "give_exit": _("Geef mijn antwoorden"),
}
_LOOKING_BACK: Mapping[str, Text] = {
    "begun": _(
        "Je tekst bij ‘%(title)s’ is bewaard. Je ziet hem weer bij die stap, of als de bijeenkomst sluit."
    ),
    "settle_kept": _("Gedaan"),
    "settle_carried": _("Schuif door naar de volgende keer"),
    "settle_let_go": _("Laat los"),
    "became_kept": _("gedaan"),
    "became_carried": _("schuift door naar de volgende keer"),
    "became_let_go": _("losgelaten"),
    "said_elsewhere": _("op de pagina met afspraken"),
    "before_day": _("uiterlijk %(day)s"),
}
_STEERING: Mapping[str, Text] = {
    "start": _("Begin"),
    "next": _("Verder: %(title)s"),
    "open_objection": _("Er ligt nog een bezwaar."),
    "open_objections": _("Er liggen nog %(n)s bezwaren."),
    "back_to_sentence": _("Terug naar de zin"),
    "open_answers": _("Nog niet iedereen heeft geantwoord."),
    "reveal": pgettext_lazy("de knop die kaarten omdraait", "Laat zien"),
    "all_see": _("Iedereen ziet alles"),
    "next_turn": _("Volgende beurt"),
    "pause": _("Pauze"),
    "resume": _("Ga door"),
    "stretch": _("2 minuten erbij"),
    "more": _("Meer"),
    "go_to": _("Ga naar een andere stap"),
    "go": _("Ga"),
    "who_does_what": _("Wie doet wat"),
    "nobody": _("niemand"),
    "wrong_place": _("Iemand hoort hier niet"),
    "take_out": _("Haal eruit"),
    "end": _("Sluit de bijeenkomst"),
    "sure_end": _("Sluiten we voor iedereen? Daarna staan de notulen klaar."),
    "really_end": _("Ja, sluit"),
    "not_yet": _("Nog niet"),
}
_BACK: Mapping[str, Text] = {
    "put_away": _("Gelezen, haal weg"),
    "why_half": _(
        "Dit was je nog aan het typen toen de bijeenkomst sloot. Het is niet bewaard. Hoort het erbij, zet het dan als "
        "aanvulling bij de notulen."
    ),
    "why_settle": _(
        "Dit is niet verwerkt: er was al iets anders gezegd. Kijk bij de afspraken hoe het ermee staat."
    ),
    "why_unreadable": _("Dit konden we niet lezen. Het is niet bewaard; neem het zelf over."),
    "why_not_yours": _(
        "Dit mag alleen wie de bijeenkomst leidt. Je tekst is niet bewaard; neem hem zelf over."
    ),
    "why_not_now": _("Deze stap was er nog niet. Je tekst is niet bewaard; geef hem opnieuw bij die stap."),
    "why_listens": _("Jij luistert in deze stap. Je tekst is niet bewaard; zeg hem straks."),
    "why_enough": _("Er past niets meer bij deze stap. Je tekst is niet bewaard; neem hem zelf over."),
    "why_gone": _("Waar dit bij hoorde, is weg. Je tekst is niet bewaard; neem hem zelf over."),
    "why_closed": _(
        "De bijeenkomst was al gesloten. Je tekst is niet bewaard; zet hem als aanvulling bij de notulen."
    ),
    "why_forgotten": _(
        "De bijeenkomst is gesloten. Was dit op tijd binnen, dan staat het zonder naam in de notulen; anders is het "
        "niet bewaard."
    ),
    "why_overtaken": _("Een ander was je net voor. Je tekst is niet bewaard."),
    "why_full": _("De bijeenkomst is vol. Je tekst is niet bewaard."),
    "why_own": _("Wanneer het niet werkt, schrijft een collega op. Je tekst is niet bewaard."),
}
#: Who came by name only adds nothing to the minutes.
_BACK_BY_NAME: Mapping[str, Text] = {
    "why_half": _(
        "Dit was je nog aan het typen toen de bijeenkomst sloot. Het is niet bewaard. Hoort het erbij, vraag dan "
        "iemand van de groep om het bij de notulen te zetten."
    ),
    "why_closed": _(
        "De bijeenkomst was al gesloten. Je tekst is niet bewaard; vraag iemand van de groep om hem bij de notulen "
        "te zetten."
    ),
}
WORDS: Mapping[str, Text] = {**_STATE, **_GIVING, **_HARVEST, **_LOOKING_BACK, **_STEERING, **_BACK}


def setting(live: Live, participant: Participant, *, board: bool) -> dict[str, Any]:
    """What the island has to know, as JSON holds it."""
    words = words_of(live.meeting.community.school.sector)
    steps = load(live.steps)
    consents = [step for step in steps if step.kind is StepKind.CONSENT]
    betters = {step.key for consent in consents for step in bettering(steps, consent)}
    at = [live.meeting.community_id, live.meeting_id]
    is_member = participant.member_id is not None
    return {
        "live": live.pk,
        "me": participant.pk,
        "board": board,
        "member": is_member,
        "minute": live.minute,
        "today": clock.today().isoformat(),
        "minutes": reverse("meetings:minutes", args=at),
        "goal": _new_goal(live, steps),
        "keep": reverse("meetings:keep", args=[live.pk]),
        "steps": [{**_shown(step, language()), "betters": step.key in betters} for step in steps],
        "agreed": _agreed(participant, steps),
        "decides": participant.member is not None and not is_guest(participant.member),
        "scaffolds": [
            {
                "key": key,
                "choice": words.fill(scaffold.choice),
                "what": words.fill(scaffold.what),
                "why": words.fill(scaffold.why),
                "because": scaffold.because,
                "stem": scaffold.stem,
                "example": words.fill(scaffold.what_example),
            }
            for key, scaffold in SCAFFOLDS.items()
        ],
        "fewest": FEWEST,
        "roles": {role: str(word) for role, word in ROLES.items()},
        "words": {
            key: str(word) for key, word in (WORDS if is_member else {**WORDS, **_BACK_BY_NAME}).items()
        },
    }


def _new_goal(live: Live, steps: Iterable[Played]) -> str:
    """Where a goal begins with what the group made of it here; "" when no work form is for that."""
    community, forms = live.meeting.community, {step.workform for step in steps}
    makes = any(goal_session.makes_a_goal(community, key) for key in forms)
    return goal_session.address(live.meeting) if makes else ""


def _agreed(participant: Participant, steps: Iterable[Played]) -> list[dict[str, Any]]:
    """What was agreed in other meetings is named to who is in the group; anyone may come in by the code. What is over
    since, is told by the room (`live.elsewhere`)."""
    looked_at = [pk for step in steps for pk in step.agreed]
    if participant.member is None or not looked_at:
        return []
    who = Prefetch("who", Membership.objects.select_related("user"))
    found = Agreement.objects.filter(community=participant.member.community_id).prefetch_related(who)
    there = found.in_bulk(looked_at)
    return [_earlier(there[pk]) for pk in looked_at if pk in there]


def _earlier(agreement: Agreement) -> dict[str, Any]:
    names = [*map(str, agreement.who.all()), *filter(None, [agreement.others])]
    day = agreement.by.isoformat() if agreement.by else ""
    return {"id": agreement.pk, "what": agreement.what, "who": ", ".join(names), "by": day}


def _shown(step: Played, read_in: str) -> dict[str, Any]:
    said = step.words(read_in)
    return {
        "key": step.key,
        "kind": step.kind,
        "minutes": step.minutes,
        "title": said.title,
        "prompt": said.prompt,
        "hint": said.hint,
        "hint_to_all": step.hint_to_all,
        "speaks": step.speaks,
        "cards": step.cards,
        "dots": step.dots,
        "of": step.of,
        "anonymous": step.anonymous,
        "hides": step.hides,
        "item": step.item,
        "house": step.item < 0,
        "looks_back": bool(step.agreed),
        "asks": [{"key": ask, "text": _asked(step, ask, read_in)} for ask in step.asks],
    }


def _asked(step: Played, ask: str, read_in: str) -> str:
    """Whether the work form helped names it: who had two that afternoon knows which is meant."""
    forms = step.forms.get(read_in, ()) if ask == "workform" else ()
    if not forms:
        return str(EXIT_QUESTIONS[ask])
    if len(forms) == 1:
        return gettext("De werkvorm ‘%(form)s’ hielp ons verder.") % {"form": forms[0]}
    return gettext("De werkvormen hielpen ons verder: %(forms)s.") % {"forms": ", ".join(forms)}
