from django.urls import path

from leerkring.communities import oversight_views as oversight
from leerkring.communities import views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "communities"
urlpatterns = [
    path("plg/<id:community_id>/leden/", views.members, name="members"),
    path("plg/<id:community_id>/leden/uitnodigen/", views.invite, name="invite"),
    path("plg/<id:community_id>/leden/<id:membership_id>/", views.member, name="member"),
    path("plg/<id:community_id>/leden/<id:membership_id>/verwijderen/", views.remove, name="remove"),
    path("plg/<id:community_id>/weggaan/", views.leave, name="leave"),
    path("plg/<id:community_id>/wie-kan-dit-zien/", oversight.audience, name="audience"),
    path("plg/<id:community_id>/beeindigen/", oversight.end, name="end"),
    path("plg/<id:community_id>/terugzetten/", oversight.put_back, name="put_back"),
    path("mijn/gegevens/", oversight.own_data, name="own_data"),
    path("mijn/gegevens/download/", oversight.own_download, name="download"),
    path("mijn/account-wissen/", oversight.erase_me, name="erase_me"),
    path("beheer/iemand-wissen/", oversight.erase_person, name="erase_person"),
    path("scholen/<id:school_id>/instemming/", oversight.staff_consent, name="staff_consent"),
    path("scholen/<id:school_id>/instemming/intrekken/", oversight.withdraw_consent, name="withdraw_consent"),
    path("uitnodiging/<str:token>/", views.accept, name="accept"),
]
