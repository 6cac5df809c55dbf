"""Where the pages are served, and whether that is safe."""

import errno
import ipaddress
import socket
import ssl
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from cryptography import x509

from exeunt.errors import Refusal

HERE = ("localhost", "127.0.0.1", "[::1]")
LOCALHOST = "localhost"
HTTPS = 443


class Tls(NamedTuple):
    """A certificate and its key."""

    certificate: Path
    key: Path


class Address(NamedTuple):
    """Where the pages are served, under which names, and by which certificate."""

    number: str
    port: int
    names: tuple[str, ...]
    tls: Tls | None

    @property
    def url(self) -> str:
        """How a browser reaches it."""
        name = self.names[0].removeprefix(".")
        if self.tls is None:
            return f"http://{name}:{self.port}"
        return f"https://{name}" + ("" if self.port == HTTPS else f":{self.port}")

    @property
    def environment(self) -> dict[str, str]:
        """What the server's processes are told of it."""
        told = {
            "EXEUNT_ADDRESS": self.number,
            "EXEUNT_PORT": str(self.port),
            "EXEUNT_HOSTS": " ".join(self.names),
            "EXEUNT_TLS": "1" if self.tls else "0",
        }
        if self.tls is None:
            return told
        files = {
            "EXEUNT_TLS_CERTIFICATE": str(self.tls.certificate.resolve()),
            "EXEUNT_TLS_KEY": str(self.tls.key.resolve()),
        }
        return told | files


def address_for(host: str, port: int, *, certificate: Path | None, key: Path | None) -> Address:
    """Return where to serve, or refuse: without TLS, only this machine is answered."""
    number = _number_of(host)
    if (certificate is None) != (key is None):
        raise Refusal("A certificate and its key belong together; name both, or neither.")
    if certificate is not None and key is not None:
        names = _names_of(certificate)
        _check_pair(certificate, key)
        address = Address(number, port, names, Tls(certificate, key))
    elif ipaddress.ip_address(number).is_loopback:
        address = Address(number, port, HERE, None)
    else:
        raise Refusal(
            f"Without a certificate, pages are served to this machine only: what is read on them "
            f"must not cross a network in the clear. Leave --host {host} out, or name "
            "--tls-certificate and --tls-key."
        )
    _check_free(number, port)
    return address


def _number_of(host: str) -> str:
    if host == LOCALHOST:
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        raise Refusal(
            f"“{host}” is no address of this machine; name one such as 127.0.0.1 or 0.0.0.0."
        ) from None


def _names_of(certificate: Path) -> tuple[str, ...]:
    """Return the names for which a certificate speaks; pages are served under no other."""
    try:
        read = x509.load_pem_x509_certificate(certificate.read_bytes())
        spoken = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError) as fault:
        raise Refusal(f"{certificate} is no certificate that can be read ({fault}).") from fault
    except x509.ExtensionNotFound:
        spoken = x509.SubjectAlternativeName([])
    names = [name.removeprefix("*") for name in spoken.get_values_for_type(x509.DNSName)]
    numbers = [_in_a_url(number) for number in spoken.get_values_for_type(x509.IPAddress)]
    if not names and not numbers:
        raise Refusal(f"{certificate} names no host; get one that says for which name it is.")
    return (*names, *numbers)


def _in_a_url(number: object) -> str:
    return f"[{number}]" if isinstance(number, ipaddress.IPv6Address) else str(number)


def _check_pair(certificate: Path, key: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # An empty word, or a key that is sealed would make this ask on the terminal.
        context.load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as fault:
        raise Refusal(
            f"{key} is not the key of {certificate}, or cannot be read without a password "
            f"({fault})."
        ) from fault


def _check_free(number: str, port: int) -> None:
    """Refuse a port that is taken; the server itself would share it with whoever is there."""
    family = socket.AF_INET6 if ":" in number else socket.AF_INET
    with closing(socket.socket(family)) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((number, port))
        except OSError as fault:
            raise Refusal(_sentence(fault, number, port)) from fault


def _sentence(fault: OSError, number: str, port: int) -> str:
    if fault.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program; choose another with --port."
    if fault.errno == errno.EACCES:
        return f"You may not serve at port {port}; choose one above 1023 with --port."
    return f"{number} is no address of this machine ({fault.strerror}); choose another with --host."
