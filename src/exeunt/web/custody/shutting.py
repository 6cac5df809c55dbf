"""Shutting the vault when somebody goes: by signing out, or because their session has ended."""

from django.http import HttpRequest

from exeunt.members.models import Member
from exeunt.vault import room
from exeunt.web.custody.asking import cookie_name


def shut_behind(request: HttpRequest) -> None:
    """Shut the vault for who leaves, if this browser ever opened it."""
    well = room.standing() is room.Standing.WELL
    if well and cookie_name() in request.COOKIES and isinstance(request.user, Member):
        room.shut_vault(by=request.user)
