"""Every address of the house. A room's own addresses are in its `urls.py`."""

from django.urls import include, path

from leerkring.site import views

ROOMS = ("network", "communities", "knowledge", "effectiveness", "public", "today")

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("taal/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.account.urls")),
    *(path("", include(f"leerkring.{room}.urls")) for room in ROOMS),
]

handler400 = "leerkring.ui.errors.bad_request"
handler403 = "leerkring.ui.errors.forbidden"
handler404 = "leerkring.ui.errors.not_found"
handler500 = "leerkring.ui.errors.server_error"
