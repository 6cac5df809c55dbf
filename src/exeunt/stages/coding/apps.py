"""The stage `coding` as a Django app."""

from django.apps import AppConfig


class CodingConfig(AppConfig):
    """What does it mean, and do two readers agree?"""

    name = "exeunt.stages.coding"
