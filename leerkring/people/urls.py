from django.urls import path

from leerkring.people import views

app_name = "people"
urlpatterns = [
    path("mijn/", views.me, name="me"),
    path("mijn/naam/", views.profile, name="profile"),
    path("mijn/e-mailadres/", views.email, name="email"),
    path("mijn/e-mailadres/code/", views.confirm_email, name="confirm_email"),
    path("mijn/foto/", views.photo, name="photo"),
    path("mijn/foto/weg/", views.remove_photo, name="remove_photo"),
    path("mijn/afwezig/", views.away, name="away"),
    path("mijn/afwezig/weg/", views.cancel_away, name="cancel_away"),
    path("mijn/op-school/", views.availability, name="availability"),
    path("mijn/apparaten/", views.sessions, name="sessions"),
    path("mijn/apparaten/uitloggen/", views.end_session, name="end_session"),
    path("mijn/apparaten/overal-uitloggen/", views.end_other_sessions, name="end_other_sessions"),
    path("mijn/controle/", views.prove, name="prove"),
]
