"""Every setting, in one file, from the environment. Names: LEERKRING_*; see docs/operations.md."""

from __future__ import annotations

import os
import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent


def _env(name: str, default: str = "") -> str:
    return os.environ.get(f"LEERKRING_{name}", default)


def _flag(name: str) -> bool:
    return _env(name).lower() in {"1", "true", "yes"}


def _wrong(name: str, why: str) -> SystemExit:
    """One sentence, and no value of an address: it may hold a password."""
    return SystemExit(f"LEERKRING_{name} {why}.")


#: How to write a password in an address.
_CODES = "with punctuation in the password as %-codes (/ is %2F)"


def _url(name: str, schemes: set[str], form: str, default: str = "") -> SplitResult | None:
    """The address in a setting, taken apart; none when it is empty.

    A / or ? that is left in a password ends the host too early; the @ behind it gives that away.
    """
    if not (text := _env(name) or default):
        return None
    wrong = _wrong(name, f"must be of the form {form}")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in schemes or port == 0 or "@" in parts.path + parts.query or parts.fragment:
        raise wrong
    return parts


def _one_of(name: str, known: set[str], default: str) -> str:
    chosen = _env(name, default).upper() or default
    if chosen not in known:
        raise _wrong(name, f"must be one of {', '.join(sorted(known))}")
    return chosen


def _number(name: str) -> int:
    text = _env(name) or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        raise _wrong(name, "must be a number, such as 0 or 1")
    return int(text)


def _log_file() -> str:
    """Opened once, so that it is found out now rather than half way."""
    if file := _env("LOG"):
        try:
            with open(file, "a", encoding="utf-8"):
                pass
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", "no such name")
            raise _wrong("LOG", f"is {file}, which cannot be written ({why})") from None
    return file


#: The folder of database and files.
DATA = Path(_env("DATA", ".data")).resolve()
try:
    DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
except OSError as error:
    raise _wrong("DATA", f"is {DATA}, where no folder can be made ({error.strerror})") from None

#: The folder of backups; empty or "off": none is made by itself.
_backups = os.environ.get("LEERKRING_BACKUPS", str(DATA / "backups"))
BACKUPS = None if _backups.lower() in {"", "off"} else Path(_backups).resolve()

#: The demo is a place to play in: five accounts with a known password, refused anywhere else.
DEMO = _flag("DEMO")
DEBUG = False

#: Where people reach this instance; links in mail and secure cookies follow from it.
_base = _url("BASE_URL", {"http", "https"}, "https://host", "http://localhost:8000")
if _base is None or not _base.hostname:
    raise _wrong("BASE_URL", "must be of the form https://host")
BASE_URL = _base.geturl().rstrip("/")
_secure = _base.scheme == "https"


def _secret_key() -> str:
    """From the environment, else made once and kept beside the database, readable by its owner only."""
    if given := _env("SECRET_KEY"):
        return given
    kept = DATA / "secret-key"
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [h for h in _env("HOSTS").split(",") if h] or [
    _base.hostname,
    "localhost",
    "127.0.0.1",
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "leerkring.ui",
    "leerkring.jobs",
    "leerkring.people",
    "leerkring.network",
    "leerkring.communities",
    "leerkring.goals",
    "leerkring.insights",
    "leerkring.meetings",
    "leerkring.practice",
    "leerkring.knowledge",
    "leerkring.effectiveness",
    "leerkring.public",
    "leerkring.today",
    "leerkring.demo",
    "leerkring.upkeep",
    "leerkring.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leerkring.site.middleware.RequestLog",
    "leerkring.site.middleware.PermissionsPolicy",
    "leerkring.site.middleware.Private",
    "csp.middleware.CSPMiddleware",
    "leerkring.meetings.middleware.SignedInOnADevice",
    "leerkring.people.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "leerkring.ui.middleware.Refusals",
]

ROOT_URLCONF = "leerkring.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "leerkring.ui.context.house",
            ],
        },
    }
]
FORM_RENDERER = "leerkring.ui.forms.Renderer"


def _database() -> dict[str, Any]:
    form = f"postgresql://user:password@host/name, {_CODES}; empty means SQLite in LEERKRING_DATA"
    parts = _url("DATABASE_URL", {"postgres", "postgresql"}, form)
    if parts is None:
        return {
            "ENGINE": "leerkring.site.sqlite",
            "NAME": DATA / "leerkring.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
            "TEST": {"NAME": DATA / "test.sqlite3"},
        }
    if find_spec("psycopg") is None:
        raise _wrong("DATABASE_URL", "needs the driver of PostgreSQL: install leerkring[postgres]")
    asked = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or asked.get("host", [""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # A connection that only listens (leerkring.meetings.live.bus) would not notice that the other side is gone.
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            # A restore is made ready in a schema of its own (leerkring.upkeep.restore).
            **({"options": f"-c search_path={schema[0]}"} if (schema := asked.get("schema")) else {}),
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "leerkring",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Apart from the limits on signing in: filling this one with pages must not make room for guessing there.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        # Most are a contribution or a line of a list, a kilobyte or two; a list of members or the pictures of a goal
        # take twenty: some twenty megabytes when full.
        "OPTIONS": {"MAX_ENTRIES": 4_000},
    },
}

# People
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["leerkring.people.backends.PasswordOrCode"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "leerkring.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever comes in followed a link in their mail
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# Strict per account, wide per address: a whole school sits behind one.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "200/m/ip,5/5m/key",
    "request_login_code": "100/m/ip,4/5m/key",
    # Before an open door: sixty people at once behind one address, and few codes to one mailbox.
    "find_door": "300/m/ip",
    "come_in": "100/m/ip,4/5m/key",
    # Before the board of a meeting: a whole team scans at once; a code is found by nobody in this many tries.
    "find_meeting": "120/m/ip",
    # Calendar programs of a whole country come from a few addresses of Google and Microsoft.
    "find_feed": "600/m/ip",
    "read_feed": "60/h/key",
    "reset_password": "100/m/ip,4/5m/key",
    "reset_password_from_key": "100/m/ip",
}
# Passkeys sign in by themselves; an app or a passkey is asked after a code or a password. Recovery codes for when
# the phone is gone. In the order of the page.
MFA_ADAPTER = "leerkring.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # half a minute of a phone that is slow
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}  # as "login" above
MFA_FORMS = {
    "activate_totp": "leerkring.people.second_factor.ActivateForm",
    "add_webauthn": "leerkring.people.second_factor.AddPasskeyForm",
    "login_webauthn": "leerkring.people.second_factor.EnterForm",
    "authenticate_webauthn": "leerkring.people.second_factor.SignInPasskeyForm",
    "reauthenticate_webauthn": "leerkring.people.second_factor.ProvePasskeyForm",
    "edit_webauthn": "leerkring.people.second_factor.NamePasskeyForm",
    "authenticate": "leerkring.people.second_factor.SignInCodeForm",
    "reauthenticate": "leerkring.people.second_factor.ProveCodeForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = _number("PROXIES")

# A minute of a live room, in seconds: for who tries out a meeting of an hour.
LIVE_MINUTE = float(_number("LIVE_MINUTE") or 60)

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Mail: none configured means kept as files beside the database, so that the demo works on a train. A demo sends
# nothing, whatever server is named: its people are made up, and who plays with it types any address.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
DEFAULT_FROM_EMAIL = _env("MAIL_FROM", "Leerkring <leerkring@localhost>")
#: How it goes there → the port, when none is named.
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_MAIL_FORM = f"smtp+tls://user:password@host (or smtp:// or smtps://), {_CODES}"
if _mail := _url("MAIL_URL", set(_MAIL_PORTS), _MAIL_FORM):
    if not _mail.hostname or _mail.path not in {"", "/"} or _mail.query:
        raise _wrong("MAIL_URL", f"must be of the form {_MAIL_FORM}")
    if not DEMO:
        EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname
    EMAIL_PORT = _mail.port or _MAIL_PORTS[_mail.scheme]
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20

# Safety of the browser
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "leerkring.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "leerkring.ui.errors.csrf_failure"
if _secure:
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None

#: Nothing of this house needs the camera, the place or the purse of who visits.
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

# Logs: one JSON object a line, with no personal data (leerkring.site.logs says how).
LOGGING_CONFIG = None
LOG_LEVEL = _one_of("LOG_LEVEL", {"DEBUG", "INFO", "WARNING", "ERROR"}, "INFO")
#: The file they go to; empty means standard error.
LOG_FILE = _log_file()
