"""Django's settings for both kinds of node; what differs comes from `env`."""

import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from dekat.project.env import read_env

ENV = read_env()
IS_STATION = ENV.role == "station"

SECRET_KEY = ENV.secret_key or secrets.token_urlsafe(48)
DEBUG = ENV.is_debug
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", urlsplit(ENV.public_url).hostname or "localhost", "testserver"]
ROOT_URLCONF = "dekat.project.urls_station" if IS_STATION else "dekat.project.urls_centre"
WSGI_APPLICATION = "dekat.project.wsgi.application"

CONCEPTS = [
    "ledger",
    "areas",
    "accounts",
    "sync",
    "alerts",
    "registry",
    "openings",
    "enrolment",
    "desk",
    "readings",
    "documents",
    "printing",
    "equipment",
    "national",
    "cards",
    "cases",
    "duties",
]
INSTALLED_APPS = [
    "django.forms",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "dekat.project",
    *(f"dekat.{concept}" for concept in CONCEPTS),
    "dekat.faces.ui",
    "dekat.faces.account",
    "dekat.faces.station",
    "dekat.faces.central",
    "dekat.faces.resident",
    "dekat.faces.oversight",
    "dekat.faces.gallery",
    "dekat.faces.sample",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dekat.faces.unlock.UnlockFirst",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dekat.faces.session_lock.SessionLock",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "dekat.faces.access.ClosedByDefault",
    "dekat.faces.refusals.middleware.RefusalsInWords",
    *(["dekat.project.station_workers.KickAfterWrite"] if IS_STATION else []),
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dekat.faces.ui.context.node",
            ],
            "builtins": ["dekat.faces.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "dekat.faces.ui.forms.Renderer"


def _database() -> dict[str, object]:
    if ENV.database_url:
        url = urlsplit(ENV.database_url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
        }
    return {
        "ENGINE": "dekat.project.sqlite",
        "NAME": ENV.data_dir / f"{ENV.role}.db",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            # What was deleted after sealing is overwritten, not only forgotten.
            "PRAGMA secure_delete=ON" + ("; PRAGMA cache_size=-1000" if ENV.role == "station" else ""),
            # A megabyte of pages for each of a station's eight connections; SQLite's own two cost 8 MB more in all.
        },
        "TEST": {"NAME": ENV.data_dir / f"test-{ENV.role}.db"},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
PASSWORD_HASHERS = ["dekat.accounts.hashers.SmallArgon2"]
LOGIN_URL = "/masuk/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_NAME = f"dekat_{ENV.role}_{ENV.port}"
CSRF_COOKIE_NAME = f"dekat_csrf_{ENV.port}"
CSRF_COOKIE_SAMESITE = "Strict"
# A station is spoken to on its own loopback, whatever the address that residents use.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_STATION and ENV.public_url.startswith("https://")
# A proxy ends TLS before the centre: the origin of its forms is the public one.
CSRF_TRUSTED_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(ENV.public_url))]
# Minutes without a key or a click before a station asks for the password again.
SESSION_LOCK_MINUTES = 10

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, "'wasm-unsafe-eval'"],
        "worker-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "faces" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_THOUSAND_SEPARATOR = True

# The regency this installation serves, as pages and documents name it.
REGENCY = "Kabupaten Bondowoso"

# Office hours by weekday (Monday 0) in TIME_ZONE, the office's own days off (ISO); national ones come by themselves.
OFFICE_HOURS = {**dict.fromkeys(range(4), ("07:30", "15:30")), 4: ("07:30", "14:30")}
OFFICE_CLOSURES: list[str] = []

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "dekat.project.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
NODE_NAME = f"station-{ENV.kecamatan}" if IS_STATION else "centre"
