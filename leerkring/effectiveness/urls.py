from django.urls import path

from leerkring.effectiveness import views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "effectiveness"
urlpatterns = [
    path("plg/<id:community_id>/spiegel/", views.mirror, name="mirror"),
    path("plg/<id:community_id>/spiegel/cijfer/<slug:key>/", views.figure, name="figure"),
    path("plg/<id:community_id>/spiegel/<slug:key>/", views.criterion, name="criterion"),
    path("wat-telt-mee/", views.counted, name="counted"),
]
