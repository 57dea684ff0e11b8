"""How this installation runs. One file; machines differ only by environment (README, "Settings")."""

import os
from pathlib import Path

from config import broker, env, logs, metrics, processes, rest, security

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What the environment says ---
DATA_DIR = env.folder("FACTCHECK_DATA", default=BASE_DIR / "var")
SECRET_KEY = env.secret("FACTCHECK_SECRET_KEY", kept_in=DATA_DIR / "secret_key")
DEBUG = env.boolean("FACTCHECK_DEBUG", default=False)
ALLOWED_HOSTS = env.words("FACTCHECK_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
HTTPS = env.boolean("FACTCHECK_HTTPS", default=False)
WORKER_PROCESSES = env.integer("FACTCHECK_WORKERS", default=1, least=1, most=64)
TRUSTED_PROXIES = env.integer("FACTCHECK_PROXIES", default=0, least=0, most=9)
SESSION_HOURS = env.integer("FACTCHECK_SESSION_HOURS", default=12, least=1, most=168)
SESSION_IDLE_MINUTES = env.integer("FACTCHECK_IDLE_MINUTES", default=120, least=5, most=10_080)
REDIS_URL = env.redis("REDIS_URL")
BIND = env.words("FACTCHECK_BIND", default=["127.0.0.1"])[0]
WEB_PROCESSES = env.integer("FACTCHECK_WEB_PROCESSES", default=2, least=1, most=64)
METRICS_PORT = env.integer("FACTCHECK_METRICS_PORT", default=0, least=0, most=65_535)
HEALTH_TOKEN = env.token("FACTCHECK_HEALTH_TOKEN")
MEDIA_ROOT = env.folder("FACTCHECK_MEDIA", default=DATA_DIR / "media")
API_RATE = env.integer("FACTCHECK_API_RATE", default=1_200, least=1, most=1_000_000)
CORS_ORIGINS = env.origins("FACTCHECK_CORS_ORIGINS")
ATTRIBUTION_MODEL = env.text("FACTCHECK_ATTRIBUTION_MODEL")  # empty: the engine's own
MODEL_THREADS = env.integer(
    "FACTCHECK_MODEL_THREADS", default=max(1, (os.cpu_count() or 1) // WORKER_PROCESSES), least=0, most=64
)
PUBLIC_URL = env.site("FACTCHECK_PUBLIC_URL", default="http://127.0.0.1:8000")
PUBLISHER = env.text("FACTCHECK_PUBLISHER")  # empty: each desk publishes under its own name
WEBHOOK_RECEIVERS = env.receivers("FACTCHECK_WEBHOOK_RECEIVERS")
CONTACT = env.text("FACTCHECK_CONTACT")  # empty: the public site
FETCH_PACE = env.integer("FACTCHECK_FETCH_PACE", default=1, least=0, most=60)
LOG_LEVEL = env.words("FACTCHECK_LOG_LEVEL", default=["INFO"])[0].upper()

# --- Rooms ---
INSTALLED_APPS = [
    "factcheck.workbench.apps.WorkbenchConfig",  # before the admin, whose templates it restyles
    "factcheck.workbench.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.static.OwnStaticFiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "factcheck.ledger",
    "factcheck.newsroom",
    "factcheck.corpus",
    "factcheck.claims",
    "factcheck.publishing",
    "factcheck.jobs",
    "factcheck.api",
]

MIDDLEWARE = [
    "factcheck.workbench.request_log.RequestLogMiddleware",
    "factcheck.workbench.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factcheck.api.compressing.CompressMiddleware",
    "factcheck.api.cross_origin.CrossOriginMiddleware",
    "csp.middleware.CSPMiddleware",
    "factcheck.workbench.languages.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "factcheck.workbench.middleware.SessionLifeMiddleware",
    "factcheck.workbench.middleware.SignInRequiredMiddleware",  # default deny: a page is public only if it says so
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "factcheck.workbench.middleware.PlainAddressMiddleware",
    "factcheck.workbench.middleware.KnownFieldsMiddleware",
    "factcheck.workbench.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "factcheck.workbench.screens.shell.rail",
            ],
        },
    },
]

# --- Database ---
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'factcheck.sqlite3'}")}
if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    # A deferred transaction that reads before it writes fails at once with "database is locked", whatever the
    # timeout; IMMEDIATE takes the one write lock at the start and waits for it.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
    }
    # Opening costs as much as an article does, and the last to close writes the whole log back.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A worker stopped in the middle of a change would hold its locks, and with the head everybody, for ever.
    given = DATABASES["default"].get("OPTIONS")
    patience = {"connect_timeout": 5, "options": "-c idle_in_transaction_session_timeout=10s"}
    DATABASES["default"]["OPTIONS"] = patience | (given if isinstance(given, dict) else {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---
AUTH_USER_MODEL = "newsroom.User"
AUTHENTICATION_BACKENDS = ["factcheck.newsroom.backend.PersonBackend"]
LOGIN_URL = "workbench:sign-in"
LOGIN_REDIRECT_URL = "workbench:inbox"
LOGOUT_REDIRECT_URL = "workbench:sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Sessions, headers, content policy ---
SESSION_ENGINE = "factcheck.newsroom.session"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "factcheck-session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "factcheck-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "factcheck.workbench.refusals.expired_form"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # probes ask from this machine, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": security.DIRECTIVES}
EVERYWHERE_HEADERS = security.headers()
# A pasted article may be 2 MB of text; percent-encoding of a form can triple that.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# --- Static files: hashed names, from our own host ---
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    # Originals: one folder that web and workers share, on every machine the same files.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(MEDIA_ROOT)}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- E-mail: digests of notices ---
vars().update(env.mail("FACTCHECK_MAIL_URL"))  # EMAIL_BACKEND, EMAIL_HOST and so on
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("FACTCHECK_MAIL_FROM") or "factcheck@localhost"
BASE_URL = env.site("FACTCHECK_URL", default=PUBLIC_URL)

# --- Metrics: each web process counts into files that `manage.py metrics` adds up ---
METRICS_DIR = DATA_DIR / "metrics"
if METRICS_PORT:
    metrics.count_requests(METRICS_DIR, INSTALLED_APPS, MIDDLEWARE)

# --- Language and time ---
LANGUAGE_CODE = "en"  # of workers and of what is stored; pages speak their reader's (LanguageMiddleware)
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
NEWSROOM_LANGUAGE = env.choice("FACTCHECK_LANGUAGE", default="en", of=[code for code, _name in LANGUAGES])
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- Background work: the job's row is the queue, the broker only a doorbell ---
CELERY_APP = "config.celery"
vars().update(broker.settings(REDIS_URL, WORKER_PROCESSES))

# --- Processes of `manage.py run` and `manage.py serve` ---
PROCESS_ENVIRONMENT = processes.ENVIRONMENT
SENDER = processes.sender()
PROCESSES = processes.embedded(WORKER_PROCESSES, LOG_LEVEL)
SERVED_PROCESSES = processes.served(
    WORKER_PROCESSES, LOG_LEVEL, bind=BIND, web_processes=WEB_PROCESSES, metrics=bool(METRICS_PORT)
)

# --- API ---
REST_FRAMEWORK = rest.configuration()
SPECTACULAR_SETTINGS = rest.schema(version="1.0.0")

# --- Demo content ---
SEEDS_DIR = BASE_DIR / "seeds"
DEMO_SIGN_INS = DATA_DIR / "demo_sign_ins.json"

# --- Logs ---
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logs.SILENT  # one line for each request is enough
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True  # our middleware lets only plain ones through
DJANGO_STRUCTLOG_TRUST_UPSTREAM_CORRELATION_ID = False
LOGGING = logs.configuration(LOG_LEVEL, all_work=bool(REDIS_URL))
