"""Sessions in the database, of which a copy of the database shows nothing and opens nothing.

The row is found by a keyed digest of what the browser holds, and its contents are sealed: they
hold, for a moment, the secret of a second factor that is being added.
"""

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils import timezone

from exeunt.archive.key import derived
from exeunt.web.signing_in.sealing import SealedElsewhere, seal, unseal

PURPOSE = "exeunt sessions v1"
ROW_KEY = 40


class SessionStore(db.SessionStore):
    """Django's sessions in the database, sealed."""

    def exists(self, session_key: str) -> bool:
        """Tell whether there is a row for a browser's key."""
        return super().exists(row_of(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Make the row that keeps this session."""
        row = super().create_model_instance(data)
        row.session_key = row_of(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Take the row away."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(row_of(key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal what the session holds, for its own row only."""
        return seal(json.dumps(session_dict), purpose=PURPOSE, about=self._about())

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Open what the session holds; what another key sealed is no session."""
        text = session_data if isinstance(session_data, str) else session_data.decode()
        try:
            opened = json.loads(unseal(text, purpose=PURPOSE, about=self._about()))
        except SealedElsewhere:
            return {}
        return opened if isinstance(opened, dict) else {}

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = row_of(self.session_key) if self.session_key else ""
        found = self.model.objects.filter(session_key=row, expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def _about(self) -> str:
        return row_of(self.session_key) if self.session_key else ""


def row_of(session_key: str) -> str:
    """Return the key of the row for what a browser holds; the way back needs the server's key."""
    key = derived(settings.EXEUNT_SERVER_KEY, "exeunt session rows v1")
    return hmac.new(key, session_key.encode(), hashlib.sha256).hexdigest()[:ROW_KEY]
