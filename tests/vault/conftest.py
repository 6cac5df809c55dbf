"""What the vault's tests ask for."""

from tests.archive.folders import no_archive_open
from tests.making.bundles import kept, kept_template
from tests.making.fixtures import captures, cast, study, vault

__all__ = ["captures", "cast", "kept", "kept_template", "no_archive_open", "study", "vault"]
