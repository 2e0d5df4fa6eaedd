"""One settings file; every difference between machines is an environment variable.

``docs/reference/settings.md`` is generated from the table ``kernel.environment.SETTINGS``.
"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from tonghu.kernel.environment import PACKAGE, read_environment

ENV = read_environment()

DEBUG = ENV.debug
DEMO = ENV.demo
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = ENV.hosts
HOME = ENV.home
KEYS_FOLDER = ENV.keys
TRUSTED_PROXY = ENV.trusted_proxy

INSTALLED_APPS = [  # ours first: their templates stand before a library's
    "tonghu.look",
    "tonghu.access",
    "tonghu.jobs",
    "tonghu.attachments",
    "tonghu.documents",
    "tonghu.people",
    "tonghu.services",
    "tonghu.casework",
    "tonghu.portals",
    "tonghu.config",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "tonghu.look.web.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tonghu.look.web.guard.Guard",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pads each page at random, and CSRF tokens are masked anew: its length gives nothing away.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tonghu.access.web.middleware.WhoIsHere",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "tonghu.config.urls"
WSGI_APPLICATION = "tonghu.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                ("tonghu.look.folding.Loader", ["django.template.loaders.app_directories.Loader"])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "tonghu.look.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "tonghu.look.templatetags.look"],
        },
    }
]

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name", "latin_name")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"

SESSION_ENGINE = "tonghu.access.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(ENV.trusted_proxy)
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = bool(ENV.trusted_proxy)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 86400 if ENV.trusted_proxy else 0

ACCOUNT_ADAPTER = "tonghu.access.web.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    "login": None,  # per address alone it would lock out colleagues; axes counts passwords
    "login_failed": "5/5m/key",  # second factors
}
ACCOUNT_FORMS = {"login": "tonghu.access.web.forms.SignInForm"}
MFA_ADAPTER = "tonghu.access.web.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tonghu"
MFA_TOTP_TOLERANCE = 1  # a phone without a network is half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.trusted_proxy

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "tonghu.access.web.sign_in.name_tried"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # the journal tells of sign-ins, and can be read by Rule
AXES_LOCKOUT_CALLABLE = "tonghu.access.web.sign_in.locked_out"

# Forms are words: a long case note has 20 KB. What comes in as a file is streamed to disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# A file that names children never lies open in a folder for temporary files.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
MOST_IN_A_REQUEST = 25 * 1024 * 1024

CACHES = {  # tries of second factors: all processes of pages count together
    "default": {
        "BACKEND": "tonghu.access.tries.KeptTries",
        "LOCATION": "access_try",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
DATABASES = {"default": ENV.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "kernel" / "locale"]
USE_TZ = True
TIME_ZONE = ENV.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = ENV.static_root
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tonghu.look.statics.PackedStatics"},
}
FORM_RENDERER = "tonghu.look.forms.Renderer"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "nameless": {
            "()": "tonghu.kernel.logs.Nameless",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {
        "errors": {"class": "logging.StreamHandler", "formatter": "nameless"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["errors"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "ERROR"},
        "django.security": {"handlers": ["nowhere"], "propagate": False},  # answered with 4xx
        "axes": {"level": "ERROR"},
    },
}
