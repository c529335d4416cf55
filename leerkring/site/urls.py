"""Every address of the house. A room's own addresses are in its `urls.py`."""

from allauth.account import urls as allauth_urls
from allauth.mfa import urls as mfa_urls
from django.urls import include, path

from leerkring.people.views import set_language
from leerkring.site import views

ROOMS = (
    "people",
    "network",
    "communities",
    "goals",
    "insights",
    "meetings",
    "practice",
    "knowledge",
    "effectiveness",
    "public",
    "today",
    "upkeep",
)

#: Everyone has one address, and proved it by following a link sent there; pages for more are left out.
_ADDRESSES = {"account_email", "account_email_verification_sent", "account_confirm_email"}
SIGNING_IN = [pattern for pattern in allauth_urls.urlpatterns if pattern.name not in _ADDRESSES]

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("taal/", set_language, name="set_language"),
    path("accounts/", include(SIGNING_IN)),
    path("accounts/2fa/", include(mfa_urls.urlpatterns)),
    *(path("", include(f"leerkring.{room}.urls")) for room in ROOMS),
]

handler400 = "leerkring.ui.errors.bad_request"
handler403 = "leerkring.ui.errors.forbidden"
handler404 = "leerkring.ui.errors.not_found"
handler500 = "leerkring.ui.errors.server_error"
