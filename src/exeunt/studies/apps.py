"""Studies as a Django app."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """The rooms of an archive."""

    name = "exeunt.studies"
