from django.urls import path

from leerkring.network import together_views, views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "network"
urlpatterns = [
    path("scholen/", views.schools, name="schools"),
    path("scholen/nieuw/", views.open_school, name="open_school"),
    path("scholen/<id:school_id>/", views.school, name="school"),
    path("scholen/<id:school_id>/aanpassen/", views.revise_school, name="revise_school"),
    path("scholen/<id:school_id>/locaties/nieuw/", views.add_location, name="add_location"),
    path("scholen/<id:school_id>/locaties/<id:location_id>/", views.location, name="location"),
    path(
        "scholen/<id:school_id>/locaties/<id:location_id>/weghalen/",
        views.close_location,
        name="close_location",
    ),
    path("scholen/<id:school_id>/kalender/", views.calendar, name="calendar"),
    path(
        "scholen/<id:school_id>/kalender/<id:holiday_id>/weghalen/", views.drop_holiday, name="drop_holiday"
    ),
    path("besturen/", together_views.boards, name="boards"),
    path("besturen/<id:board_id>/", together_views.board, name="board"),
    path("besturen/<id:board_id>/weghalen/", together_views.close_board, name="close_board"),
    path("netwerken/", together_views.networks, name="networks"),
    path("netwerken/nieuw/", together_views.open_network, name="open_network"),
    path("netwerken/<id:network_id>/", together_views.network, name="network"),
    path("netwerken/<id:network_id>/weghalen/", together_views.close_network, name="close_network"),
]
