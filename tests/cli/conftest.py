"""The archives at which these tests sit, and the terminal."""

from tests.archive.folders import (  # noqa: F401 - fixtures
    archive,
    begun,
    begun_too,
    demonstration,
    no_archive_open,
    templates,
)
from tests.making.bundles import (  # noqa: F401 - fixtures
    again,
    bundle,
    bundle_template,
    kept,
    kept_template,
)
