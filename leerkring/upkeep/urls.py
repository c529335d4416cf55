from django.urls import path

from leerkring.ui import paths  # noqa: F401  # makes <id:…> known
from leerkring.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("beheer/", views.home, name="home"),
    path("beheer/mail/", views.mail, name="mail"),
    path("beheer/back-up/", views.back_up, name="back_up"),
    path("beheer/taken/<id:job_id>/opnieuw/", views.again, name="again"),
    path("beheer/binnen/<str:token>/", views.enter, name="enter"),
]
