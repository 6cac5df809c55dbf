"""`exeunt serve`: what it refuses, what it prints, and that nothing of it is left behind."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from exeunt.archive.opening import opened
from exeunt.cli.serving.address import address_for
from exeunt.errors import Refusal
from exeunt.members.actions import accept, draw_link
from exeunt.members.queries import first_person
from tests.cli.terminal import done, misused, refused
from tests.house.source_files import ROOT

SOON = 90
EVERYWHERE = "0.0.0.0"  # noqa: S104 - to be refused


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Running(NamedTuple):
    """A server as another process, and what it has printed up to the last line that was read."""

    process: subprocess.Popen[str]
    said: str
    port: int


@contextmanager
def serving(archive: Path, *words: object, lines: int) -> Iterator[Running]:
    """Serve an archive by the command line, and read so many lines of what it says."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "exeunt", "serve", str(archive), "--port", str(port),
         "--workers", "1", *map(str, words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    try:
        yield Running(process, "".join(process.stdout.readline() for _ in range(lines)), port)
    finally:
        process.kill()
        process.communicate()


def answers(port: int) -> bool:
    """Whether anybody answers at a port."""
    with closing(socket.socket()) as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def status_of(url: str, **options: object) -> int:
    """The status with which an address answers, without following it."""
    try:
        return int(urllib.request.urlopen(url, timeout=SOON, **options).status)  # noqa: S310
    except urllib.error.HTTPError as refusal:
        return refusal.code


def gone_silent(port: int) -> bool:
    """Whether nobody answers any more, within some seconds."""
    until = time.monotonic() + SOON
    while answers(port) and time.monotonic() < until:
        time.sleep(0.2)
    return not answers(port)


def test_it_prints_where_it_is_and_lets_the_first_member_in_by_a_link(archive):
    with serving(archive, lines=3) as running:
        where = f"http://localhost:{running.port}"
        first, second, third = running.said.splitlines()
        assert first == f"Exeunt serves {archive} at {where}/ (Ctrl-C stops it)."
        assert second == (
            "Nobody can sign in yet. This link lets Amina in, once, within three days:"
        )
        assert third.startswith(f"  {where}/in/welcome/")
        assert status_of(third.strip()) == 200
        assert status_of(f"{where}/static/exeunt/base.css") == 200
        assert status_of(f"{where}/studies/") == 200  # the sign-in page

        # Nobody else opens the archive meanwhile, by whatever command.
        assert "is open in another process" in refused("check", archive)

        running.process.send_signal(signal.SIGINT)
        said, complained = running.process.communicate(timeout=SOON)
        assert (running.process.returncode, said, complained) == (130, "Stopped.\n", "")
        assert gone_silent(running.port)
    assert "Whole" in done("check", archive)


def test_who_can_sign_in_needs_no_link_and_a_service_manager_stops_it(archive):
    with opened(archive):
        amina = first_person()
        accept(token=draw_link(member=amina, by=amina).token, passphrase="seven invented horses")

    with serving(archive, lines=1) as running:
        running.process.terminate()
        said, complained = running.process.communicate(timeout=SOON)

        assert (running.process.returncode, said, complained) == (0, "Stopped.\n", "")
        assert gone_silent(running.port)


def test_nothing_goes_on_serving_when_it_is_killed(archive):
    with serving(archive, lines=3) as running:
        running.process.kill()
        running.process.wait()

        assert gone_silent(running.port)


def test_a_port_that_is_taken_is_said_in_a_sentence(archive):
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]

        assert refused("serve", archive, "--port", port) == (
            f"Port {port} is in use by another program; choose another with --port."
        )


@pytest.mark.parametrize("host", [EVERYWHERE, "192.0.2.1", "::"])
def test_without_a_certificate_only_this_machine_is_answered(archive, host):
    assert "Without a certificate, pages are served to this machine only" in refused(
        "serve", archive, "--host", host
    )


@pytest.mark.parametrize(
    ("host", "number"),
    [("localhost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("127.0.0.2", "127.0.0.2")],
)
def test_this_machine_has_several_numbers(host, number):
    address = address_for(host, free_port(), certificate=None, key=None)

    assert address.number == number
    assert address.names == ("localhost", "127.0.0.1", "[::1]")
    assert address.environment["EXEUNT_TLS"] == "0"


@pytest.mark.parametrize("host", ["nowhere.example", "1.2.3", ""])
def test_a_host_that_is_no_number_is_refused(archive, host):
    assert "is no address of this machine" in refused("serve", archive, "--host", host)


def test_a_folder_that_is_no_archive_is_refused(tmp_path):
    assert "There is no folder" in refused("serve", tmp_path / "x", "--port", free_port())


@pytest.mark.parametrize("words", [("--port", "0"), ("--port", "65536"), ("--workers", "0")])
def test_numbers_that_make_no_sense_are_wrong_use(words):
    assert "is not in the range" in misused("serve", *words)


class Pair(NamedTuple):
    """A certificate and its key, as files."""

    certificate: Path
    key: Path


def a_pair(folder: Path, *names: x509.GeneralName, password: bytes | None = None) -> Pair:
    """Make a certificate that speaks for these names."""
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "invented")])
    building = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=36_500))
    )
    for spoken in [names] if names else []:
        building = building.add_extension(x509.SubjectAlternativeName(spoken), critical=False)
    sealing = (
        serialization.BestAvailableEncryption(password)
        if password
        else serialization.NoEncryption()
    )
    pair = Pair(folder / "certificate.pem", folder / "key.pem")
    form = serialization.PrivateFormat.PKCS8
    pair.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, sealing))
    signed = building.sign(key, SHA256())
    pair.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    return pair


def test_with_a_certificate_it_speaks_tls_and_binds_its_cookies(archive, tmp_path):
    pair = a_pair(tmp_path / "tls", x509.DNSName("localhost"))
    with serving(
        archive, "--tls-certificate", pair.certificate, "--tls-key", pair.key, lines=3
    ) as running:
        where = f"https://localhost:{running.port}"
        assert f"at {where}/ " in running.said
        trusting = ssl.create_default_context(cafile=str(pair.certificate))
        trusting.verify_flags &= ~ssl.VERIFY_X509_STRICT
        page = urllib.request.urlopen(f"{where}/in/login/", timeout=SOON, context=trusting)  # noqa: S310
        with closing(page):
            cookie = page.headers["Set-Cookie"]

            assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert cookie.strip().startswith("__Host-csrf=")
        assert "Secure" in cookie
        elsewhere = {"Host": "elsewhere.example"}
        request = urllib.request.Request(f"{where}/in/login/", headers=elsewhere)  # noqa: S310
        assert status_of(request, context=trusting) == 400
        running.process.terminate()
        assert running.process.wait(SOON) == 0


def test_pages_are_served_under_the_names_of_the_certificate(tmp_path):
    pair = a_pair(
        tmp_path / "tls", x509.DNSName("exeunt.example"), x509.DNSName("*.exeunt.example"),
        x509.IPAddress(ip_address("192.0.2.7")), x509.IPAddress(ip_address("2001:db8::1")),
    )  # fmt: skip
    address = address_for("127.0.0.1", free_port(), certificate=pair.certificate, key=pair.key)

    assert address.names == ("exeunt.example", ".exeunt.example", "192.0.2.7", "[2001:db8::1]")
    assert address.url == f"https://exeunt.example:{address.port}"
    assert address._replace(port=443).url == "https://exeunt.example"
    assert address.environment["EXEUNT_TLS"] == "1"


def no_names(folder: Path) -> Pair:
    return a_pair(folder / "tls")


def no_certificate(folder: Path) -> Pair:
    pair = a_pair(folder / "tls", x509.DNSName("localhost"))
    pair.certificate.write_text("nothing")
    return pair


def missing(folder: Path) -> Pair:
    return Pair(folder / "no.pem", folder / "none.pem")


def of_another(folder: Path) -> Pair:
    one = a_pair(folder / "one", x509.DNSName("localhost"))
    return one._replace(key=a_pair(folder / "two", x509.DNSName("localhost")).key)


def sealed_key(folder: Path) -> Pair:
    return a_pair(folder / "tls", x509.DNSName("localhost"), password=b"word")


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        (no_names, "names no host"),
        (no_certificate, "is no certificate that can be read"),
        (missing, "is no certificate that can be read"),
        (of_another, "is not the key of"),
        (sealed_key, "cannot be read without a password"),
    ],
)
def test_a_certificate_that_does_not_fit_is_said_in_a_sentence(tmp_path, pair, says):
    certificate, key = pair(tmp_path)
    with pytest.raises(Refusal, match=says):
        address_for(EVERYWHERE, free_port(), certificate=certificate, key=key)


def test_a_certificate_without_its_key_is_refused(archive, tmp_path):
    pair = a_pair(tmp_path / "tls", x509.DNSName("localhost"))

    assert "belong together" in refused("serve", archive, "--tls-certificate", pair.certificate)


def test_a_link_is_drawn_at_the_terminal_too(archive):
    said = done("member", "link", "Boris", "--address", "https://exeunt.example/", at=archive)

    first, second = said.splitlines()
    assert first == "This link lets Boris in, once, within 72 hours:"
    assert second.startswith("  https://exeunt.example/in/welcome/")
    assert "Nobody here is called “Zora”" in refused("member", "link", "Zora", at=archive)
