"""Every address of the house. A room's own addresses are in its `urls.py`."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from leerkring.site import views

ROOMS = ("network", "communities", "knowledge", "effectiveness", "public", "today")

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("taal/", login_not_required(set_language), name="set_language"),
    path("accounts/", include("allauth.account.urls")),
    *(path("", include(f"leerkring.{room}.urls")) for room in ROOMS),
]

handler400 = "leerkring.ui.errors.bad_request"
handler403 = "leerkring.ui.errors.forbidden"
handler404 = "leerkring.ui.errors.not_found"
handler500 = "leerkring.ui.errors.server_error"
