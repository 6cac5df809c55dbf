"""What does not hold on this machine for those who read foreign files, in sentences."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from exeunt.errors import Refusal
from exeunt.sandbox.apart import CHILD, standing

MISSING: Mapping[str, str] = MappingProxyType(
    {
        "limits": "Readers of foreign files run here without all limits of memory, time and "
        "files: this system does not set them. Give up large files that you do not trust.",
        "network": "Readers of foreign files share this machine's network: it lets them have none "
        "of their own. Allow unprivileged user namespaces, if whoever keeps it agrees.",
        "calls": "Readers of foreign files are kept from files and network by Python alone: the "
        "kernel does not filter their calls. Use Linux on x86-64 or ARM for files you do not "
        "trust.",
    }
)


def remarks_on_readers(child: tuple[str, ...] = CHILD) -> Iterator[str]:
    """Say which protections of a reader of foreign files do not hold here; nothing if all do.

    Where the kernel filters calls there is no socket to be had, in whichever network.
    """
    try:
        held = standing(child)
    except Refusal as refused:
        yield str(refused)
        return
    held = held._replace(network=held.network or held.calls)
    yield from (says for name, says in MISSING.items() if not getattr(held, name))
