"""Sessions of everybody who codes in an archive that is being served.

    python -m measuring.coders ARCHIVE

Prints name and value of a cookie of each, as JSON.
"""

import json
import sys
from pathlib import Path

from exeunt.archive.opening import joined
from exeunt.studies.models import Membership
from exeunt.studies.roles import Role

from .sessions import cookie_of

if __name__ == "__main__":
    with joined(Path(sys.argv[1])):
        coders = Membership.objects.filter(role=Role.CODER).select_related("member").order_by("pk")
        print(json.dumps([cookie_of(one.member) for one in coders]))
