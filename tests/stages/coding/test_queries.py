"""What was coded is read back cell by cell, on behalf of somebody who may."""

from dataclasses import replace

import numpy as np
import pytest

from exeunt.errors import NotThere, NotYet, NotYours
from exeunt.ledger.models import Entry
from exeunt.methods.codebooks import Unit
from exeunt.methods.readings import Cell
from exeunt.stages.coding.queries.codings import codings_of
from exeunt.stages.coding.queries.excerpts import coded_excerpts
from exeunt.stages.coding.queries.readings import readings_of
from exeunt.stages.narrators.models import Exit, Spell
from exeunt.studies.actions import appoint
from exeunt.studies.roles import Role
from tests.making.archive import acts
from tests.making.codebooks import BINARY, GRADED, OF_EXITS, OF_SPELLS
from tests.making.coding import a_codebook, code, double_coded, judgement
from tests.making.counting import queries_for
from tests.making.studies import a_staffed_study, with_protocol
from tests.making.testimonies import row, some_accounts, take_in

V, U, NA, NM, NC = Cell.VALUE, Cell.UNKNOWN, Cell.NOT_APPLICABLE, Cell.NOT_MENTIONED, Cell.NOT_CODED
CODES = ("J1", "L1", "L2")
ACCOUNTS = [
    row("A1", narrator="N1", group_left="IS", published="2014-05", setting="free"),
    row("A2", narrator="N2", group_left="withheld", period="2015", published="2014"),
    row("A3", narrator="N1", group_left="IS", published="2013/2015"),
    row("A4", narrator="N4", setting="withheld"),
]
TABLE = {
    "Boris": {"A1": (1, 0, ""), "A2": ("unknown", "-88", 1), "A3": ("", "", "")},
    "Chidi": {"A1": (0, 0, 1), "A2": ("-99", "not applicable", ""), "A4": (1, 1, 1)},
}


@pytest.fixture
def version(cast, study, captures, tmp_path):
    """Two readings of four accounts, with every kind of gap."""
    take_in(ACCOUNTS, tmp_path, study=study, cast=cast)
    version = a_codebook(study, cast)
    code(double_coded(TABLE, CODES), tmp_path, study=study, cast=cast)
    return version


def test_every_cell_is_what_the_reader_gave(cast, study, version):
    readings = readings_of(study, version, by=cast.amina)

    assert readings.readers == ("Boris", "Chidi")
    assert readings.accounts == ("A1", "A2", "A3", "A4")
    assert readings.codes == CODES
    assert readings.cells.tolist() == [
        [[V, V, NM], [U, NA, V], [NM, NM, NM], [NC, NC, NC]],
        [[V, V, V], [U, NA, NM], [NC, NC, NC], [V, V, V]],
    ]
    assert readings.values()[0, 0, :2].tolist() == [1, 0]
    assert readings.values()[1, 0].tolist() == [0, 0, 1]
    assert readings.values()[0, 1, 2] == 1
    assert np.count_nonzero(~np.isnan(readings.values())) == 9


def test_the_codebook_comes_with_the_readings(cast, study, version):
    assert readings_of(study, version, by=cast.amina).codebook == BINARY


def test_attributes_stand_in_the_order_of_the_accounts(cast, study, version):
    attributes = readings_of(study, version, by=cast.amina).attributes

    assert attributes["group"].tolist() == ["IS", "withheld", "IS", "unknown"]
    assert attributes["setting"].tolist() == ["free", "unknown", "unknown", "withheld"]
    assert attributes["period"].tolist()[:2] == ["2014", "2015"]  # the band goes before the date
    assert attributes["period"].tolist()[3] == "undated"


def test_a_date_that_may_lie_in_several_years_is_given_to_none_of_them(cast, study, version):
    period = readings_of(study, version, by=cast.amina).attributes["period"]

    assert period[2] not in {"2013", "2014", "2015"}  # published at some time in 2013/2015


def test_accounts_of_one_narrator_are_known_as_such(cast, study, version):
    first, second, third, fourth = readings_of(study, version, by=cast.amina).narrators

    assert first == third
    assert len({first, second, fourth}) == 3


def test_machine_readers_are_known_as_such(cast, study, version):
    assert readings_of(study, version, by=cast.amina).machines == (False, False)


def test_everybody_with_a_role_who_is_not_still_reading_sees_findings(cast, study, version):
    for member in (cast.amina, *cast[3:-1]):
        readings_of(study, version, by=member)
    for coder in (cast.boris, cast.chidi):
        with pytest.raises(NotYet, match="You still have 1 to read"):
            readings_of(study, version, by=coder)
    with pytest.raises(NotYours, match="You may not see findings"):
        readings_of(study, version, by=cast.eve)


def test_nobody_has_coded_yet(cast, study):
    with pytest.raises(NotThere, match=r"Nobody has coded this study with “reasons@1” yet. Bring"):
        readings_of(study, a_codebook(study, cast), by=cast.amina)


def test_what_the_study_has_been_coded_with_is_named_instead(cast, study, version):
    with pytest.raises(NotThere, match=r"“graded@1” yet. It has been coded with “reasons@1”"):
        readings_of(study, a_codebook(study, cast, GRADED), by=cast.amina)


def test_other_versions_studies_and_targets_are_not_among_the_readings(
    cast, study, version, tmp_path
):
    before = readings_of(study, version, by=cast.amina).data_hash
    other = a_staffed_study(cast, "other")
    take_in(ACCOUNTS, tmp_path, study=other, cast=cast)
    a_codebook(other, cast)
    code([judgement("A4", "J1", 0)], tmp_path, study=other, cast=cast, name="b.csv")
    a_codebook(study, cast, OF_EXITS)
    code([judgement("A4", "J1", 0)], tmp_path, study=study, cast=cast, codebook="exits")
    code(
        [judgement("A4", "J1", 0, target="exit")],
        tmp_path,
        study=study,
        cast=cast,
        codebook="reasons",
        name="c.csv",
    )

    assert readings_of(study, version, by=cast.amina).data_hash == before


@pytest.mark.parametrize(
    ("codebook", "model"), [(OF_EXITS, Exit), (OF_SPELLS, Spell)], ids=["exits", "spells"]
)
def test_exits_and_spells_are_the_unit_where_the_codebook_says_so(
    cast, study, captures, tmp_path, codebook, model
):
    take_in(ACCOUNTS, tmp_path, study=study, cast=cast)
    version = a_codebook(study, cast, codebook)
    # A1 and A3 tell of one exit of N1; it is coded through either.
    rows = [
        judgement("A1", "L1", 1, target=codebook.unit),
        judgement("A3", "L1", 0, target=codebook.unit, coder="Chidi"),
        judgement("A2", "L1", "", target=codebook.unit),
    ]
    code(rows, tmp_path, study=study, cast=cast)
    readings = readings_of(study, version, by=cast.amina)

    assert readings.accounts == tuple(m.ref for m in model.objects.order_by("pk"))
    assert readings.cells[:, :, 1].tolist() == [[V, NM, NC], [V, NC, NC]]
    assert readings.values()[:, 0, 1].tolist() == [1, 0]
    assert readings.attributes["group"].tolist() == ["IS", "withheld", "unknown"]
    assert len(set(readings.narrators.tolist())) == 3


def test_where_excerpts_are_the_unit_accounts_are_counted(cast, study, captures, tmp_path):
    take_in([row("A1", text="I left. They stayed.")], tmp_path, study=study, cast=cast)
    book = replace(BINARY, unit=Unit.EXCERPT)
    version = a_codebook(study, cast, book)
    spans = [{"start": 0, "end": 7}, {"start": 8, "end": 20}]
    rows = [judgement("A1", "L1", place, target="excerpt", **s) for place, s in enumerate(spans)]
    code(rows, tmp_path, study=study, cast=cast)
    readings = readings_of(study, version, by=cast.amina)

    # One excerpt has a 0 and the other a 1: the account has the higher.
    assert (readings.accounts, readings.values()[0, :, 1].tolist()) == (("A1",), [1])


def test_reading_ten_or_a_thousand_accounts_asks_as_often(cast, captures, tmp_path):
    def asked(count: int) -> int:
        study = a_staffed_study(cast, f"study-{count}")
        labels = some_accounts(count, tmp_path, study=study, cast=cast)
        version = a_codebook(study, cast)
        code([judgement(label, "L1") for label in labels], tmp_path, study=study, cast=cast)
        return queries_for(lambda: readings_of(study, version, by=cast.amina))

    assert asked(10) == asked(1000)


# --- single judgements ---------------------------------------------------------------------------


def test_the_lead_reads_every_judgement_and_the_ledger_says_so(cast, study, version):
    rows = codings_of(study, version, by=cast.amina)
    entry = Entry.objects.latest("position")

    assert len(rows) == 18
    assert rows[0] == {
        "account": "A1",
        "coder": "Boris",
        "code": "J1",
        "target": "account",
        "value": 1,
        "gap": "",
        "start": None,
        "end": None,
        "note": "",
    }
    assert (entry.act, entry.subject, entry.facts) == ("codings.read", study.ref, {"rows": 18})


def test_nobody_else_reads_single_judgements(cast, study, version):
    before = acts()
    for other in cast[1:]:
        with pytest.raises(NotYours, match="You may not read codings"):
            codings_of(study, version, by=other)

    assert acts() == before


def test_judgements_on_exits_spells_and_excerpts_say_what_they_are_about(
    cast, study, captures, tmp_path
):
    take_in([row("A1", text="I left.")], tmp_path, study=study, cast=cast)
    version = a_codebook(study, cast)
    rows = [
        judgement("A1", "L1", target="exit", note="Twice."),
        judgement("A1", "L1", "unknown", target="spell"),
        judgement("A1", "L1", target="excerpt", quote="left"),
    ]
    code(rows, tmp_path, study=study, cast=cast)
    told = {row["target"]: row for row in codings_of(study, version, by=cast.amina)}

    assert told["exit"]["account"] == Exit.objects.get().ref
    assert told["exit"]["note"] == "Twice."
    assert (told["spell"]["account"], told["spell"]["gap"]) == (Spell.objects.get().ref, "unknown")
    assert (told["excerpt"]["account"], told["excerpt"]["start"], told["excerpt"]["end"]) == (
        "A1",
        2,
        6,
    )


# --- excerpts for a report -----------------------------------------------------------------------

SENTENCE = "They took the bread and told us that nobody was hungry here."


def quoted(study, cast, tmp_path, provenance="invented") -> list[str]:
    take_in(
        [row("A1", provenance=provenance, language="en", text=f"{SENTENCE} I left.")],
        tmp_path,
        study=study,
        cast=cast,
    )
    version = a_codebook(study, cast)
    rows = [
        judgement("A1", "L1", target="excerpt", quote=SENTENCE),
        judgement("A1", "L2", 0, target="excerpt", quote=SENTENCE),
        judgement("A1", "J1", target="excerpt", quote="I left."),
    ]
    code(rows, tmp_path, study=study, cast=cast)
    return [(one.code, one.text) for one in coded_excerpts(study, version, by=cast.amina)]


def test_an_invented_excerpt_of_a_quotable_length_that_was_given_is_shown(
    cast, study, captures, tmp_path
):
    assert quoted(study, cast, tmp_path) == [("L1", SENTENCE)]


def test_a_real_excerpt_is_never_shown(cast, study, captures, tmp_path):
    assert quoted(with_protocol(study, cast), cast, tmp_path, "public record") == []


def test_a_lead_who_is_no_coder_has_no_reading(cast, study, version):
    appoint(study=study, member=cast.amina, role=Role.CODER, by=cast.amina)

    assert "Amina" not in readings_of(study, version, by=cast.vera).readers
