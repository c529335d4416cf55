from django.urls import path

from leerkring.communities import people_views, views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "communities"
urlpatterns = [
    path("plg/<id:community_id>/leden/", views.members, name="members"),
    path("plg/<id:community_id>/leden/uitnodigen/", views.invite, name="invite"),
    path("plg/<id:community_id>/leden/kennismaken/", people_views.acquaint, name="acquaint"),
    path("plg/<id:community_id>/leden/kennismaken/ik/", people_views.introduce, name="introduce"),
    path("plg/<id:community_id>/leden/kennismaken/niet-nu/", people_views.decline, name="decline"),
    path("plg/<id:community_id>/leden/kennismaken/kaartjes/", people_views.cards, name="cards"),
    path("foto/<slug:name>/<id:size>/", people_views.portrait, name="portrait"),
    path("plg/<id:community_id>/leden/<id:membership_id>/", views.member, name="member"),
    path("plg/<id:community_id>/leden/<id:membership_id>/verwijderen/", views.remove, name="remove"),
    path("plg/<id:community_id>/weggaan/", views.leave, name="leave"),
    path("uitnodiging/<str:token>/", views.accept, name="accept"),
]
