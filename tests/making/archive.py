"""What stands in the whole archive, to prove that an act changed nothing or only this."""

from pathlib import Path

from django.apps import apps

from exeunt.ledger.models import Entry


def rows_everywhere() -> dict[str, int]:
    """Count the rows of every table of the archive, the ledger's included; not the vault's."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("exeunt.")]
    kept = [model for model in ours if model._meta.app_label != "vault"]
    return {model._meta.label: model._default_manager.count() for model in kept}


def rows_in_the_vault() -> dict[str, int]:
    """Count the rows of every table of the vault, its own ledger's included."""
    ours = [*apps.get_app_config("vault").get_models(), Entry]
    return {model._meta.label: model._default_manager.using("vault").count() for model in ours}


def acts() -> list[str]:
    """Name every act in the ledger, in order."""
    return list(Entry.objects.order_by("position").values_list("act", flat=True))


def files_in(folder: Path) -> set[str]:
    """Name every file in a folder, hidden ones included."""
    return {path.name for path in folder.iterdir()}
