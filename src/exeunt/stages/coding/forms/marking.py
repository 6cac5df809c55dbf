"""What the page of a text sends while somebody marks it."""

import json

from exeunt.desk.asking import Asked
from exeunt.errors import Refusal
from exeunt.stages.coding.rules.marking import Batch, batch_from


def told_in(request: Asked) -> object:
    """Return what a script sent as JSON, or refuse what is none."""
    try:
        told: object = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refusal("This was not sent by a page of ours; open the page again.") from None
    return told


def batch_in(request: Asked) -> Batch:
    """Return the acts that a script sent."""
    return batch_from(told_in(request))


def label_in(request: Asked) -> str:
    """Return the label of a code that is proposed."""
    told = told_in(request)
    label = told.get("label") if isinstance(told, dict) else None
    if not isinstance(label, str):
        raise Refusal("Say what the new code is called.")
    return label
