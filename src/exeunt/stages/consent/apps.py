"""The stage `consent` as a Django app."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """What did they agree to, today?"""

    name = "exeunt.stages.consent"
