from django.urls import path

from leerkring.practice import tryout_views
from leerkring.ui import paths  # noqa: F401  # makes <id:…> known

app_name = "practice"
_TRYOUTS = "plg/<id:community_id>/uitproberen/"
_TRYOUT = f"{_TRYOUTS}<id:tryout_id>/"
TRYOUTS = [
    path(_TRYOUTS, tryout_views.tryouts, name="tryouts"),
    path(f"{_TRYOUTS}nieuw/", tryout_views.new, name="new_tryout"),
    path(_TRYOUT, tryout_views.tryout, name="tryout"),
    path(f"{_TRYOUT}aanpassen/", tryout_views.revise, name="revise_tryout"),
    path(f"{_TRYOUT}hoe-ging-het/", tryout_views.conclude, name="conclude_tryout"),
    path(f"{_TRYOUT}weghalen/", tryout_views.withdraw, name="withdraw_tryout"),
]
urlpatterns = [*TRYOUTS]
