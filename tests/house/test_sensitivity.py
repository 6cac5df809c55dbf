"""Every field says how much harm it could do; a row introduces itself by a reference."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from exeunt.methods.sensitivity import Tier

MODELS = [model for model in apps.get_models() if model.__module__.startswith("exeunt.")]

# What may stand in a log: drawn by lot, computed from bytes, or chosen as a public handle.
REFERENCES = {"ref", "slug", "key", "figure", "digest"}
CANARY = "canary"


def each_model() -> pytest.MarkDecorator:
    """Run a test once for every model of the house."""
    return pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])


def misdeclared(fields: Iterable[str], declared: Mapping[str, Any]) -> list[str]:
    """The fields without a tier, the tiers without a field, and what is no tier."""
    known = set(fields)
    return sorted(
        [f"{name} has no tier" for name in known - declared.keys()]
        + [f"{name} is no field" for name in declared.keys() - known]
        + [
            f"{name} has {tier!r}, no tier"
            for name, tier in declared.items()
            if type(tier) is not Tier
        ]
    )


def introduces_itself_by_text(row: models.Model) -> bool:
    """Whether a row's `str` shows what was written into its free texts."""
    for field in row._meta.concrete_fields:
        free = isinstance(field, models.CharField | models.TextField | models.JSONField)
        if free and not field.choices and field.name not in REFERENCES:
            setattr(row, field.attname, CANARY)
    return CANARY in str(row)


@each_model()
def test_every_field_declares_its_sensitivity(model):
    fields = [field.name for field in model._meta.concrete_fields]

    assert misdeclared(fields, getattr(model, "sensitivity", {})) == []


@each_model()
def test_a_row_introduces_itself_by_a_reference(model):
    assert "__str__" in vars(model)
    assert not introduces_itself_by_text(model())


def test_the_house_has_models_to_look_at():
    assert {"ledger", "studies"} <= {model._meta.app_label for model in MODELS}


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ({"text": Tier.SEALED}, []),
        ({}, ["text has no tier"]),
        ({"text": Tier.SEALED, "txet": Tier.PUBLIC}, ["txet is no field"]),
        ({"text": 1}, ["text has 1, no tier"]),
    ],
    ids=["declared", "forgotten", "left over", "a number"],
)
def test_a_field_that_is_not_declared_exactly_is_found(declared, found):
    assert misdeclared(["text"], declared) == found


class Talkative:
    """As much of a model as the check looks at."""

    class _meta:  # noqa: N801 - Django's name
        concrete_fields = (models.TextField(name="text"), models.CharField(name="ref"))

    def __str__(self):
        return f"row {self.text}"


def test_a_row_that_introduces_itself_by_its_text_is_found():
    for field in Talkative._meta.concrete_fields:
        field.set_attributes_from_name(field.name)

    assert introduces_itself_by_text(Talkative())
