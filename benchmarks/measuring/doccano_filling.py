"""Fills doccano with texts, in its own environment, past its interface.

python doccano_filling.py TEXTS
"""

import importlib
import importlib.util
import os
import sys

TEXT = "An invented account, number {number}. They told us one thing, and we saw another. "
AT_ONCE = 2_000


def main(texts: int) -> None:
    """Make a project of so many texts, as its only member's."""
    backend = importlib.util.find_spec("backend")
    sys.path.append(backend.submodule_search_locations[0])
    home = os.environ["DOCCANO_HOME"]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
    os.environ["STANDALONE"] = "True"
    os.environ["DATABASE_URL"] = f"sqlite:///{home}/db.sqlite3"
    importlib.import_module("django").setup()
    projects = importlib.import_module("projects.models")
    example = importlib.import_module("examples.models").Example
    user = importlib.import_module("django.contrib.auth").get_user_model().objects.get()
    project = projects.TextClassificationProject.objects.create(
        name="Measured", description="-", project_type="DocumentClassification", created_by=user
    )
    project.add_admin()
    made = (example(project=project, text=TEXT.format(number=number)) for number in range(texts))
    example.objects.bulk_create(made, batch_size=AT_ONCE)


if __name__ == "__main__":
    main(int(sys.argv[1]))
