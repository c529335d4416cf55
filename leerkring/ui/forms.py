"""How every form is drawn: label, hint, error, in that order, tied together for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from leerkring.ui.refusal import Refused

Widget = dict[str, Any]


@contextmanager
def refusals_on(form: forms.BaseForm | None) -> Iterator[None]:
    """What a verb in here refuses is said above `form`, with what was typed still in it: a view goes on to draw its
    page as for any other mistake. Without a form it is left to the middleware."""
    try:
        yield
    except Refused as refusal:
        if form is None:
            raise
        form.add_error(None, str(refusal))
    except ValidationError as problem:
        if form is None:
            raise
        form.add_error(None, problem.messages)


def posted_with(request: HttpRequest, **said: object) -> QueryDict:
    """What was posted, with other values for some fields."""
    posted = request.POST.copy()
    for name, value in said.items():
        posted[name] = str(value)
    return posted


class DayInput(forms.DateInput):
    """A day, in the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class ConditionalDay(forms.DateField):
    """A day that is needed in some cases only: its label says in which, and "hoeft niet" would not be true."""

    says_when = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=DayInput, **kwargs)


class OwnWords(forms.CharField):
    """Several lines of a person's own words, kept exactly as typed."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), strip=False, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: a browser would cut a pasted text in silence, where the form says that it is too long."""
        return {}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.required and not value.strip():
            raise ValidationError(self.error_messages["required"], code="required")


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Checkboxes. Of a number that no database can hold Django says nothing until the database does."""

    def _check_values(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            for pk in value:
                if len(str(pk)) > 18:
                    raise ValidationError(
                        self.error_messages["invalid_choice"], params={"value": str(pk)[:18]}
                    )
        return super()._check_values(value)  # type: ignore[misc]  # not in the stubs


_INPUTS = ("checkbox", "date", "email", "hidden", "number", "password", "text", "time", "url")


def _select(widget: Widget) -> SafeString:
    options = _grouped(widget, '<optgroup label="{}">{}</optgroup>', _option)
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), options)


def _option(option: Widget) -> SafeString:
    attributes = flatatt(option["attrs"])
    return format_html('<option value="{}"{}>{}</option>', str(option["value"]), attributes, option["label"])


def _choices(widget: Widget) -> SafeString:
    around = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    choices = _grouped(widget, "<div><label>{}</label>{}</div>", _choice)
    return format_html("<div{}>{}</div>", flatatt(around), choices)


def _choice(option: Widget) -> SafeString:
    own = {"type": option["type"], "name": option["name"], "value": str(option["value"]), **option["attrs"]}
    label = flatatt({"for": option["attrs"].get("id")})
    return format_html("<div><label{}><input{}> {}</label></div>", label, flatatt(own), option["label"])


def _grouped(widget: Widget, group: str, draw: Any) -> SafeString:
    drawn = []
    for name, options, _index in widget["optgroups"]:
        inside = format_html_join("", "{}", ((draw(option),) for option in options))
        drawn.append(format_html(group, name, inside) if name else inside)
    return mark_safe("".join(drawn))  # noqa: S308 (each part is safe)


def _input(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    attributes = flatatt(widget["attrs"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes)


def _textarea(widget: Widget) -> SafeString:
    value, attributes = widget["value"] or "", flatatt(widget["attrs"])
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes, value)


#: Django's own templates include one for each option and another for its attributes: most of what a page with many
#: choices or fields took.
DRAWN = {
    **dict.fromkeys((f"django/forms/widgets/{name}.html" for name in _INPUTS), _input),
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/radio.html": _choices,
    "django/forms/widgets/checkbox_select.html": _choices,
}


class Renderer(DjangoTemplates):
    """`{{ form }}` draws a whole form, `{{ form.title.as_field_group }}` one field."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)
