"""Second factors are sealed: a known answer, and nothing in the clear anywhere in the database."""

import base64

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.urls import reverse

from exeunt.archive.key import derived
from exeunt.web.signing_in.adapters import FACTORS
from exeunt.web.signing_in.sealing import SealedElsewhere, seal, sealed_with, unseal
from tests.making.signing_in import (
    PASSPHRASE,
    code_now,
    give_code,
    give_passphrase,
    welcome_of,
    with_passphrase,
)

KEY = bytes(range(32))
NONCE = bytes(range(12))


@pytest.fixture
def known_key(settings) -> None:
    """The server's key 00 01 02 … 1f."""
    settings.EXEUNT_SERVER_KEY = KEY


def test_the_key_for_second_factors_is_the_one_that_rfc_5869_gives():
    # Computed apart, with OpenSSL 3: openssl kdf -keylen 32 -kdfopt digest:SHA256
    # -kdfopt hexkey:000102…1f -kdfopt info:"exeunt second factors v1" HKDF
    assert derived(KEY, FACTORS).hex() == (
        "2ba315dab7f6bb5b4c58cb340349872ed03abda93384293f5288cbacc500fa8b"
    )


def test_a_known_answer(known_key):
    # Computed apart, with Node: createCipheriv("aes-256-gcm", the key above, the nonce), where the
    # associated data is "x1:exeunt second factors v1" and a zero byte.
    sealed = sealed_with(NONCE, "JBSWY3DPEHPK3PXP", purpose=FACTORS)

    assert sealed == ("x1:AAECAwQFBgcICQoLjkESK5hhaOLXdRdGhdvRd_AmND0pGoTN1TPEkF8WgbE=")
    assert unseal(sealed, purpose=FACTORS) == "JBSWY3DPEHPK3PXP"


def test_the_same_text_is_never_sealed_alike(known_key):
    assert len({seal("the same", purpose=FACTORS) for _ in range(100)}) == 100


def another_purpose(sealed):
    return unseal(sealed, purpose="exeunt sessions v1")


def about_something(sealed):
    return unseal(sealed, purpose=FACTORS, about="row")


def one_bit(sealed):
    body = bytearray(base64.urlsafe_b64decode(sealed[3:]))
    body[-1] ^= 1
    return unseal("x1:" + base64.urlsafe_b64encode(body).decode(), purpose=FACTORS)


def another_version(sealed):
    return unseal("x2:" + sealed[3:], purpose=FACTORS)


def no_version(sealed):
    return unseal(sealed[3:], purpose=FACTORS)


def in_the_clear(_sealed):
    return unseal("JBSWY3DPEHPK3PXP", purpose=FACTORS)


def nothing(_sealed):
    return unseal("", purpose=FACTORS)


@pytest.mark.parametrize(
    "opening",
    [another_purpose, about_something, one_bit, another_version, no_version, in_the_clear, nothing],
)
def test_what_was_sealed_otherwise_does_not_open(known_key, opening):
    sealed = seal("secret", purpose=FACTORS)
    with pytest.raises(SealedElsewhere, match="Ask a lead"):
        opening(sealed)


def everything_stored() -> str:
    """Every cell of every table, as text, and what Base64 in it says."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            found.extend(str(cell) for row in cursor.fetchall() for cell in row)
    return "\n".join([*found, *(_unfolded(cell) for cell in found)])


def _unfolded(cell: str) -> str:
    try:
        return base64.urlsafe_b64decode(cell.encode() + b"===").decode("latin-1")
    except ValueError:
        return ""


def test_no_secret_stands_in_the_database_neither_while_it_is_added_nor_after(visitor, cast):
    visitor.post(welcome_of(cast.boris), {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    secret = visitor.get(reverse("mfa_activate_totp")).context["form"].secret
    assert secret not in everything_stored()
    visitor.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    codes = visitor.get(reverse("mfa_view_recovery_codes")).context["codes"]
    stored = everything_stored()
    seed = unseal(Authenticator.objects.get(type="recovery_codes").data["seed"], purpose=FACTORS)

    assert "x1:" in stored
    assert [word for word in [secret, seed, *codes, PASSPHRASE] if word in stored] == []


def test_a_factor_that_another_key_sealed_is_refused_in_a_sentence(visitor, cast, settings):
    amina = with_passphrase(cast.amina)
    settings.EXEUNT_SERVER_KEY, ours = KEY, settings.EXEUNT_SERVER_KEY
    Authenticator.objects.create(
        user=amina, type="totp", data={"secret": seal("JBSWY3DPEHPK3PXP", purpose=FACTORS)}
    )
    settings.EXEUNT_SERVER_KEY = ours
    give_passphrase(visitor, "Amina")
    answer = give_code(visitor, "000000")

    assert answer.status_code == 409
    assert "sealed with another key of the server" in answer.content.decode()
