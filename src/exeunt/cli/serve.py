"""``exeunt serve``: the workbench in the browser."""

import sys
from pathlib import Path

import click
from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.module_loading import import_string

from exeunt.archive.opening import opened
from exeunt.cli.desk import a_path
from exeunt.cli.serving.address import Address, address_for
from exeunt.cli.serving.processes import Stopped, serving
from exeunt.cli.showing import say
from exeunt.members.actions import draw_link
from exeunt.members.queries import anybody_can_sign_in, first_person

INTERRUPTED = 130


@click.command("serve")
@click.argument(
    "folder", type=a_path, metavar="[DIR]", default=".", envvar="EXEUNT_ARCHIVE", required=False
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer at.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port."
)
@click.option("--tls-certificate", type=a_path, metavar="FILE", help="The certificate (PEM).")
@click.option("--tls-key", type=a_path, metavar="FILE", help="The key of the certificate (PEM).")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="How many processes compute pages.",
)
def serve_command(
    folder: Path,
    host: str,
    port: int,
    *,
    tls_certificate: Path | None,
    tls_key: Path | None,
    workers: int,
) -> None:
    """Open the archive in the browser.

    Without a certificate only this machine is answered. While nobody can sign in yet, a link is
    printed by which the first member sets a passphrase; it works once. Ctrl-C stops everything.
    """
    address = address_for(host, port, certificate=tls_certificate, key=tls_key)
    with opened(folder) as archive:
        sessions: type[SessionBase] = import_string("exeunt.web.signing_in.store.SessionStore")
        sessions.clear_expired()
        with serving(archive.path, address, workers=workers) as processes:
            stopped = processes.wait(lambda: greet(folder, address))
    say("Stopped.")
    if stopped is Stopped.BY_KEYBOARD:
        sys.exit(INTERRUPTED)


def greet(folder: Path, address: Address) -> None:
    """Say where the pages are, and let the first member in."""
    say(f"Exeunt serves {folder} at {address.url}/ (Ctrl-C stops it).")
    if anybody_can_sign_in():
        return
    member = first_person()
    token = draw_link(member=member, by=member).token
    say(f"Nobody can sign in yet. This link lets {member.name} in, once, within three days:")
    say(f"  {address.url}{reverse('welcome', args=[token])}")
