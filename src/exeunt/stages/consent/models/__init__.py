"""Consent events, what each grants cell by cell, and what may be read because of them."""

from exeunt.stages.consent.models.events import Event, Form, Grant, GrantedCell, Intake, Review
from exeunt.stages.consent.models.standing import Standing
from exeunt.stages.consent.models.told import DATA, TEXT, Everything, Told

__all__ = [
    "DATA",
    "TEXT",
    "Event",
    "Everything",
    "Form",
    "Grant",
    "GrantedCell",
    "Intake",
    "Review",
    "Standing",
    "Told",
]
