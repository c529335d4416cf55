from django.urls import path

from leerkring.effectiveness import agreement_views, upload_views, views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "effectiveness"
urlpatterns = [
    path("plg/<id:community_id>/spiegel/", views.mirror, name="mirror"),
    path("plg/<id:community_id>/afspraak/", agreement_views.agreement, name="agreement"),
    path("plg/<id:community_id>/afspraak/voorleggen/", agreement_views.put, name="put_agreement"),
    path("plg/<id:community_id>/spiegel/cijfer/<slug:key>/", views.figure, name="figure"),
    path("plg/<id:community_id>/spiegel/<slug:key>/", views.criterion, name="criterion"),
    path("uit-bestand/", upload_views.upload, name="upload"),
    path("uit-bestand/<id:upload_id>/", upload_views.columns, name="columns"),
    path("uit-bestand/<id:upload_id>/bezig/", upload_views.making, name="making"),
    path("uit-bestand/<id:upload_id>/weg/", upload_views.discard, name="discard"),
    path("wat-telt-mee/", views.counted, name="counted"),
]
