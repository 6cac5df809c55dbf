"""The stage `sources` as a Django app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """What did we receive, unchanged?"""

    name = "exeunt.stages.sources"
