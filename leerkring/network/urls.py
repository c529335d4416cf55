from django.urls import path

from leerkring.network import views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "network"
urlpatterns = [
    path("scholen/", views.schools, name="schools"),
    path("scholen/nieuw/", views.open_school, name="open_school"),
    path("scholen/<id:school_id>/kalender/", views.calendar, name="calendar"),
    path(
        "scholen/<id:school_id>/kalender/<id:holiday_id>/weghalen/", views.drop_holiday, name="drop_holiday"
    ),
]
