from django.urls import path

from leerkring.communities import inbox_views, views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "communities"
urlpatterns = [
    path("plg/<id:community_id>/leden/", views.members, name="members"),
    path("plg/<id:community_id>/leden/uitnodigen/", views.invite, name="invite"),
    path("plg/<id:community_id>/leden/<id:membership_id>/", views.member, name="member"),
    path("plg/<id:community_id>/leden/<id:membership_id>/verwijderen/", views.remove, name="remove"),
    path("plg/<id:community_id>/weggaan/", views.leave, name="leave"),
    path("plg/<id:community_id>/mail/", inbox_views.mail_here, name="mail_here"),
    path("postvak/", inbox_views.postbox, name="inbox"),
    path("postvak/<id:notice_id>/", inbox_views.open_notice, name="open_notice"),
    path("postvak/gelezen/", inbox_views.all_read, name="all_read"),
    path("postvak/mail/", inbox_views.mail, name="mail"),
    path("mail-stoppen/<str:ticket>/", inbox_views.stop_mail, name="stop_mail"),
    path("uitnodiging/<str:token>/", views.accept, name="accept"),
]
