"""What the vault's tests ask for."""

from tests.making.fixtures import captures, cast, study, vault

__all__ = ["captures", "cast", "study", "vault"]
