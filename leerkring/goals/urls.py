from django.urls import path

from leerkring.goals import attainment_views, deciding_views, measuring_views, statement_views, views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "goals"
_ROOM = "plg/<id:community_id>/doelen/"
_GOAL = f"{_ROOM}<id:goal_id>/"
_MEASURE = f"{_GOAL}waaraan/<id:measure_id>/"
_SAID = "plg/<id:community_id>/samen/<slug:kind>/"
urlpatterns = [
    path(_ROOM, views.goals, name="goals"),
    path(f"{_ROOM}nieuw/", views.new, name="new"),
    path(f"{_ROOM}kijk-mee/", views.look_along, name="look_along"),
    path(_GOAL, views.goal, name="goal"),
    path(f"{_GOAL}aanvullen/", views.edit, name="edit"),
    path(f"{_GOAL}voorleggen/", deciding_views.ask, name="ask"),
    path(f"{_GOAL}verder/", deciding_views.agree, name="agree"),
    path(f"{_GOAL}concept/", deciding_views.back_to_draft, name="back_to_draft"),
    path(f"{_GOAL}afronden/", deciding_views.conclude, name="conclude"),
    path(f"{_GOAL}loslaten/", deciding_views.drop, name="drop"),
    path(f"{_GOAL}oppakken/", deciding_views.take_up, name="take_up"),
    path(f"{_GOAL}terugkijken/", deciding_views.check, name="check"),
    path(f"{_GOAL}kerndoelen/", attainment_views.attainment, name="attainment"),
    path(f"{_GOAL}waaraan/", measuring_views.new_measure, name="new_measure"),
    path(_MEASURE, measuring_views.measure, name="measure"),
    path(f"{_MEASURE}weghalen/", measuring_views.drop_measure, name="drop_measure"),
    path(f"{_MEASURE}uitkomst/", measuring_views.value, name="value"),
    path(f"{_MEASURE}bestand/", measuring_views.file, name="file"),
    path(f"{_GOAL}uitkomst/<id:measurement_id>/weghalen/", measuring_views.take_away, name="take_away"),
    path(_SAID, statement_views.statement, name="statement"),
    path(f"{_SAID}schrijven/", statement_views.write, name="write"),
    path("plg/<id:community_id>/versie/<id:statement_id>/", statement_views.version, name="version"),
    path("plg/<id:community_id>/versie/<id:statement_id>/achter/", statement_views.endorse, name="endorse"),
]
