from django.urls import path

from leerkring.knowledge import views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "knowledge"
urlpatterns = [
    path("plg/<id:community_id>/gesprekken/", views.conversations, name="conversations"),
    path("plg/<id:community_id>/gesprekken/nieuw/", views.start, name="start"),
    path("plg/<id:community_id>/gesprekken/<id:conversation_id>/", views.conversation, name="conversation"),
    path("plg/<id:community_id>/bijdrage/<id:contribution_id>/helpt/", views.helps, name="helps"),
    path("plg/<id:community_id>/bijdrage/<id:contribution_id>/", views.revise, name="revise"),
    path("plg/<id:community_id>/bijdrage/<id:contribution_id>/weghalen/", views.withdraw, name="withdraw"),
]
