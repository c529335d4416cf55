from django.urls import path

from leerkring.practice import tryout_views, visit_views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "practice"
_ROOM = "plg/<id:community_id>/praktijk/"
_VISITS = f"{_ROOM}lesbezoek/"
_VISIT = f"{_VISITS}<id:visit_id>/"
VISITS = [
    path(_VISITS, visit_views.visits, name="visits"),
    path(f"{_VISITS}open/", visit_views.open_lesson, name="open_lesson"),
    path(f"{_VISITS}vragen/", visit_views.ask, name="ask"),
    path(f"{_VISITS}gezien/", visit_views.released, name="released"),
    path(_VISIT, visit_views.visit, name="visit"),
    path(f"{_VISIT}aanpassen/", visit_views.revise, name="revise_visit"),
    path(f"{_VISIT}komen/", visit_views.come, name="come"),
    path(f"{_VISIT}afzeggen/", visit_views.call_off, name="call_off"),
    path(f"{_VISIT}geweest/", visit_views.was, name="was"),
    path(f"{_VISIT}kijken/", visit_views.watch, name="watch"),
    path(f"{_VISIT}kijken/<id:note_id>/weghalen/", visit_views.drop_note, name="drop_note"),
    path(f"{_VISIT}geven/", visit_views.hand_over, name="hand_over"),
    path(f"{_VISIT}vrijgeven/", visit_views.release, name="release"),
    path(f"{_VISIT}voornemen/", visit_views.intend, name="intend"),
    path(f"{_VISIT}voornemen/vertellen/", visit_views.tell, name="tell_intention"),
    path(f"{_VISIT}weghalen/", visit_views.take_away, name="take_visit_away"),
]
_TRYOUTS = f"{_ROOM}uitproberen/"
_TRYOUT = f"{_TRYOUTS}<id:tryout_id>/"
TRYOUTS = [
    path(_TRYOUTS, tryout_views.tryouts, name="tryouts"),
    path(f"{_TRYOUTS}nieuw/", tryout_views.new, name="new_tryout"),
    path(_TRYOUT, tryout_views.tryout, name="tryout"),
    path(f"{_TRYOUT}aanpassen/", tryout_views.revise, name="revise_tryout"),
    path(f"{_TRYOUT}hoe-ging-het/", tryout_views.conclude, name="conclude_tryout"),
    path(f"{_TRYOUT}weghalen/", tryout_views.withdraw, name="withdraw_tryout"),
]
urlpatterns = [*VISITS, *TRYOUTS]
