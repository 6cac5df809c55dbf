"""Taguette's own import, run by its own Python: ``python taguette_importing.py FOLDER``.

Each file is converted by the function that Taguette's page calls, and its document is kept in
Taguette's database with its command, in a transaction of its own; two files at once, on two
cores. Without the page, the network and the browser. Prints how many were taken, as JSON.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from taguette import convert, database

AT_ONCE = 2
CONFIG = {
    "CONVERT_TO_HTML_TIMEOUT": 180,
    "OPF_OUT_SIZE_LIMIT": 5_000_000,
    "HTML_OUT_SIZE_LIMIT": 5_000_000,
}


async def take_in(paths, folder):
    """Take every file in, and return how many could be, and why not."""
    session = database.connect(f"sqlite:///{folder}/taguette.sqlite3")()
    session.add(database.User(login="amina"))
    project = database.Project(name="leaving", description="")
    session.add(project)
    session.commit()
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(path):
        async with slots:
            try:
                html = await convert.to_html_chunks(path.read_bytes(), "", path.name, dict(CONFIG))
            except convert.ConversionError as refused:
                return str(refused)
        document = database.Document(
            name=path.stem, description="", filename=path.name, project=project,
            text_direction=database.TextDirection.LEFT_TO_RIGHT, contents=html,
        )  # fmt: skip
        session.add(document)
        session.flush()
        session.add(database.Command.document_add("amina", document))
        session.commit()
        return ""

    return await asyncio.gather(*map(one, paths))


def main():
    """Take in the files of a folder."""
    paths = sorted(Path(sys.argv[1]).iterdir())
    with tempfile.TemporaryDirectory() as folder:
        refused = asyncio.run(take_in(paths, folder))
    print(json.dumps({"taken": refused.count(""), "refused": sorted(set(refused) - {""})}))


if __name__ == "__main__":
    main()
