"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The floor on which every act is written down."""

    name = "exeunt.ledger"
