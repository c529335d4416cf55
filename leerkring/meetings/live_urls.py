from django.urls import path

from leerkring.meetings import agreement_views, live_views, minutes_views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

_MEETING = "plg/<id:community_id>/bijeenkomsten/<id:meeting_id>/"
_ROOM = "bijeenkomst/<id:live_id>/"
_AGREEMENTS = "plg/<id:community_id>/bijeenkomsten/afspraken/"
LIVE = [
    path(f"{_MEETING}live/", live_views.lobby, name="lobby"),
    path(f"{_MEETING}notulen/", minutes_views.minutes, name="minutes"),
    path(f"{_MEETING}notulen/eruit/", minutes_views.texts, name="texts"),
    path(f"{_MEETING}notulen/eruit/<slug:what>/<id:number>/", minutes_views.take_out, name="take_out"),
    path("m/", live_views.find, name="find"),
    path("m/<slug:code>/", live_views.by_code, name="by_code"),
    path(_ROOM, live_views.live_room, name="room"),
    path(f"{_ROOM}erbij/", live_views.write_down, name="write_down"),
    path(f"{_ROOM}foto/", live_views.photo, name="photo"),
    path(f"{_ROOM}wie/", live_views.link, name="link"),
    path(f"{_ROOM}bewaren/", live_views.keep, name="keep"),
    path(_AGREEMENTS, agreement_views.agreements, name="agreements"),
    path(f"{_AGREEMENTS}nieuw/", agreement_views.new, name="new_agreement"),
    path(f"{_AGREEMENTS}<id:agreement_id>/", agreement_views.close, name="close_agreement"),
    path(f"{_AGREEMENTS}<id:agreement_id>/veranderen/", agreement_views.edit, name="edit_agreement"),
    path(f"{_MEETING}afspraak/<id:agreement_id>/", agreement_views.look_back, name="look_back"),
]
