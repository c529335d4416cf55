from django.urls import path

from leerkring.today import views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "today"
urlpatterns = [
    path("vandaag/", views.home, name="home"),
    path("plg/<id:community_id>/", views.community, name="community"),
]
