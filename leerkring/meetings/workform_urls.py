"""The addresses of work forms, within those of meetings."""

from django.urls import path

from leerkring.meetings import adapting_views, workform_views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

_ALL = "plg/<id:community_id>/bijeenkomsten/werkvormen/"
_ONE = f"{_ALL}<slug:key>/"
WORKFORMS = [
    path(_ALL, workform_views.workforms, name="workforms"),
    path(f"{_ALL}uit-bestand/", workform_views.take_in, name="take_in"),
    path(_ONE, workform_views.workform, name="workform"),
    path(f"{_ONE}aanpassen/", adapting_views.adapt, name="adapt"),
    path(f"{_ONE}bestand/", workform_views.take_along, name="take_along"),
    path(f"{_ONE}weghalen/", workform_views.remove, name="remove_workform"),
]
