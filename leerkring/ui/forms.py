"""How every form is drawn: label, hint, error, in that order, tied together for a screen reader."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """`{{ form }}` draws a whole form, `{{ form.title.as_field_group }}` one field."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
