"""Django's settings for one archive: no server to install, no secret in a file.

``exeunt.archive`` names the database when it opens a folder; a team that keeps its
archive on PostgreSQL sets ``EXEUNT_DATABASE_URL`` and nothing else changes.
"""

import os

import dj_database_url

INSTALLED_APPS = [
    "exeunt.ledger",
    "exeunt.members",
    "exeunt.studies",
    "exeunt.stages.sources",
    "exeunt.stages.narrators",
    "exeunt.stages.testimonies",
    "exeunt.stages.coding",
    "exeunt.stages.findings",
]

# Writers that begin IMMEDIATE and wait met no lock in 2,000 writes by eight at once. FULL makes an
# acknowledged import survive a power cut; secure_delete overwrites what is erased.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ":memory:",
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
DATABASES = {"default": dj_database_url.parse(_database_url) if _on_postgres else SQLITE}

# Refused in a sentence when an archive is opened; here it could only be a traceback.
EXEUNT_DATABASE_URL_IS_ODD = bool(_database_url) and not _on_postgres

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"

# Named by ``exeunt.archive`` when it opens a folder.
EXEUNT_CAPTURES: str | None = None
