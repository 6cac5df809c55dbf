"""Who a browser is: a member, by name and passphrase."""

from allauth.account.auth_backends import AuthenticationBackend

from exeunt.members.models import Member
from exeunt.members.queries import members_with_factors


class ByPassphrase(AuthenticationBackend):  # type: ignore[misc]
    """Finds the member of a session, and whether a second factor protects them."""

    def get_user(self, user_id: int) -> Member | None:
        """Return the member with ``protected`` set, in the one query that is needed anyway."""
        member = members_with_factors().filter(pk=user_id).first()
        return member if member is not None and self.user_can_authenticate(member) else None
