"""The application that the server's workers load: the archive that ``exeunt serve`` holds."""

import os
from contextlib import ExitStack
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler

from exeunt.archive.opening import joined
from exeunt.web.parent import leave_with_parent

leave_with_parent()
# Open for as long as the worker lives; the operating system closes it.
_STAYS = ExitStack()
_STAYS.enter_context(joined(Path(os.environ["EXEUNT_SERVED"])))
application = WSGIHandler()
