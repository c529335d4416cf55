from django.urls import path

from leerkring.communities import (
    accounts_views,
    admission_views,
    door_views,
    founding_views,
    inbox_views,
    invite_views,
    leading_views,
    people_views,
    views,
)
from leerkring.communities import oversight_views as oversight
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

_MEMBERS = "plg/<id:community_id>/leden/"
_INVITATION = f"{_MEMBERS}uitnodigingen/<id:invitation_id>/"

app_name = "communities"
urlpatterns = [
    path(_MEMBERS, views.members, name="members"),
    path(f"{_MEMBERS}uitnodigen/", invite_views.invite, name="invite"),
    path(f"{_MEMBERS}lijst/", invite_views.invite_list, name="invite_list"),
    path(f"{_MEMBERS}uitnodigingen/", invite_views.invitations, name="invitations"),
    path(_INVITATION, invite_views.invitation, name="invitation"),
    path(f"{_INVITATION}opnieuw/", invite_views.send_again, name="send_again"),
    path(f"{_INVITATION}intrekken/", invite_views.take_back, name="take_back"),
    path(f"{_MEMBERS}deur/", door_views.door, name="door"),
    path(f"{_MEMBERS}deur/dicht/", door_views.close_door, name="close_door"),
    path(f"{_MEMBERS}kennismaken/", people_views.acquaint, name="acquaint"),
    path(f"{_MEMBERS}kennismaken/ik/", people_views.introduce, name="introduce"),
    path(f"{_MEMBERS}kennismaken/niet-nu/", people_views.decline, name="decline"),
    path(f"{_MEMBERS}kennismaken/kaartjes/", people_views.cards, name="cards"),
    path("foto/<slug:name>/<id:size>/", people_views.portrait, name="portrait"),
    path(f"{_MEMBERS}<id:membership_id>/", views.member, name="member"),
    path(f"{_MEMBERS}<id:membership_id>/verwijderen/", views.remove, name="remove"),
    path("plg/<id:community_id>/vraag/<id:admission_id>/", admission_views.admission, name="admission"),
    path("plg/<id:community_id>/weggaan/", views.leave, name="leave"),
    path("uitnodiging/<str:token>/", invite_views.accept, name="accept"),
    path("deur/<str:token>/", door_views.enter, name="enter"),
    path("binnenkomen/", door_views.prove, name="prove"),
    path("mijn-vragen/", admission_views.asked, name="asked"),
    path("mijn-vragen/<id:admission_id>/intrekken/", admission_views.withdraw, name="withdraw"),
    path(f"{_MEMBERS}<id:membership_id>/school/", founding_views.place, name="place"),
    path("plg/<id:community_id>/over/", founding_views.about, name="about"),
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
    path("plg/<id:community_id>/mail/", inbox_views.mail_here, name="mail_here"),
    path("postvak/", inbox_views.postbox, name="inbox"),
    path("postvak/<id:notice_id>/", inbox_views.open_notice, name="open_notice"),
    path("postvak/gelezen/", inbox_views.all_read, name="all_read"),
    path("postvak/mail/", inbox_views.mail, name="mail"),
    path("mail-stoppen/<str:ticket>/", inbox_views.stop_mail, name="stop_mail"),
    path("plg/<id:community_id>/wie-kan-dit-zien/", oversight.audience, name="audience"),
    path("plg/<id:community_id>/beeindigen/", oversight.end, name="end"),
    path("plg/<id:community_id>/terugzetten/", oversight.put_back, name="put_back"),
    path("mijn/gegevens/", oversight.own_data, name="own_data"),
    path("mijn/gegevens/download/", oversight.own_download, name="download"),
    path("mijn/account-wissen/", oversight.erase_me, name="erase_me"),
    path("beheer/iemand-wissen/", oversight.erase_person, name="erase_person"),
    path("scholen/<id:school_id>/instemming/", oversight.staff_consent, name="staff_consent"),
    path("scholen/<id:school_id>/instemming/intrekken/", oversight.withdraw_consent, name="withdraw_consent"),
]
