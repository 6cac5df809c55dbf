"""The stage `narrators` as a Django app."""

from django.apps import AppConfig


class NarratorsConfig(AppConfig):
    """Who speaks, in and out of what?"""

    name = "exeunt.stages.narrators"
