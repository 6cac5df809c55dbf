"""The stage `testimonies` as a Django app."""

from django.apps import AppConfig


class TestimoniesConfig(AppConfig):
    """What was said?"""

    name = "exeunt.stages.testimonies"
