"""The vault as a Django app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The wing where it is kept who people are."""

    name = "exeunt.vault"
