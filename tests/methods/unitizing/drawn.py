"""Documents drawn at random: short texts, a few coders, some of whom did not read."""

from hypothesis import strategies as st

from exeunt.methods.unitizing import Document

CODERS = ["Amina", "Boris", "Chidi", "Dana"]
VALUES = ["L1", "L2", "J1"]


@st.composite
def readings(draw, length, values):
    """Any spans of a text, as they come: overlapping, touching, doubled."""
    number = draw(st.integers(0, 5)) if length else 0
    found = []
    for _ in range(number):
        start = draw(st.integers(0, length - 1))
        found.append((start, draw(st.integers(start + 1, length)), draw(st.sampled_from(values))))
    return found


@st.composite
def partitions(draw, length, values):
    """Spans of a text that exclude one another."""
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    given = [draw(st.sampled_from([None, *values])) for _ in edges[1:]]
    return [
        (start, end, value)
        for start, end, value in zip(edges, edges[1:], given, strict=False)
        if value is not None
    ]


@st.composite
def documents(draw, spans=readings, values=tuple(VALUES), most=4):
    """Up to four documents, each read by any of four coders."""
    found = []
    for _ in range(draw(st.integers(0, most))):
        length = draw(st.integers(0, 12))
        coders = draw(st.lists(st.sampled_from(CODERS), unique=True))
        found.append(Document(length, {one: draw(spans(length, list(values))) for one in coders}))
    return found
