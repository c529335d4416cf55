"""Addresses of calendars; `urls.py` takes them in."""

from django.urls import path

from leerkring.meetings import calendar_views as views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

urlpatterns = [
    path("mijn/agenda/", views.own_calendar, name="own_calendar"),
    path("mijn/agenda/adres/", views.begin_feed, name="begin_feed"),
    path("mijn/agenda/stoppen/", views.stop_feed, name="stop_feed"),
    path("agenda/<str:token>.ics", views.feed, name="feed"),
    path(
        "plg/<id:community_id>/bijeenkomsten/<id:meeting_id>/agenda.ics",
        views.calendar_file,
        name="calendar_file",
    ),
]
