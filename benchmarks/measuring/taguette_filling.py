"""A project of Taguette, filled by its own Python: ``python taguette_filling.py DATABASE JSON``.

The JSON is a list of pairs: words of a document, and how many highlights it has. Prints the
numbers of the documents and tags as JSON.
"""

import json
import sys

from long_words import CODES, paragraphs, stretches
from taguette import database, extract


def main():
    """Fill a database."""
    path, wanted = sys.argv[1], json.loads(sys.argv[2])
    session = database.connect(f"sqlite:///{path}")()
    admin = session.query(database.User).filter(database.User.login == "admin").first()
    if admin is None:
        session.add(database.User(login="admin"))
    project = database.Project(name="measured", description="")
    session.add(project)
    session.flush()
    session.add(
        database.ProjectMember(
            project=project, user_login="admin", privileges=database.Privileges.ADMIN
        )
    )
    tags = [
        database.Tag(project_id=project.id, path=f"L{number}", description="")
        for number in range(CODES)
    ]
    session.add_all(tags)
    session.flush()
    documents = [_document(session, project, tags, wanted=one) for one in enumerate(wanted)]
    session.commit()
    told = {
        "project": project.id,
        "documents": [document.id for document in documents],
        "tags": [tag.id for tag in tags],
    }
    print(json.dumps(told))


def _document(session, project, tags, *, wanted):
    place, (words, highlights) = wanted
    html = "".join(f"<p>{one}</p>\n" for one in paragraphs(words, seed=place))
    document = database.Document(
        name=f"T{place}", description="", filename=f"T{place}.html", project=project,
        text_direction=database.TextDirection.LEFT_TO_RIGHT, contents=html,
    )  # fmt: skip
    session.add(document)
    session.flush()
    length = len("\n".join(paragraphs(words, seed=place)))
    for start, end, code in stretches(length, highlights):
        highlight = database.Highlight(
            document=document, start_offset=start, end_offset=end,
            # Cutting each out of the whole would take hours; the page does not read it.
            snippet=extract.extract(html, start, end) if highlights <= FEW else "words",
            tags=[tags[code]],
        )  # fmt: skip
        session.add(highlight)
    session.flush()
    return document


FEW = 500

if __name__ == "__main__":
    main()
