"""Settings shared by every way of running, safe by default.

Production is the rule and development the exception: what is not set here strictly is refused by
`production.py` or loosened, with its reason, in `development.py`. Every environment variable is
named in `docs/operations.md`.
"""

import os
from datetime import date
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from portal.extensions import enabled_extensions, extension_apps, settings_defaults
from portal.mail import email_settings

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("PORTAL_VAR", ROOT / "var"))

DEBUG = False
SECRET_KEY = os.environ.get("PORTAL_SECRET_KEY", "")
ALLOWED_HOSTS = [h for h in os.environ.get("PORTAL_ALLOWED_HOSTS", "").split(",") if h]
SITE_URL = os.environ.get("PORTAL_SITE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- rooms, from the top of the house to the ground ------------------------------------------
PORTAL_EXTENSIONS = enabled_extensions(os.environ.get("PORTAL_EXTENSIONS"))
INSTALLED_APPS = [
    "structure",
    "theme",
    *extension_apps(PORTAL_EXTENSIONS),
    "search",
    "exports",
    "page_types.review",
    "page_types",
    "page_types.publication",
    "page_types.organisation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.contrib.table_block",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "simple_history",
    "modelcluster",
    "taggit",
    "csp",
    "django_ratelimit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "theme.middleware.VariantMiddleware",
    "theme.middleware.ReadingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "page_types.organisation.passwords.FirstPasswordMiddleware",
    "page_types.address_book.AddressBookMiddleware",
    "page_types.review.guard.DepartmentGuard",
    "simple_history.middleware.HistoryRequestMiddleware",
]
# No LocaleMiddleware: it would turn the Chinese admin English for an English browser.

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                # `auth` and `messages` are lazy: a public page that does not ask pays nothing.
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------------
_SQLITE_OPTIONS = {
    # findings: IMMEDIATE ends "database is locked", WAL gives the speed, FULL keeps a commit
    # through a power cut.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    # Pages of the file are read in place: a call of the system for each was half of a search.
    " PRAGMA mmap_size=1073741824;",
}
DATABASES = {
    "default": dj_database_url.config(
        env="PORTAL_DATABASE_URL",
        default=f"sqlite:///{VAR / 'portal.sqlite3'}",
        conn_max_age=None,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What processes count together (limits of public forms): Redis if named, else each its own.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if PORTAL_REDIS_URL := os.environ.get("PORTAL_REDIS_URL", ""):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": PORTAL_REDIS_URL,
    }

STORAGES = {
    # Originals of pictures and documents: outside every folder that a web server serves.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "originals", "base_url": None},
    },
    # Renditions (scaled pictures) are what visitors get.
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "media", "base_url": "/media/"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "originals"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
FILE_UPLOAD_PERMISSIONS = 0o640

# --- people ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "wagtailadmin_login"
SESSION_COOKIE_HTTPONLY = True

# --- language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "wagtail"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- security --------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # the admin, which frames its previews, is excepted in `portal.urls`
# The public site: nothing inline, nothing from elsewhere. Wagtail's admin needs inline script
# and style (measured: findings, CSP), so its prefix gets its own, looser policy in `portal.urls`.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    },
}

# --- Wagtail ---------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "阳光体育 · 信息公开平台"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_USER_LOGIN_FORM = "portal.login.PortalLoginForm"
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAILEMBEDS_FINDERS = []
WAGTAILIMAGES_IMAGE_MODEL = "page_types.PortalImage"
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "page_types.files.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "page_types.PortalDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# What may be uploaded; whether the content agrees with the name is looked at (page_types/files).
# The old formats stand here only so that their refusal says what to do instead.
WAGTAILDOCS_EXTENSIONS = (
    "pdf ofd docx xlsx pptx odt ods odp csv txt zip mp4 webm doc xls ppt wps et dps".split()
)
WAGTAILDOCS_DOCUMENT_FORM_BASE = "page_types.files.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
# Approval ends in `publish()`, the only writer of the ledger; read once by Wagtail, at import.
WAGTAIL_FINISH_WORKFLOW_ACTION = "page_types.review.finish.publish_approved"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
# The admin's search boxes. Chinese has no word gaps: the stock index finds nothing, and costs
# O(pages) at each publication (findings).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.admin_boxes"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- mail and public forms -------------------------------------------------------------------
globals().update(email_settings(os.environ.get("PORTAL_EMAIL_URL", "")))
EMAIL_TIMEOUT = 20  # a dead mail server must not hold a process for ever
DEFAULT_FROM_EMAIL = os.environ.get("PORTAL_EMAIL_FROM", "webmaster@localhost")
# How many proxies of ours stand in front: whose word about the visitor's address is believed.
PORTAL_TRUSTED_PROXIES = int(os.environ.get("PORTAL_TRUSTED_PROXIES", "0"))
# django-ratelimit calls a cache in memory an error, for each process then counts for itself. Here
# the limit is a brake on abuse, no account: n processes let n times as many forms through, and
# `make run` should need no cache server. `check --deploy` says so (ext_base.W001) until the default
# cache is a shared one. W001 only says that its maintainers do not test Django's own Redis cache.
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]

# The training sandbox (`make sandbox`): banner, no indexing, resets; its mails go nowhere.
PORTAL_SANDBOX = os.environ.get("PORTAL_SANDBOX") == "1"
if PORTAL_SANDBOX:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- the portal ------------------------------------------------------------------------------
PORTAL_COLUMNS_FILE = ROOT / "site" / "structure" / "columns.yaml"
# The bureau's codes were not found in any source: empty until the bureau enters them.
PORTAL_SITE_ID_CODE = os.environ.get("PORTAL_SITE_ID_CODE", "")
PORTAL_ISSUER_CODE = os.environ.get("PORTAL_ISSUER_CODE", "")
PORTAL_ICP_NUMBER = os.environ.get("PORTAL_ICP_NUMBER", "")
PORTAL_POLICE_NUMBER = os.environ.get("PORTAL_POLICE_NUMBER", "")
PORTAL_CONTACT = os.environ.get("PORTAL_CONTACT", "")
PORTAL_CONAC_URL = os.environ.get("PORTAL_CONAC_URL", "")
# Hours within which what the State Council or the province says is republished here.
PORTAL_REPUBLICATION_HOURS = 24
# The hour of the day (0–23) at which those who chose a daily digest get their notices by mail.
PORTAL_DIGEST_HOUR = 8
# Characters that a correction (更正, the short chain) may change of a public text, at most.
PORTAL_CORRECTION_CHARACTERS = 20
# Days for which a line may stand above the others of its column (置顶), at most.
PORTAL_PIN_DAYS = 90
# Days for which it is kept how often something was searched for (never by whom).
PORTAL_SEARCH_LOG_DAYS = 180
# sqlite, postgresql or elasticsearch; empty: that of the portal's own database.
PORTAL_SEARCH_ENGINE = os.environ.get("PORTAL_SEARCH_ENGINE", "")
# Elasticsearch's nodes, parted by commas (user and password in the address), and the name under
# which the portal is found there: several portals may share a cluster.
PORTAL_ELASTICSEARCH_URL = os.environ.get("PORTAL_ELASTICSEARCH_URL", "http://127.0.0.1:9200")
PORTAL_ELASTICSEARCH_INDEX = os.environ.get("PORTAL_ELASTICSEARCH_INDEX", "portal-search")
# An analyser of the nodes for Chinese words (smartcn, ik_max_word), asked besides our own tokens.
PORTAL_ELASTICSEARCH_ANALYZER = os.environ.get("PORTAL_ELASTICSEARCH_ANALYZER", "")
# Requests of one network to the JSON interfaces (django-ratelimit's notation), and downloads of
# public data sets, which cost more.
PORTAL_API_RATE = "120/m"
PORTAL_DOWNLOAD_RATE = "30/m"
# Files of the admin that are made in the background; no web server may serve this folder.
PORTAL_EXPORTS = VAR / "exports"
# Working days within which whoever published a page must have looked at it (plan, part four).
PORTAL_POST_PUBLISH_DAYS = 1
# Normative documents signed before this day owe no report (stock of an older site); None: all do.
PORTAL_REPORTING_SINCE = date(2016, 1, 1)
# Characters that a post may have on each platform, its link included; the platforms set them.
PORTAL_POST_LENGTHS = {"weibo": 140, "wechat": 600}
# The audit trail: the key that signs it (elsewhere than in the database), those that signed before,
# where its daily heads go, where its lines go, how long network addresses stay.
PORTAL_AUDIT_KEY = os.environ.get("PORTAL_AUDIT_KEY", "")
PORTAL_AUDIT_OLD_KEYS = [k for k in os.environ.get("PORTAL_AUDIT_OLD_KEYS", "").split(",") if k]
PORTAL_AUDIT_HEADS = Path(os.environ.get("PORTAL_AUDIT_HEADS", VAR / "audit-heads"))
PORTAL_AUDIT_LOG = os.environ.get("PORTAL_AUDIT_LOG", "stdout")
PORTAL_AUDIT_ADDRESS_DAYS = int(os.environ.get("PORTAL_AUDIT_ADDRESS_DAYS", "200"))
# Identifiers of persons in records: the key that encrypts them, and those that did before.
PORTAL_RECORD_KEY = os.environ.get("PORTAL_RECORD_KEY", "")
PORTAL_RECORD_OLD_KEYS = [k for k in os.environ.get("PORTAL_RECORD_OLD_KEYS", "").split(",") if k]
# Refuses SQL of a public view that names the writing side (development and tests).
PORTAL_SQL_GUARD = False
# An unknown key or block in a published text is an error (development and tests) or a log line.
PORTAL_STRICT_TEXTS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        # One line of JSON an entry, for a log server that collects what the processes print.
        "audit": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "portal.audit": {
            "handlers": [] if PORTAL_AUDIT_LOG == "off" else ["audit"],
            "level": "INFO",
            "propagate": False,
        }
    },
}

globals().update(settings_defaults(PORTAL_EXTENSIONS))
