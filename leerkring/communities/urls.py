from django.urls import path

from leerkring.communities import accounts_views, founding_views, leading_views, views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "communities"
urlpatterns = [
    path("plg/<id:community_id>/leden/", views.members, name="members"),
    path("plg/<id:community_id>/leden/uitnodigen/", views.invite, name="invite"),
    path("plg/<id:community_id>/leden/<id:membership_id>/", views.member, name="member"),
    path("plg/<id:community_id>/leden/<id:membership_id>/verwijderen/", views.remove, name="remove"),
    path("plg/<id:community_id>/leden/<id:membership_id>/school/", founding_views.place, name="place"),
    path("plg/<id:community_id>/over/", founding_views.about, name="about"),
    path("plg/<id:community_id>/weggaan/", views.leave, name="leave"),
    path("uitnodiging/<str:token>/", views.accept, name="accept"),
    path("leergemeenschappen/nieuw/", founding_views.found, name="found"),
    path("scholen/<id:school_id>/leergemeenschap/", founding_views.open_for_another, name="open"),
    path("scholen/<id:school_id>/leiding/nieuw/", leading_views.appoint, name="appoint"),
    path("scholen/<id:school_id>/leiding/<id:leadership_id>/", leading_views.leader, name="leader"),
    path(
        "scholen/<id:school_id>/leiding/<id:leadership_id>/beeindigen/", leading_views.dismiss, name="dismiss"
    ),
    path("mensen/", accounts_views.accounts, name="accounts"),
    path("mensen/<id:user_id>/", accounts_views.account, name="account"),
    path("mensen/<id:user_id>/aan-uit/", accounts_views.switch, name="switch"),
    path("mensen/<id:user_id>/beheer/", accounts_views.administration, name="administration"),
]
