"""Addresses of planning; those of what happens in a meeting are beside them (urls.py)."""

from django.urls import path

from leerkring.meetings import acting_views, groups_views, views, year_views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

_ROOM = "plg/<id:community_id>/bijeenkomsten/"
_MEETING = f"{_ROOM}<id:meeting_id>/"
_OPTION = f"{_MEETING}moment/<id:option_id>/"
_ITEM = f"{_MEETING}agenda/<id:item_id>/"
_HANDOUT = f"{_MEETING}bestand/<id:handout_id>/"
urlpatterns = [
    path(_ROOM, views.meetings, name="meetings"),
    path(f"{_ROOM}nieuw/", views.new, name="new"),
    path(f"{_ROOM}jaarritme/", year_views.year, name="year"),
    path(_MEETING, views.meeting, name="meeting"),
    path(f"{_MEETING}veranderen/", views.edit, name="edit"),
    path(f"{_MEETING}afzeggen/", views.cancel, name="cancel"),
    path(f"{_MEETING}kom-ik/", views.reply, name="reply"),
    path(f"{_MEETING}momenten/", acting_views.answer, name="answer"),
    path(f"{_MEETING}moment/", acting_views.add_moment, name="add_moment"),
    path(f"{_OPTION}kies/", acting_views.choose, name="choose"),
    path(f"{_OPTION}weghalen/", acting_views.drop_moment, name="drop_moment"),
    path(f"{_ROOM}agendapunt/", acting_views.fill_item, name="fill_item"),
    path(f"{_MEETING}agenda/", acting_views.add_item, name="add_item"),
    path(_ITEM, acting_views.item, name="item"),
    path(f"{_ITEM}weghalen/", acting_views.drop_item, name="drop_item"),
    path(f"{_ITEM}schuiven/", acting_views.shift_item, name="shift_item"),
    path(f"{_MEETING}rollen/", acting_views.divide, name="divide"),
    path(f"{_MEETING}rol/", acting_views.role, name="role"),
    path(f"{_MEETING}bestand/", acting_views.bring, name="bring"),
    path(_HANDOUT, acting_views.handout, name="handout"),
    path(f"{_HANDOUT}weghalen/", acting_views.take_away, name="take_away"),
    path("mijn-groepen/", groups_views.groups, name="groups"),
]
