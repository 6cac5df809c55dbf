"""Taguette's own exports, run by its own Python: ``python taguette_exporting.py DATABASE FOLDER``.

Copies the project into a file of its own, as its page "Export this project" does, and writes
all highlights as XLSX. Prints the seconds of each as JSON.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from taguette import database, export


def main():
    """Export the only project of a database."""
    path, folder = sys.argv[1], Path(sys.argv[2])
    session = database.connect(f"sqlite:///{path}")()
    project = session.query(database.Project).first().id
    begun = perf_counter()
    other = database.connect(f"sqlite:///{folder}/project.sqlite3")()
    if other.query(database.User).filter(database.User.login == "admin").first() is None:
        other.add(database.User(login="admin"))
        other.commit()
    database.copy_project(session, other, project, "admin")
    other.commit()
    copied = perf_counter()
    export.highlights_xslx(session, project, "", str(folder / "highlights.xlsx"))
    print(json.dumps({"project": copied - begun, "highlights": perf_counter() - copied}))


if __name__ == "__main__":
    main()
