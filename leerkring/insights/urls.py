from django.urls import path

from leerkring.insights import trying_views, views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "insights"
_ROOM = "plg/<id:community_id>/inzichten/"
_INSIGHT = f"{_ROOM}<id:insight_id>/"
_TRYING = f"{_INSIGHT}proberen/<id:trying_id>/"
urlpatterns = [
    path(_ROOM, views.insights, name="insights"),
    path(f"{_ROOM}nieuw/", views.new, name="new"),
    path(_INSIGHT, views.insight, name="insight"),
    path(f"{_INSIGHT}aanpassen/", views.revise, name="revise"),
    path(f"{_INSIGHT}weghalen/", views.withdraw, name="withdraw"),
    path(f"{_INSIGHT}mijn-naam/", views.name, name="name"),
    path(f"{_INSIGHT}niet-als/<id:limit_id>/weghalen/", views.withdraw_limit, name="withdraw_limit"),
    path(f"{_INSIGHT}proberen/", trying_views.try_out, name="try_out"),
    path(_TRYING, trying_views.tell, name="tell"),
    path(f"{_TRYING}toch-niet/", trying_views.drop, name="drop"),
]
