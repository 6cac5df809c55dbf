"""What the whole body says: one question put to a study."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import numpy as np

from exeunt.desk.progress import Tell
from exeunt.errors import Listed, NotYet, Refusal, Word
from exeunt.ledger.recording import record_alone
from exeunt.members.models import Member
from exeunt.methods import narratives as count
from exeunt.methods.codebooks import Codebook
from exeunt.methods.consistency import MessageConsistency
from exeunt.methods.cooccurrence import Intersection
from exeunt.methods.narratives import Way
from exeunt.methods.pathways import Crossing
from exeunt.methods.proportions import Reading
from exeunt.methods.readings import Readings
from exeunt.methods.span_agreement import span_agreements
from exeunt.stages.coding.models import CodebookVersion
from exeunt.stages.coding.queries.excerpts import coded_excerpts
from exeunt.stages.coding.queries.marked_texts import marked_texts
from exeunt.stages.coding.queries.readings import readings_of
from exeunt.stages.findings.formats.facts import Body, Facts, Quote, Spans
from exeunt.stages.findings.formats.question import Question
from exeunt.stages.findings.rules.claims import FEWEST_UNITS, check_may_compare, may_be_ranked
from exeunt.stages.testimonies.queries import extent_of
from exeunt.studies.models import Study
from exeunt.version import SOFTWARE

FEW_TIMES = 1000
WIDEST_UPSET = 12
MEASURING = "Reading what was coded, and measuring agreement"
COUNTING = "Counting reasons"


def silently(says: str, done: int | None = None, total: int | None = None, /) -> None:
    """Tell nobody how far it is."""


class Agreed(NamedTuple):
    """Agreement on each code, and on whether anything was stated, with what it rests on."""

    readings: Readings
    codes: tuple[count.CodeAgreement, ...]
    stating: tuple[count.CodeAgreement, ...]
    invented: bool
    spans: Spans | None = None


def agreement_in(
    study: Study, version: CodebookVersion, question: Question, *, by: Member
) -> Agreed:
    """Measure how far the coders of a study agree.

    Raises Refusal where the question is about nobody, or nobody has coded.
    """
    readings = narrowed(readings_of(study, version, by=by), question.only)
    times, seed = question.times, question.seed
    codes = count.agreements(readings, blanks=question.blanks, times=times, seed=seed)
    if not codes:
        raise NotYet(
            "Nobody has coded a whole {unit} yet, only other things; "
            "agreement and findings need judgements of the codebook's own unit.",
            unit=Word(version.unit),
        )
    stating = count.agreements_on_stating(readings, times=times, seed=seed)
    spans = _on_spans(study, version, question, accounts=readings.accounts, by=by)
    return Agreed(readings, tuple(codes), tuple(stating), extent_of(study).invented, spans)


def _on_spans(
    study: Study,
    version: CodebookVersion,
    question: Question,
    *,
    accounts: Sequence[str],
    by: Member,
) -> Spans | None:
    """Measure agreement on marks where a unit was asked for; texts are drawn up to 1,000 times."""
    if question.unit is None:
        return None
    marked = marked_texts(study, version, question.unit, accounts=accounts, by=by)
    found = span_agreements(
        marked.codebook,
        marked.texts,
        question.unit,
        times=min(question.times, FEW_TIMES),
        seed=question.seed,
    )
    return Spans(found, marked.data_hash)


def findings_of(
    study: Study,
    version: CodebookVersion,
    question: Question,
    *,
    made: datetime,
    tell: Tell = silently,
    by: Member,
) -> Facts:
    """Answer one question about a study, with everything a report needs.

    ``tell`` is told what is being done. Raises Refusal where the question asks for what the data
    cannot bear.
    """
    tell(MEASURING)
    agreed = agreement_in(study, version, question, by=by)
    tell(COUNTING)
    body = _body(study, version, agreed, made=made)
    quotes = _quotes(study, version, agreed.readings, by=by)
    return _counted(agreed, question, body=body, quotes=quotes)


def read_agreement(
    study: Study, version: CodebookVersion, question: Question, *, by: Member
) -> Agreed:
    """Answer how far coders agree to somebody who asks, and write down that they were told."""
    agreed = agreement_in(study, version, question, by=by)
    record_alone("agreement.read", subject=study.ref, by=by.ref, codebook=version.codebook.slug)
    return agreed


def read_findings(
    study: Study, version: CodebookVersion, question: Question, *, made: datetime, by: Member
) -> Facts:
    """Answer a question to somebody who asks, and write down that they were told."""
    facts = findings_of(study, version, question, made=made, by=by)
    record_alone("findings.read", subject=study.ref, by=by.ref, codebook=version.codebook.slug)
    return facts


def narrowed(readings: Readings, only: Mapping[str, str]) -> Readings:
    """Keep the accounts that a question is about; refuse one that is about nobody."""
    kept = np.ones(len(readings.accounts), dtype=bool)
    for name, value in only.items():
        words = readings.attributes.get(name)
        if words is None:
            raise Refusal(
                "Accounts have no attribute “{name}” here; they have {known}.",
                name=name,
                known=Listed(readings.attributes),
            )
        if value not in words:
            values = ", ".join(f"“{word}”" for word in np.unique(words))
            raise Refusal(
                "No account has the {attribute} “{value}”. There are: {known}.",
                attribute=Word(name),
                value=value,
                known=values,
            )
        kept &= words == value
    if not kept.any():
        raise Refusal("No account has all of these together; ask for fewer at once.")
    return readings.with_accounts(kept)


def _check_something_is_settled(readings: Readings, question: Question) -> None:
    """Refuse to count the study's own answer where there is none beside the readings."""
    if question.reading is Reading.SETTLED and readings.settled is None:
        raise NotYet(
            "Nothing has been settled with this codebook yet, so there is no answer of the study's "
            "own to count. Settle where readers differ, or count what all of them say."
        )


def _check_anything_was_stated(told: Sequence[count.Narrative], way: Way) -> None:
    """Refuse to count reasons where no reading that leads has found any."""
    if not any(row.share(way.name).denominator for row in told):
        raise NotYet(
            "No reason has been found in any of these accounts yet, so there is no share to count. "
            "Findings come with the first reading that finds one."
        )


def _counted(agreed: Agreed, question: Question, *, body: Body, quotes: tuple[Quote, ...]) -> Facts:
    readings = agreed.readings
    told = count.narratives(readings, agreed.codes, question.blanks)
    _check_something_is_settled(readings, question)
    leading = count.leading_way(readings, question.reading)
    way = count.way_called(readings, leading, question.blanks)
    _check_anything_was_stated(told, way)
    main = _main(told, readings.codebook)
    return Facts(
        body=body,
        question=question,
        readings=readings,
        agreements=agreed.codes,
        agreements_otherwise=_otherwise(readings, question),
        stating=agreed.stating,
        narratives=tuple(told),
        ranked=frozenset(r.code for r in agreed.codes if may_be_ranked(r.agreement)),
        way=way.name,
        slices={
            name: tuple(count.sliced(readings, way, name, codes=main))
            for name in readings.attributes
        },
        comparisons=_comparisons(readings, way, codes=main, question=question),
        crossings=_crossings(readings, way, told),
        combinations=_combinations(readings, way, main),
        consistency=_consistency(readings, way, main, question=question),
        quotes=quotes,
        spans=agreed.spans,
    )


def _main(told: Sequence[count.Narrative], codebook: Codebook) -> list[str]:
    """Return the codes that lead: those of the main dimension that narrow no other code.

    A code and the one that it narrows would otherwise count as two reasons.
    """
    dimensions = [row.dimension for row in told]
    chosen = next((d for d in ("leaving", "push") if d in dimensions), dimensions[0])
    keys = _keys(told, chosen)
    tops = {code.key for code in codebook.codes if code.parent is None}
    return [key for key in keys if key in tops] or keys


def _keys(told: Sequence[count.Narrative], dimension: str) -> list[str]:
    return [row.code for row in told if row.dimension == dimension]


def _otherwise(readings: Readings, question: Question) -> tuple[count.CodeAgreement, ...]:
    """Measure agreement with blanks counted the other way, to tell what that would change."""
    return tuple(
        count.agreements(readings, blanks=question.otherwise, times=FEW_TIMES, seed=question.seed)
    )


def _combinations(readings: Readings, way: Way, codes: Sequence[str]) -> tuple[Intersection, ...]:
    """Count combinations, unless there are more codes than a plot or a pattern can hold."""
    if len(codes) > WIDEST_UPSET:
        return ()
    return tuple(count.combinations(readings, way, codes=codes))


def _consistency(
    readings: Readings, way: Way, codes: Sequence[str], *, question: Question
) -> MessageConsistency | None:
    if len(codes) > WIDEST_UPSET:
        return None
    times = min(question.times, FEW_TIMES)
    return count.consistency_of(readings, way, codes=codes, times=times, seed=question.seed)


def _crossings(
    readings: Readings, way: Way, told: Sequence[count.Narrative]
) -> tuple[Crossing, ...]:
    joining, leaving = _keys(told, "joining"), _keys(told, "leaving")
    if not (joining and leaving):
        return ()
    return tuple(count.joining_by_leaving(readings, way, joining=joining, leaving=leaving))


def _comparisons(
    readings: Readings, way: Way, *, codes: Sequence[str], question: Question
) -> tuple[count.Compared, ...]:
    found: list[count.Compared] = []
    for name, value in dict.fromkeys(question.complete):
        if name not in readings.attributes:
            raise Refusal("Accounts have no attribute “{name}” to compare over.", name=name)
        check_may_compare(name, value, set(readings.attributes[name].tolist()))
        found += count.compared(readings, way, (name, value), codes=codes)
    return tuple(found)


def _body(study: Study, version: CodebookVersion, agreed: Agreed, *, made: datetime) -> Body:
    readings, protocol = agreed.readings, study.protocol_facts()
    return Body(
        study=study.slug,
        title=study.title,
        codebook=f"{version.codebook.slug}@{version.number}",
        software=SOFTWARE,
        made=made.isoformat(timespec="seconds"),
        accounts=len(readings.accounts),
        narrators=len(np.unique(readings.narrators)),
        invented=agreed.invented,
        machines=any(readings.machines),
        fewest_units=FEWEST_UNITS,
        protocol=protocol._asdict() if protocol is not None else {},
        limits=tuple(study.limits),
    )


def _quotes(
    study: Study, version: CodebookVersion, readings: Readings, *, by: Member
) -> tuple[Quote, ...]:
    """Choose a short excerpt for each main code: invented ones only, as nothing else is cleared."""
    asked = set(readings.accounts)
    return tuple(
        Quote(
            code=excerpt.code,
            label=count.label_of(readings, excerpt.code),
            text=excerpt.text,
            language=excerpt.language,
            account=excerpt.account,
        )
        for excerpt in coded_excerpts(study, version, by=by)
        if excerpt.account in asked
    )
