"""Which database a table lies in: the vault's are its own, and it has a ledger of its own."""

from typing import Any

from django.db.models import Model

VAULT = "vault"
ARCHIVE = "default"
# The ledger's tables are made in both databases: each wing writes down its own acts.
IN_BOTH = "ledger"


class Router:
    """Sends the vault's models to the vault's database, and keeps all others out of it."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        """Return where a model's rows are read."""
        return VAULT if model._meta.app_label == VAULT else None

    def db_for_write(self, model: type[Model], **_hints: Any) -> str | None:
        """Return where a model's rows are written."""
        return VAULT if model._meta.app_label == VAULT else None

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool | None:
        """Refuse a relation between a row of the vault and one outside."""
        labels = {one._meta.app_label, other._meta.app_label}
        return labels == {VAULT} if VAULT in labels else None

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Make the vault's tables in the vault only, and no others there but a ledger."""
        if db == VAULT:
            return app_label in {VAULT, IN_BOTH}
        return app_label != VAULT
