from django.urls import path

from leerkring.knowledge import bin_views, views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "knowledge"
urlpatterns = [
    path("plg/<id:community_id>/gesprekken/", views.conversations, name="conversations"),
    path("plg/<id:community_id>/gesprekken/nieuw/", views.start, name="start"),
    path("plg/<id:community_id>/gesprekken/<id:conversation_id>/", views.conversation, name="conversation"),
    path("plg/<id:community_id>/gesprekken/prullenbak/", bin_views.bin_, name="bin"),
    path("plg/<id:community_id>/gesprekken/<id:conversation_id>/weghalen/", bin_views.remove, name="remove"),
    path(
        "plg/<id:community_id>/gesprekken/<id:conversation_id>/terugzetten/",
        bin_views.put_back,
        name="put_back",
    ),
    path("plg/<id:community_id>/bijdrage/<id:contribution_id>/helpt/", views.helps, name="helps"),
    path("plg/<id:community_id>/bijdrage/<id:contribution_id>/", views.revise, name="revise"),
    path("plg/<id:community_id>/bijdrage/<id:contribution_id>/weghalen/", views.withdraw, name="withdraw"),
]
