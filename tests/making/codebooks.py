"""Small codebooks as plain data; they know no database."""

from dataclasses import replace

from exeunt.methods.codebooks import Code, Codebook, Level, Scale, Unit

BINARY = Codebook(
    slug="reasons",
    title="Reasons",
    codes=(
        Code("J1", "Faith", "Joined for faith.", dimension="joining"),
        Code("L1", "In-fighting", "Left because of in-fighting.", dimension="leaving"),
        Code("L2", "Brutality", "Left because of brutality.", dimension="leaving"),
    ),
    scale=Scale(unknown=-99, not_applicable=-88),
)
GRADED = replace(
    BINARY,
    slug="graded",
    scale=Scale(Level.ORDINAL, {0: "none", 1: "some", 2: "large"}, unknown=-99, not_applicable=-88),
)
OF_EXITS = replace(BINARY, slug="exits", unit=Unit.EXIT)
OF_SPELLS = replace(BINARY, slug="spells", unit=Unit.SPELL)
OF_EXCERPTS = replace(BINARY, slug="excerpts", unit=Unit.EXCERPT)
GRADED_EXCERPTS = replace(GRADED, slug="graded-excerpts", unit=Unit.EXCERPT)
