"""Django's settings for one archive: no server to install, no secret in a file.

``exeunt.archive`` names the database and the key when it opens a folder; a team that keeps its
archive on PostgreSQL sets ``EXEUNT_DATABASE_URL`` and nothing else changes. ``exeunt serve``
says by ``EXEUNT_HOSTS`` and ``EXEUNT_TLS`` how the pages are reached.
"""

import copy
import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

INSTALLED_APPS = [
    # First, so that the shell's templates are found before Django's and allauth's own.
    "exeunt.web",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks_db",
    "exeunt.ledger",
    "exeunt.members",
    "exeunt.studies",
    "exeunt.vault",
    "exeunt.desk",
    "exeunt.stages.sources",
    "exeunt.stages.narrators",
    "exeunt.stages.consent",
    "exeunt.stages.testimonies",
    "exeunt.stages.coding",
    "exeunt.stages.findings",
]

# --- the database --------------------------------------------------------------------------------

# Writers that begin IMMEDIATE and wait met no lock in 2,000 writes by eight at once. FULL makes an
# acknowledged import survive a power cut; secure_delete overwrites what is erased.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ":memory:",
    # A connection costs more to open than most pages cost to answer.
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
            "PRAGMA cell_size_check=ON"
        ),
    },
}

_database_url = os.environ.get("EXEUNT_DATABASE_URL", "")
_on_postgres = _database_url.startswith(("postgres://", "postgresql://"))
_vault_url = os.environ.get("EXEUNT_VAULT_URL", "")
_vault_on_postgres = _vault_url.startswith(("postgres://", "postgresql://"))
DATABASES = {
    "default": dj_database_url.parse(_database_url) if _on_postgres else SQLITE,
    # Who people are lies apart: a copy of one database says nothing about the other.
    "vault": dj_database_url.parse(_vault_url) if _vault_on_postgres else copy.deepcopy(SQLITE),
}
DATABASE_ROUTERS = ["exeunt.vault.routing.Router"]

# Refused in a sentence when an archive is opened; here it could only be a traceback.
EXEUNT_DATABASE_URL_IS_ODD = bool(_database_url) and not _on_postgres
EXEUNT_VAULT_URL_IS_ODD = bool(_vault_url) and not _vault_on_postgres

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- named by ``exeunt.archive`` when it opens a folder ------------------------------------------

EXEUNT_CAPTURES: str | None = None
EXEUNT_INCOMING: str | None = None
EXEUNT_REPORTS: str | None = None
EXEUNT_SEALED: str | None = None
# How the vault stood when the archive was opened; see exeunt.vault.states.Standing.
EXEUNT_VAULT_STANDING = "none"
# What a guess at a custodian's passphrase costs: rounds, lanes, KiB (Argon2id).
EXEUNT_GUESSING_COST = "3-4-262144"
# Seals second factors. Outside an archive, and in tests, a key that nothing outlives.
EXEUNT_SERVER_KEY = secrets.token_bytes(32)
SECRET_KEY = secrets.token_urlsafe(50)

# What stands at places of a text, and moves with them when the text is corrected: called in this
# order, each with the new version and who corrected it, inside the transaction that makes it.
EXEUNT_CARRIED = (
    "exeunt.stages.testimonies.actions.passages.carry_passages",
    "exeunt.stages.testimonies.actions.turns.carry_turns",
    "exeunt.stages.coding.actions.carrying.carry_excerpts",
    "exeunt.stages.coding.actions.comparing.find_after_correction",
)

# What a stage has to say before a role in a study is given or taken away: called in this order,
# each with the study, the member, the role and who acts, inside the transaction of the act.
EXEUNT_BEFORE_A_ROLE_IS_GIVEN = ("exeunt.stages.coding.queries.visibility.check_may_code_again",)
EXEUNT_BEFORE_A_ROLE_IS_TAKEN = ("exeunt.stages.coding.queries.visibility.check_may_stop_coding",)

# What a stage takes out of the ledger's entries before somebody reads them: called in this order,
# each with the entries, the study and who reads.
EXEUNT_BEFORE_ENTRIES_ARE_READ = ("exeunt.stages.coding.queries.visibility.take_out_judgements",)

# --- language and time ---------------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = ["exeunt.web.formats"]
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]

# --- how the pages are reached -------------------------------------------------------------------

DEBUG = False
EXEUNT_TLS = os.environ.get("EXEUNT_TLS") == "1"
ALLOWED_HOSTS = os.environ.get("EXEUNT_HOSTS", "localhost 127.0.0.1 [::1]").split()
ROOT_URLCONF = "exeunt.web.urls"
WSGI_APPLICATION = "exeunt.web.wsgi.application"
APPEND_SLASH = True

MIDDLEWARE = [
    "exeunt.web.middleware.Refusals",
    "exeunt.web.middleware.Keeps",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "exeunt.web.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "exeunt.web.signing_in.sessions.SignedIn",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "exeunt.web.middleware.WhoAsks",
    "exeunt.web.middleware.NotTooLarge",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["exeunt.desk.templatetags.house", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "exeunt.web.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "exeunt.desk.forms.HouseRenderer"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

# --- what a page may do, and what a browser may tell others -------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
# With no-referrer, Django would refuse every form over TLS.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if EXEUNT_TLS else 0
SECURE_SSL_REDIRECT = False

# Plain names on http://localhost: browsers refuse the prefix there.
_PREFIX = "__Host-" if EXEUNT_TLS else ""
SESSION_ENGINE = "exeunt.web.signing_in.store"
SESSION_COOKIE_NAME = f"{_PREFIX}session"
SESSION_COOKIE_SECURE = EXEUNT_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 8 * 60 * 60
EXEUNT_IDLE_SECONDS = 30 * 60
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SECURE = EXEUNT_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}language"
LANGUAGE_COOKIE_SECURE = EXEUNT_TLS
LANGUAGE_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 31_536_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "exeunt.web.views.refusals.form_too_old"

# --- signing in ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["exeunt.web.signing_in.backends.ByPassphrase"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "exeunt.web.signing_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# Five failures close a name for a quarter of an hour, whether anybody has that name or not.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/15m/key"}
MFA_ADAPTER = "exeunt.web.signing_in.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Exeunt"
MFA_RECOVERY_CODE_COUNT = 10

# Shared by the workers, so that five failures are five wherever they were counted.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        # Full, it would forget at random, and failures with it.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # What never changes once it is counted, as each worker has drawn it.
    "drawn": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 64},
    },
}

# --- long work, uploads, the log -----------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
FILE_UPLOAD_PERMISSIONS = 0o600
# No upload touches a disk in clear before an action decides to keep it.
FILE_UPLOAD_HANDLERS = ["exeunt.desk.receiving.SealingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "exeunt.desk.logs.PlacesOnly",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "ERROR"},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
