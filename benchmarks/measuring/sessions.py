"""Sessions without a passphrase, for programs that read and edit as somebody would."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from exeunt.members.models import Member
from exeunt.web.signing_in.sessions import begin


def signed_in(member: Member) -> Client:
    """Return a client of an open archive that is signed in, second factor and all."""
    kind = Authenticator.Type.TOTP
    if not Authenticator.objects.filter(user=member, type=kind).exists():
        TOTP.activate(member, generate_totp_secret())
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "en"})
    client.raise_request_exception = False
    client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
    request = HttpRequest()
    request.session = client.session
    begin(request.session)
    record_authentication(request, member, "totp", reauthenticated=True)
    request.session.save()
    return client


def cookie_of(member: Member) -> tuple[str, str]:
    """Return the cookie by which a server knows a new session of a member."""
    name = settings.SESSION_COOKIE_NAME
    return name, signed_in(member).cookies[name].value
