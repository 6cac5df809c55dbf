"""What is sealed opens with its key, in its place, unchanged; and in no other way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exeunt.vault.sealing.envelopes import NotOpenedError, new_key, seal, unseal
from exeunt.vault.sealing.files import blocks_in, opened_blocks, sealed_blocks
from exeunt.vault.sealing.padding import padded, unpadded
from exeunt.vault.sealing.passphrases import Cost, lock, unlock
from exeunt.vault.sealing.wrapping import key_pair, unwrap, wrap

KEY = bytes(range(32))
CHEAP = Cost(rounds=1, lanes=1, memory=64)


@given(st.binary(max_size=5000))
def test_what_was_sealed_is_opened_again(content):
    assert unseal(seal(content, key=KEY, context=b"here"), key=KEY, context=b"here") == content
    assert unpadded(padded(content)) == content


@pytest.mark.parametrize("ending", [b"", b"\0", b"\0\0\0", b"\x80", b"\x80\0", b"x\0\x80"])
def test_what_looks_like_padding_is_kept(ending):
    assert unpadded(padded(b"content" + ending)) == b"content" + ending


@pytest.mark.parametrize("lost", [b"", b"\0" * 1024, b"no mark"])
def test_what_has_no_mark_is_refused(lost):
    with pytest.raises(ValueError, match="end mark"):
        unpadded(lost)


def test_another_key_or_place_opens_nothing():
    sealed = seal(b"content", key=KEY, context=b"here")
    for wrong in ({"key": new_key(), "context": b"here"}, {"key": KEY, "context": b"there"}):
        with pytest.raises(NotOpenedError):
            unseal(sealed, **wrong)


@pytest.mark.parametrize("length", range(0, 30, 4))
def test_what_is_cut_short_opens_nothing(length):
    sealed = seal(b"content", key=KEY, context=b"here")
    with pytest.raises(NotOpenedError):
        unseal(sealed[:length], key=KEY, context=b"here")


def test_every_changed_bit_is_found_out():
    sealed = bytearray(seal(b"content", key=KEY, context=b"here"))
    for place in range(0, len(sealed), 7):
        sealed[place] ^= 1
        with pytest.raises(NotOpenedError):
            unseal(bytes(sealed), key=KEY, context=b"here")
        sealed[place] ^= 1


def test_the_same_is_never_sealed_alike():
    assert len({seal(b"content", key=KEY, context=b"here") for _ in range(50)}) == 50


@pytest.mark.parametrize("length", [0, 1, 65_534, 65_535, 65_536, 70_000, 1_200_000])
def test_a_file_is_opened_again(length):
    content = bytes(range(256)) * (length // 256 + 1)
    sealed = b"".join(sealed_blocks(content[:length], key=KEY, name="a"))

    assert opened_blocks(blocks_in(sealed), key=KEY, name="a") == content[:length]


def _moved(blocks):
    return {
        "the last is missing": blocks[:-1],
        "the first is missing": blocks[1:],
        "two have changed places": [blocks[1], blocks[0], *blocks[2:]],
        "one is there twice": [blocks[0], *blocks],
        "nothing is there": [],
        "only the last": blocks[-1:],
    }


@pytest.mark.parametrize("how", list(_moved([b"", b"", b""])))
def test_no_block_of_a_file_can_be_moved_dropped_or_added(how):
    blocks = list(blocks_in(b"".join(sealed_blocks(bytes(200_000), key=KEY, name="a"))))
    assert len(blocks) > 2

    with pytest.raises(NotOpenedError):
        opened_blocks(_moved(blocks)[how], key=KEY, name="a")


def test_a_block_of_another_file_under_the_same_key_is_refused():
    sealed = b"".join(sealed_blocks(b"content", key=KEY, name="a"))
    with pytest.raises(NotOpenedError):
        opened_blocks(blocks_in(sealed), key=KEY, name="b")


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 500])
def test_a_file_that_is_cut_off_is_refused(cut):
    sealed = b"".join(sealed_blocks(b"content", key=KEY, name="a"))
    with pytest.raises(NotOpenedError):
        opened_blocks(blocks_in(sealed[:cut]), key=KEY, name="a")


def test_a_wrapped_key_opens_for_its_holder_and_purpose_only():
    pair, other = key_pair(KEY), key_pair(bytes(32))
    wrapped = wrap(b"k" * 32, to=pair.public, context=b"here")

    assert unwrap(wrapped, pair=pair, context=b"here") == b"k" * 32
    for wrong in ({"pair": other, "context": b"here"}, {"pair": pair, "context": b"there"}):
        with pytest.raises(NotOpenedError):
            unwrap(wrapped, **wrong)


@pytest.mark.parametrize("length", [0, 1, 31, 1087, 1119, 1120, 1135, 1167])
def test_a_wrapped_key_that_is_cut_short_opens_nothing(length):
    pair = key_pair(KEY)
    wrapped = wrap(b"k" * 32, to=pair.public, context=b"here")
    with pytest.raises(NotOpenedError):
        unwrap(wrapped[:length], pair=pair, context=b"here")


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        ("caf\u00e9 au lait", "cafe\u0301 au lait"),
        ("\ufb01ve lamps", "five lamps"),
        ("lamp\u00a0oil", "lamp oil"),
        ("\u0643\u0644\u0645\u0629", "\ufedb\ufee0\ufee4\ufe94"),
    ],
    ids=["an accent", "a ligature", "a space", "Arabic letters by their forms"],
)
def test_a_passphrase_is_the_same_however_the_keyboard_composes_it(chosen, typed):
    locked = lock(b"a secret", passphrase=chosen, context=b"here", cost=CHEAP)

    assert unlock(locked, passphrase=typed, context=b"here") == b"a secret"


def test_another_passphrase_or_place_opens_no_secret():
    locked = lock(b"a secret", passphrase="four lamps", context=b"here", cost=CHEAP)
    for wrong in (("four lamp", b"here"), ("Four lamps", b"here"), ("four lamps", b"there")):
        with pytest.raises(NotOpenedError):
            unlock(locked, passphrase=wrong[0], context=wrong[1])
