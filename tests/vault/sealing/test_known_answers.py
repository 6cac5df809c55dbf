"""Known answers: what was sealed once opens for ever, and opens for other programs too."""

import hashlib
import hmac

import argon2.low_level as argon2
import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from exeunt.vault.sealing.contexts import bound_to
from exeunt.vault.sealing.envelopes import blinded, derived, unseal
from exeunt.vault.sealing.padding import padded, unpadded
from exeunt.vault.sealing.passphrases import Cost, Locked, cost_from, unlock
from exeunt.vault.sealing.secrets_on_paper import paper_from
from exeunt.vault.sealing.wrapping import key_pair, unwrap
from tests.vault.sealing import vectors

CHEAP = Cost(rounds=1, lanes=1, memory=64)


def test_a_context_is_written_as_ever():
    assert bound_to("wrap", "vault", 7, "person") == vectors.CONTEXT


def test_no_two_contexts_are_written_alike():
    contexts = [
        bound_to("a", "b", "c"),
        bound_to("a", "bc"),
        bound_to("ab", "c"),
        bound_to("a", "b", "c", ""),
        bound_to("a", "", "b", "c"),
    ]
    assert len(set(contexts)) == len(contexts)


def test_a_wrapped_key_opens_as_ever():
    pair = key_pair(vectors.SECRET)

    assert hashlib.sha256(pair.public).hexdigest() == vectors.PUBLIC_SHA256
    assert unwrap(vectors.WRAPPED, pair=pair, context=vectors.CONTEXT) == vectors.KEY


def test_a_wrapped_key_opens_by_the_two_exchanges_put_together_by_hand():
    """X-Wing (draft-connolly-cfrg-xwing-kem) and the key schedule of RFC 9180, section 5.1."""
    lattice = MLKEM768PrivateKey.from_seed_bytes(
        derived(vectors.SECRET, b"exeunt vault mlkem 1", length=64)
    )
    curve = X25519PrivateKey.from_private_bytes(derived(vectors.SECRET, b"exeunt vault x25519 1"))
    by_lattice, by_curve, box = _parts(vectors.WRAPPED)
    shared = hashlib.sha3_256(
        lattice.decapsulate(by_lattice)
        + curve.exchange(X25519PublicKey.from_public_bytes(by_curve))
        + by_curve
        + curve.public_key().public_bytes_raw()
        + b"\\.//^\\"
    ).digest()
    said = b"\0" + _extract(b"psk_id_hash", b"") + _extract(b"info_hash", vectors.CONTEXT)
    secret = _extract(b"secret", b"", salt=shared)

    opened = AESGCM(_expand(secret, b"key", said, 32)).decrypt(
        _expand(secret, b"base_nonce", said, 12), box, b""
    )
    assert opened == vectors.KEY


# X-Wing, HKDF with SHA-256, AES-256-GCM, by their numbers.
SUITE = b"HPKE-v1HPKE" + bytes.fromhex("647a00010002")


def _parts(wrapped):
    return wrapped[:1088], wrapped[1088:1120], wrapped[1120:]


def _extract(label, secret, salt=bytes(32)):
    return hmac.digest(salt, SUITE + label + secret, "sha256")


def _expand(key, label, said, length):
    # One block is enough for 32 bytes.
    wanted = length.to_bytes(2, "big") + SUITE + label + said + b"\1"
    return hmac.digest(key, wanted, "sha256")[:length]


def test_an_envelope_opens_as_ever():
    sealed = vectors.NONCE + AESGCM(vectors.SECRET).encrypt(
        vectors.NONCE, padded(b"{}"), vectors.CONTEXT
    )

    assert hashlib.sha256(sealed).hexdigest() == vectors.ENVELOPE_SHA256
    assert unseal(sealed, key=vectors.SECRET, context=vectors.CONTEXT) == b"{}"


def test_keys_are_derived_and_names_blinded_as_ever():
    assert derived(vectors.SECRET, b"a purpose").hex() == vectors.DERIVED
    assert blinded(vectors.SECRET, vectors.CONTEXT) == vectors.BLINDED


def test_a_passphrase_is_stretched_as_ever_and_as_elsewhere():
    elsewhere = argon2.hash_secret_raw(
        b"four lamps", bytes(16), 1, memory_cost=64, parallelism=1, hash_len=32, type=argon2.Type.ID
    )
    sealed = vectors.NONCE + AESGCM(elsewhere).encrypt(
        vectors.NONCE, padded(b"a secret"), vectors.CONTEXT
    )

    locked = Locked(bytes(16), CHEAP, sealed)
    assert elsewhere.hex() == vectors.STRETCHED
    assert unlock(locked, passphrase="four lamps", context=vectors.CONTEXT) == b"a secret"


def test_what_a_guess_costs_is_written_as_ever():
    assert Cost().written() == "3-4-262144"
    assert cost_from("3-4-262144") == Cost()


def test_a_word_on_paper_is_read_as_ever():
    paper = paper_from(vectors.WORD)

    assert (paper.recipient, paper.secret.hex()) == (vectors.RECIPIENT, vectors.SECRET_OF_WORD)


@pytest.mark.parametrize(
    ("length", "becomes"),
    [
        (0, 1024),
        (1, 1024),
        (1023, 1024),
        (1024, 2048),
        (4096, 8192),
        ((1 << 20) - 1, 1 << 20),
        # 1 MiB and its mark: beyond, steps of 2 ** (20 - 5), so 1 MiB + 32 KiB.
        (1 << 20, (1 << 20) + (1 << 15)),
        (3_000_000, 3_014_656),
    ],
)
def test_lengths_are_padded_as_ever(length, becomes):
    content = b"x" * length

    assert len(padded(content)) == becomes
    assert unpadded(padded(content)) == content


def test_no_more_than_an_eighth_is_added_to_what_is_long():
    for length in range(1 << 20, 1 << 24, 99_991):
        assert len(padded(bytes(length))) <= length * 1.12
