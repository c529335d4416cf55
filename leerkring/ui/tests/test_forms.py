"""A form can be filled in without seeing it, and says what is wrong where it is wrong."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django import forms
from django.utils.translation import override

ATTRIBUTES = dict[str, str | None]


class Insight(forms.Form):
    what = forms.CharField(
        label="Wat deed je?", widget=forms.Textarea, help_text="Twee zinnen is <b>genoeg</b>."
    )
    why = forms.CharField(label="Waarom?", required=False)
    who = forms.ChoiceField(
        label="Wie kan dit zien?", widget=forms.RadioSelect, choices=[("me", "Alleen ik"), ("us", "Wij")]
    )
    agreed = forms.BooleanField(label="Zonder namen van leerlingen", help_text="Schrijf: een leerling.")
    goal = forms.IntegerField(widget=forms.HiddenInput, initial=7)

    def clean(self) -> None:
        self.add_error(None, "Dit doel is al afgesloten.")


class Elements(HTMLParser):
    """Every element with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, ATTRIBUTES]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))

    def named(self, name: str) -> ATTRIBUTES:
        return next(attributes for _tag, attributes in self.all if attributes.get("name") == name)

    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _tag, attributes in self.all if "id" in attributes]


def drawn(data: dict[str, str] | None = None) -> str:
    with override("nl"):
        return str(Insight(data))


def test_every_field_has_a_label_that_points_at_it() -> None:
    elements = Elements(drawn())
    labelled = {attributes.get("for") for tag, attributes in elements.all if tag == "label"}
    for name in ("what", "why", "agreed"):
        assert elements.named(name)["id"] in labelled


def test_a_choice_is_a_fieldset_with_its_question_as_legend() -> None:
    assert re.search(r"<fieldset[^>]*>\s*<legend>Wie kan dit zien\?", drawn())


def test_the_hint_is_read_out_with_its_field_and_is_escaped() -> None:
    html = drawn()
    elements = Elements(html)
    hint = elements.named("what")["aria-describedby"]
    assert hint in elements.ids()
    assert "&lt;b&gt;genoeg" in html


def test_what_is_wrong_is_tied_to_its_field() -> None:
    elements = Elements(drawn({"what": "", "goal": "7"}))
    field = elements.named("what")
    assert field["aria-invalid"] == "true"
    described = str(field["aria-describedby"]).split()
    assert len(described) == 2
    assert set(described) <= set(elements.ids())


def test_the_summary_links_to_each_field_that_needs_a_look() -> None:
    html = drawn({"what": "", "goal": "7"})
    elements = Elements(html)
    targets = [
        str(a["href"])[1:] for tag, a in elements.all if tag == "a" and str(a.get("href")).startswith("#")
    ]
    assert "id_what" in targets
    assert set(targets) <= set(elements.ids())
    assert "Dit doel is al afgesloten." in html


def test_an_empty_form_complains_about_nothing() -> None:
    html = drawn()
    assert 'role="alert"' not in html
    assert "aria-invalid" not in html


def test_only_what_may_be_left_out_says_so() -> None:
    html = drawn()
    assert html.count("hoeft niet") == 1
    assert "hoeft niet" in html.split("Waarom?")[1][:80]


def test_hidden_fields_are_there_once_and_without_words() -> None:
    html = drawn()
    assert html.count('name="goal"') == 1
    assert "Goal" not in html


def test_no_id_is_given_twice() -> None:
    ids = Elements(drawn({"what": "", "goal": "7"})).ids()
    assert len(ids) == len(set(ids))
