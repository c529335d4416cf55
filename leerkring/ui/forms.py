"""How every form is drawn: label, hint, error, in that order, tied together for a screen reader."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates

#: Django's own include a template for each option and another for its attributes: half of what a page with
#: choices took.
FLAT = {
    "django/forms/widgets/select.html": "ui/widgets/select.html",
    "django/forms/widgets/radio.html": "ui/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/widgets/choices.html",
}


class Renderer(DjangoTemplates):
    """`{{ form }}` draws a whole form, `{{ form.title.as_field_group }}` one field."""

    def get_template(self, template_name: str) -> Any:
        return super().get_template(FLAT.get(template_name, template_name))

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
