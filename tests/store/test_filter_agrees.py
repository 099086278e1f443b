"""What a filter finds by SQL is what a plain reading of every VEP and pull request finds, for any filter."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from vep_tui.cli.parts import open_parts
from vep_tui.core.fields import FIELDS, NEEDS, ValueKind
from vep_tui.core.filter import parse
from vep_tui.core.models import PullRequest, QueueRow, Vep
from vep_tui.core.query import And, Node, Not, Operator, Or, Term, Words, span
from vep_tui.core.queue import pull_reasons, stance_of_pull
from vep_tui.core.vep_reasons import known_reviewers, reviewers_of
from vep_tui.store.desk import Desk

NUMBERS = {Operator.LESS: "__lt__", Operator.MORE: "__gt__", Operator.AT_MOST: "__le__", Operator.AT_LEAST: "__ge__"}


@dataclass(frozen=True)
class Subject:
    """One row as its models have it, with what is noted about it on this machine."""

    row: QueueRow
    vep: Vep | None
    pull: PullRequest | None
    snoozed: bool
    unread: bool


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with open_parts(Namespace(demo=True, config=None, api_url=None, profile=None), {}) as parts:
        assert parts.demo is not None
        parts.demo.site.label("kubevirt/enhancements#48", "lifecycle/rotten")
        run = parts.sync_run()
        assert run.run(full=True).ok
        run.close()
        found = parts.desk()
        numbers = [row.number for row in found.page("").rows]
        found.snooze(numbers[0], None, until_change=True)
        found.snooze(numbers[1], found.world.now + timedelta(days=3))
        found.snooze(numbers[2], found.world.now - timedelta(days=3))
        found.mark_seen(numbers[3])
        yield found


@pytest.fixture(scope="module")
def subjects(desk: Desk) -> tuple[Subject, ...]:
    rows = desk.page("", limit=10_000).rows
    away = {rows[0].number, rows[1].number}
    found = []
    for row in rows:
        vep = desk.vep(row.vep) if row.vep else None
        pull = desk.pull(row.number) if row.kind == "pr" else None
        found.append(Subject(row, vep, pull, row.number in away, unread=False))
    assert {s.row.kind for s in found} == {"vep", "pr"} and len(found) > 40
    return tuple(found)


def holds(node: Node | None, of: Subject, desk: Desk) -> bool:
    """A filter's tree, read word by word on one row."""
    if node is None:
        return True
    if isinstance(node, And):
        return all(holds(n, of, desk) for n in node.nodes)
    if isinstance(node, Or):
        return any(holds(n, of, desk) for n in node.nodes)
    if isinstance(node, Not):
        return not holds(node.node, of, desk)
    if isinstance(node, Words):
        return any(node.text.casefold() in text.casefold() for text in texts(of, desk))
    return any(fits(node, value, of, desk) for value in node.values)


def fits(term: Term, value: str, of: Subject, desk: Desk) -> bool:
    """One value of one condition."""
    world = desk.world
    if term.field in ("sig", "label", "author", "reviewer"):
        mine = {"@me": (world.me or "",), "@mine": world.my_sigs}.get(value, (value,))
        have = {v.casefold() for v in named(term.field, of, desk)}
        return not have if value == "none" else bool(have & {m.casefold() for m in mine})
    if term.field in ("stage", "release", "kind", "state"):
        have_one = {
            "stage": of.vep.stage if of.vep else None,
            "release": of.vep.release if of.vep else None,
            "kind": of.row.kind,
            "state": state(of),
        }[term.field]
        return have_one is None if value == "none" else have_one == value
    if term.field == "needs":
        return bool({r.reason for r in reasons(of, desk)} & set(NEEDS[value]))
    if term.field == "updated":
        low, high = span(term, world.now)
        at = changed(of)
        return (low is None or at >= low) and (high is None or at < high)
    if term.field == "number":
        return any(compared(term.operator, n, int(value)) for n in (of.row.number, of.row.vep) if n is not None)
    if term.field == "checklist":
        return counts(term, value, of)
    assert term.field == "is", f"say here what {term.field}: means"
    return flagged(value, of, desk)


def flagged(value: str, of: Subject, desk: Desk) -> bool:
    if value == "attention":
        return not of.snoozed and any(r.mine for r in reasons(of, desk))
    if value == "stale":
        return bool({"lifecycle/stale", "lifecycle/rotten"} & set(named("label", of, desk)))
    if value == "post-freeze":
        return of.row.kind == "vep" and state(of) == "open" and of.vep is not None and of.vep.release == "1.9"
    noted = {"snoozed": of.snoozed, "unread": of.unread, "held": False, "waiting": False}
    assert value in noted, f"say here what is:{value} means"
    return noted[value]


def counts(term: Term, value: str, of: Subject) -> bool:
    items = of.vep.checklist.items if of.vep and of.row.kind == "vep" else ()
    done = of.vep.checklist.done if of.vep else 0
    if value == "none":
        return not items
    if not items:
        return False
    if value in ("open", "done"):
        return (done < len(items)) is (value == "open")
    return compared(term.operator, done, int(value))


def compared(operator: Operator, left: int, right: int) -> bool:
    return left == right if operator is Operator.IS else bool(getattr(left, NUMBERS[operator])(right))


def named(field: str, of: Subject, desk: Desk) -> tuple[str, ...]:
    """The values a row has for a field of names."""
    vep, pull = of.vep, of.pull
    if pull is not None:
        stance = stance_of_pull(pull, vep, desk.world)
        asked = (*pull.review_requests, *reviewers_of(pull, desk.world))
        sigs = ((stance.owner,) if stance.owner else ()) + stance.sigs
        return {"sig": sigs, "label": pull.labels, "author": (pull.author,), "reviewer": asked}[field]
    assert vep is not None
    sigs = ((vep.owning_sig,) if vep.owning_sig else vep.label_sigs) + vep.other_sigs
    return {
        "sig": sigs,
        "label": vep.issue.labels,
        "author": (vep.issue.author,),
        "reviewer": known_reviewers(vep, desk.world),
    }[field]


def reasons(of: Subject, desk: Desk) -> tuple[Any, ...]:
    if of.pull is not None:
        return pull_reasons(of.pull, of.vep, desk.world)
    from vep_tui.core.queue import reasons as reasons_of

    return reasons_of(of.vep, desk.world) if of.vep else ()


def state(of: Subject) -> str:
    if of.pull is not None:
        return "open" if of.pull.state == "open" else "closed"
    return of.vep.issue.state if of.vep else ""


def changed(of: Subject) -> datetime:
    at = of.pull.updated_at if of.pull is not None else of.vep.issue.updated_at if of.vep else None
    assert at is not None
    return at


def texts(of: Subject, desk: Desk) -> tuple[str, ...]:
    """Everything free text is looked for in."""
    subject = of.pull or (of.vep.issue if of.vep else None)
    assert subject is not None
    people: tuple[str, ...] = (subject.author,)
    if of.pull is not None:
        people += named("reviewer", of, desk)
        extra: tuple[str, ...] = ()
    else:
        assert of.vep is not None
        people += (*of.vep.tracker.contacts, *of.vep.issue.assignees)
        extra = (of.vep.tracker.title, *of.vep.gates)
    return (str(of.row.number), subject.title, *people, *extra, *named("sig", of, desk), *subject.labels)


WORDS = (
    *("sig:compute", "sig:@mine", "sig:none", "sig:storage,network", "sig:Network", "stage:beta", "stage:stable"),
    *("stage:none", "release:1.10", "release:v1.9", "release:none", "needs:lgtm", "needs:checklist,docs"),
    *("needs:approve", "needs:review", "needs:answer", "needs:owner", "needs:targets", "needs:unhold"),
    "needs:proposal",
    *("reviewer:@me", "reviewer:none", "author:mara-k", "author:@me", "label:kind/tracker", "label:none"),
    *("is:open", "is:closed", "is:attention", "is:post-freeze", "is:stale", "is:snoozed", "is:unread", "is:pr"),
    *("is:vep", "is:held", "is:waiting", "checklist:open", "checklist:done", "checklist:none", "checklist:>=2"),
    *("checklist:3", "checklist:<1", "updated:<7d", "updated:>30d", "updated:2026-06-29", "updated:>=2026-06-20"),
    *("updated:<2026-06-01", "#12", "number:>100", "kind:pr", "memory", '"live migration"', '"the control"', "vep"),
    *("RIVER", '"12"', "compute", "m", "vm", "emory", "igrat", "memorx", '"on control"', "network", "é"),
    *(f"{field.name}:{word}" for field in FIELDS if field.kind is ValueKind.CHOICE for word in field.words),
)
"""Words and conditions that filters are made of: some of every field, and each word there is where they are listed."""
TERMS = st.sampled_from(WORDS)


def joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(inner, st.sampled_from([" ", " OR ", " AND "]), inner).map("".join)
    return pairs.map(lambda s: f"({s})") | inner.map(lambda s: f"NOT ({s})") | TERMS.map(lambda t: f"-{t}")


FILTERS = st.recursive(TERMS, joined, max_leaves=6)


def test_every_field_of_the_language_is_tried() -> None:
    """A field that is in `FIELDS` alone is understood, completed and explained, and finds nothing."""
    tried: set[str] = set()

    def note(node: Node | None) -> None:
        if isinstance(node, Term):
            tried.add(node.field)
        elif isinstance(node, Not):
            note(node.node)
        elif isinstance(node, And | Or):
            for one in node.nodes:
                note(one)

    for text in WORDS:
        note(parse(text).node)
    missing = {field.name for field in FIELDS} - tried
    assert not missing, f"put words of {missing} into WORDS here, and into `fits` what they mean"


def test_every_field_finds_something_and_leaves_something_out(desk: Desk) -> None:
    """Where no row has a value of it, SQL and a plain reading agree on nothing, whatever either says."""
    everything = desk.page("", limit=0).total
    telling = set()
    for text in WORDS:
        node = parse(text).node
        if isinstance(node, Term) and "none" not in node.values and 0 < desk.page(text, limit=0).total < everything:
            telling.add(node.field)
    assert telling == {field.name for field in FIELDS}, "let a row of demo/world.toml have it, and name that in WORDS"


def both_ways(text: str, desk: Desk, subjects: tuple[Subject, ...]) -> tuple[set[int], set[int]]:
    """What SQL finds, and what a plain reading does."""
    node = parse(text).node
    plain = {s.row.number for s in subjects if holds(node, s, desk)}
    return {row.number for row in desk.page(text, limit=10_000).rows}, plain


def test_sql_and_a_plain_reading_agree_on_every_word(desk: Desk, subjects: tuple[Subject, ...]) -> None:
    for text in WORDS:
        found, plain = both_ways(text, desk, subjects)
        assert found == plain, text


def test_sql_and_a_plain_reading_agree(desk: Desk, subjects: tuple[Subject, ...]) -> None:
    # Inside, because hypothesis prints the arguments of a test that fails: of all rows that hides the filter.
    @settings(deadline=None, max_examples=examples(100))
    @given(text=FILTERS)
    def agree(text: str) -> None:
        found, plain = both_ways(text, desk, subjects)
        assert found == plain

    agree()


def test_a_filter_and_its_opposite_share_nothing_and_leave_nothing_out(desk: Desk) -> None:
    everything = {row.number for row in desk.page("", limit=10_000).rows}
    for text in ("needs:lgtm", "reviewer:@me", "is:stale", "updated:<7d", "checklist:open", "sig:storage", "stage:ga"):
        found, others = ({row.number for row in desk.page(words, limit=10_000).rows} for words in (text, f"-{text}"))
        assert found | others == everything
        assert not found & others, text


def test_the_filters_of_the_demo_find_something(desk: Desk) -> None:
    for text in ("needs:lgtm", "reviewer:@me", "checklist:open", "updated:<7d", "-sig:storage is:open", "is:stale"):
        assert desk.page(text, limit=0).total, text
