"""What a round would give to whom, before it is drawn."""

import hashlib
from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from exeunt.members.models import Kind, Member
from exeunt.methods.sharing import Shares, Work, read_by_all, share_out, shared_pairs
from exeunt.stages.coding.models import Assignment, CodebookVersion, Round, Sheet
from exeunt.stages.coding.queries.giving import coders_of, is_shared_out, judged_by_others
from exeunt.stages.coding.queries.things import accounts_about, things_of, unit_of
from exeunt.stages.coding.queries.visibility import passes_of
from exeunt.stages.coding.rules.rounds import (
    Plan,
    check_may_be_given,
    check_may_open,
    check_plan,
    check_something_left,
)
from exeunt.stages.coding.states import Purpose, Sharing
from exeunt.stages.testimonies.models import Account, TextVersion
from exeunt.studies.models import Study
from exeunt.studies.queries import require, roles_of
from exeunt.studies.roles import Act, Role


class Share(NamedTuple):
    """What one coder would be given: how many things, how long, and how many with another."""

    coder: Member
    things: int
    characters: int
    shared: int


class Drawing(NamedTuple):
    """How things fall to coders: the shares by reference, and what they come to."""

    plan: Plan
    shares: Shares
    lines: tuple[Share, ...]
    pairs: tuple[tuple[str, str, int], ...]
    things: int
    left: int
    pool: str

    @property
    def twice(self) -> int:
        """How many things two coders or more would read."""
        given = sum(map(len, self.shares.values()))
        return min(given - self.things, self.things)


def people_who_code(study: Study) -> list[Member]:
    """Return who can be given things to read: those who code here and are no machine."""
    return list(Member.objects.filter(pk__in=coders_of(study), kind=Kind.PERSON).order_by("pk"))


def drawn(study: Study, version: CodebookVersion, plan: Plan, *, by: Member) -> Drawing:
    """Draw what a plan gives to whom, and write nothing; the same seed draws the same."""
    require(Act.GIVE_OUT, study=study, by=by)
    people = {one.ref: one for one in people_who_code(study)}
    check_plan(plan, known=list(people))
    check_may_open(calibrating=_calibrating(version))
    pool = left_to_give(study, version, begun=plan.begun)
    check_something_left(len(pool), version.name)
    rng = Random(plan.seed)  # noqa: S311 - a draw that anybody can repeat, not a secret
    works = _works(study, version, _chosen(pool, plan, rng))
    shares = _shares(works, plan, rng)
    for ref, names in shares.items():
        _check_leads(study, version, names, coder=people[ref])
    lengths = {work.name: work.length for work in works}
    return Drawing(
        plan=plan,
        shares=shares,
        lines=tuple(_line(people[ref], shares, lengths) for ref in plan.coders),
        pairs=_pairs(shares, people),
        things=len(works),
        left=len(pool) - len(works),
        pool=hashlib.sha256("\n".join(pool).encode()).hexdigest(),
    )


def left_to_give(study: Study, version: CodebookVersion, *, begun: bool = False) -> list[str]:
    """Return, in the order of their references, what nobody was given and nobody has begun.

    What somebody has begun without being given it is there too where it is asked for.
    """
    unit = unit_of(version).value
    here = {unit: OuterRef("pk")}
    given = Assignment.objects.filter(version=version, **here)
    read = Sheet.objects.filter(reading__in=passes_of(study, version), **here)
    left = things_of(study, version).filter(~Exists(given))
    left = left if begun else left.filter(~Exists(read))
    return list(left.order_by("ref").values_list("ref", flat=True))


def _check_leads(
    study: Study, version: CodebookVersion, names: Sequence[str], *, coder: Member
) -> None:
    """Refuse to give somebody who leads what they could already see judged."""
    leads = Role.LEAD in roles_of(coder, study)
    if not leads or not is_shared_out(version):
        return
    numbers = things_of(study, version).filter(ref__in=names).values_list("pk", flat=True)
    judged = judged_by_others(study, version, list(numbers), coder=coder)
    check_may_be_given(name=coder.name, leads=leads, judged=judged)


def _calibrating(version: CodebookVersion) -> int | None:
    still = Round.objects.filter(version=version, purpose=Purpose.CALIBRATION, closed__isnull=True)
    number: int | None = still.values_list("number", flat=True).first()
    return number


def _chosen(pool: Sequence[str], plan: Plan, rng: Random) -> list[str]:
    """Choose by lot as many as a plan gives out at most."""
    if plan.most is None or plan.most >= len(pool):
        return list(pool)
    lots = {name: rng.random() for name in pool}
    return sorted(sorted(pool, key=lots.__getitem__)[: plan.most])


def _works(study: Study, version: CodebookVersion, refs: Sequence[str]) -> list[Work]:
    """Say of each thing how long its texts are, and in what language and period they tell."""
    numbers = dict(things_of(study, version).filter(ref__in=refs).values_list("ref", "pk"))
    told = accounts_about(unit_of(version), list(numbers.values()))
    length = _lengths([one for accounts in told.values() for one in accounts])
    return [
        Work(
            name=ref,
            length=sum(length.get(one.pk, 0) for one in told.get(numbers[ref], [])),
            stratum="; ".join(map(_stratum, told.get(numbers[ref], [])[:1])),
        )
        for ref in refs
    ]


def _stratum(account: Account) -> str:
    return f"{account.language}, {account.period or account.published[:4]}"


def _lengths(accounts: Sequence[Account]) -> dict[int, int]:
    """Return how many characters the latest text of each account has."""
    texts = TextVersion.objects.filter(account__in=[one.pk for one in accounts])
    rows = texts.order_by("account", "number").values_list("account", "length")
    return dict(rows)


def _shares(works: Sequence[Work], plan: Plan, rng: Random) -> Shares:
    if plan.sharing is Sharing.EVERYBODY:
        return read_by_all([work.name for work in works], plan.coders, rng)
    balanced = plan.sharing is Sharing.BALANCED
    kept = works if balanced else [Work(work.name) for work in works]
    return share_out(kept, plan.coders, rng, overlap=plan.overlap)


def _pairs(shares: Shares, people: Mapping[str, Member]) -> tuple[tuple[str, str, int], ...]:
    shared = shared_pairs(shares).items()
    return tuple((people[one].name, people[two].name, count) for (one, two), count in shared)


def _line(coder: Member, shares: Shares, lengths: Mapping[str, int]) -> Share:
    own = shares[coder.ref]
    others = {name for ref, share in shares.items() if ref != coder.ref for name in share}
    return Share(
        coder=coder,
        things=len(own),
        characters=sum(lengths[name] for name in own),
        shared=len(others.intersection(own)),
    )
