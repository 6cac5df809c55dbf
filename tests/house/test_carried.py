"""What moves with a text is named in settings: every name leads to something that can be called."""

from inspect import signature

import pytest
from django.conf import settings
from django.utils.module_loading import import_string


@pytest.mark.parametrize("name", settings.EXEUNT_CARRIED)
def test_what_is_carried_takes_the_new_version_and_who_corrected_it(name):
    assert set(signature(import_string(name)).parameters) == {"version", "by"}
