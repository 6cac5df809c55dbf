"""Members as a Django app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Who works here."""

    name = "exeunt.members"
