"""The stage `findings` as a Django app."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """What does the whole body say?"""

    name = "exeunt.stages.findings"
