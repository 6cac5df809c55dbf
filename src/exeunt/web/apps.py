"""The shell as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages around the stages' pages."""

    name = "exeunt.web"
