"""An archive is one folder; this package opens it, keeps it whole, and checks it.

Importing the package prepares Django, so that every module in it, and every module above
it, may import models at its top like any other module.
"""

import os

import django

# Another project's settings may stand in the environment; they are not ours.
os.environ["DJANGO_SETTINGS_MODULE"] = "exeunt.settings"
django.setup()
