"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What pages start from."""

    name = "exeunt.desk"
