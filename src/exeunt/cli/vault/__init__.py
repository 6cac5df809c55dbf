"""``exeunt vault``: who people are, sealed, and who holds the keys."""

import click

from exeunt.cli.vault.custodians import custodian_command
from exeunt.cli.vault.founding import init
from exeunt.cli.vault.keys import identity, paper, recover, rotate
from exeunt.cli.vault.standing import status


@click.group("vault")
def vault_command() -> None:
    """Seal who people are, and decide who holds the keys.

    Passphrases are asked for and not shown. A script writes them to standard input, one a line,
    in the order in which they would be asked for; never as an option, where others could read
    them.
    """


for command in (init, status, custodian_command, rotate, paper, recover, identity):
    vault_command.add_command(command)
