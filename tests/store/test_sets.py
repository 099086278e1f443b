"""The sets by which filters are answered: they follow the queue, find any text, and come along with an older cache."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import NOW, tracker_body
from examples import examples
from github_nodes import issue_node
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from stored_world import desk_of, fill, world_of

from vep_tui.core.nodes import MOST
from vep_tui.core.query import Not, Query, Words
from vep_tui.store.database import open_database, to_stamp
from vep_tui.store.desk import Desk
from vep_tui.store.entries import Entry, write_entries
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection
from vep_tui.store.schema import MIRROR
from vep_tui.store.sets import STRETCH, numbers_in, set_of


def numbers(desk: Desk, query: str) -> list[int]:
    return [row.number for row in desk.page(query, sort="number").rows]


def entry(number: int, text: str, *tags: tuple[str, str], **more: object) -> tuple[int, Entry]:
    columns = dict.fromkeys(("stage_order", "release_order", "checklist_done", "checklist_total"), 0)
    columns |= dict.fromkeys(("sig", "stage", "release"))
    columns |= {"number": number, "kind": "vep", "vep": number, "title": "", "state": "open", "score": 0.0, "since": ""}
    columns |= {"changed_at": to_stamp(NOW), "updated_at": to_stamp(NOW), "items": "{}", "reasons": "[]"}
    return number, Entry(columns | {"haystack": text} | more, frozenset(tags))


# ---------------------------------------------------------------- following


def test_a_row_that_changes_is_found_by_what_it_says_now(mirror: Mirror, outbox: Outbox) -> None:
    fill(mirror)
    desk = desk_of(mirror, outbox)
    assert numbers(desk, "disks") == numbers(desk, "ks sig:storage release:1.10") == [30]
    changed = issue_node(30, title="VEP 30: Quota", body=tracker_body(sig="network", alpha="1.9"), labels=("x/y",))
    mirror.put_issues([changed])
    Projection(mirror).refresh(mirror, outbox, world_of(mirror), [30])
    assert numbers(desk, "disks OR sk OR sig:storage") == []
    assert numbers(desk, "quota label:x/y sig:network release:1.9") == [30]
    assert 30 not in numbers(desk, "label:none")
    mirror.put_issues([{**changed, "labels": {"nodes": []}, "state": "CLOSED"}])
    Projection(mirror).refresh(mirror, outbox, world_of(mirror), [30])
    assert numbers(desk, "label:none number:30 is:closed") == [30]


def test_a_row_that_goes_is_in_no_set(mirror: Mirror, outbox: Outbox) -> None:
    write_entries(mirror.database, [entry(n, f"#{n}", ("sig", "compute")) for n in (7, 8, 5_000_000)])
    write_entries(mirror.database, [(7, None), (5_000_000, None), (99, None)])
    desk = Desk(mirror, outbox, Projection(mirror), world_of(mirror))
    assert desk.page("").total == desk.page("sig:compute").total == desk.page("-sig:none").total == 1
    assert desk.page("-zzz").total == 1
    assert mirror.database.row("SELECT count(*) FROM queue_set WHERE bits <> '0' AND stretch <> 0")[:] == (0,)


def test_a_number_that_no_repository_has_makes_no_row(mirror: Mirror, outbox: Outbox) -> None:
    """A set has a bit for each number: one beyond all measure would fill the memory."""
    fill(mirror)
    mirror.put_issues([issue_node(n, body=tracker_body()) for n in (MOST, MOST + 1, 2**31 - 1, 2**52)])
    desk = desk_of(mirror, outbox)
    assert numbers(desk, "kind:vep") == [10, 20, 30, MOST]
    assert numbers(desk, "-sig:network -#30 is:open -zzz") == [10, MOST]


def test_another_connections_change_is_seen_by_the_next_page(mirror: Mirror, outbox: Outbox) -> None:
    desk = Desk(mirror, outbox, Projection(mirror), world_of(mirror))
    assert desk.page("kind:vep gad").total == 0
    with closing(Mirror.open(mirror.database.path)) as other:
        write_entries(other.database, [entry(3, "gadgets")])
    assert desk.page("kind:vep gad").total == 1


@given(st.sets(st.integers(0, 100_000), max_size=50))
def test_a_set_gives_back_its_members(members: set[int]) -> None:
    assert numbers_in(set_of(members)) == sorted(members)
    assert set_of(members).bit_count() == len(members)


# ---------------------------------------------------------------- text

TITLES = (
    "Live migration of pass-through devices",
    "live  migratoin",
    "İstanbul straße ﬁx",
    "漢字のテスト と 👩‍🚀",
    "a",
    "",
    "mem\nmemo\nmemory hotplug hot-unplug unpl",
    "aaaaaaaaaaaaaaaaaaaaaaab",
    "migration-of-live-guests.with/very_long_unbroken_words_in_it",
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, dict[int, str]]]:
    """Rows of a queue with these texts, some far apart."""
    folder = tmp_path_factory.mktemp("texts")
    said = {at * (STRETCH // 3) + 1: title.casefold() for at, title in enumerate(TITLES * 3)}
    with closing(Mirror.open(folder / "mirror.db")) as mirror, closing(Outbox.open(folder / "outbox.db")) as outbox:
        write_entries(mirror.database, [entry(number, text) for number, text in said.items()])
        yield Desk(mirror, outbox, Projection(mirror), world_of(mirror)), said


@st.composite
def words(draw: st.DrawFn) -> str:
    """Pieces of the titles, some of them mended, and anything else."""
    title = draw(st.sampled_from(TITLES))
    begin = draw(st.integers(0, len(title)))
    piece = title[begin : begin + draw(st.integers(0, 25))]
    other = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=6)
    return draw(st.sampled_from([piece, piece.upper(), piece + "x", "  " + piece, draw(other)]))


@settings(deadline=None, max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=words())
@example("migrat")
@example("ation of p")
@example("memhot")
@example("aaab")
@example("İ")
@example("STRASSE")
@example("unbroken_words_in")
def test_a_text_is_found_wherever_it_stands_and_nowhere_else(texts: tuple[Desk, dict[int, str]], word: str) -> None:
    desk, said = texts
    expected = {number for number, text in said.items() if word.casefold() in text}
    for node, rows in ((Words(word), expected), (Not(Words(word)), said.keys() - expected)):
        page = desk._projection.page(Query("", node), desk.world, desk._outbox, sort="number")
        assert {row.number for row in page.rows} == rows
        assert page.total == len(rows)


# ---------------------------------------------------------------- pages


@pytest.fixture(scope="module", params=[2, 7, 60, 900])
def labelled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, int]]:
    """Many rows, one in so many of which bears the label x."""
    step: int = request.param
    folder = tmp_path_factory.mktemp(f"step-{step}")
    with closing(Mirror.open(folder / "mirror.db")) as mirror, closing(Outbox.open(folder / "outbox.db")) as outbox:
        rows = [
            entry(
                n, "", ("label", "x" if n % step == 0 else "y"), score=float(n * 7919 % 1000), title=f"t{n * 31 % 500}"
            )
            for n in range(1, 2001)
        ]
        write_entries(mirror.database, rows)
        yield Desk(mirror, outbox, Projection(mirror), world_of(mirror)), step


@pytest.mark.parametrize("sort", ["number", "attention", "title"])
def test_pages_join_without_gap_or_overlap_however_few_match(labelled: tuple[Desk, int], sort: str) -> None:
    """Many rows are met by walking, few are fetched and sorted: both give the same order."""
    desk, step = labelled
    wanted = [r.number for r in desk.page("", sort=sort, limit=5000).rows if r.number % step == 0]
    joined = [r.number for at in range(0, 2000, 30) for r in desk.page("label:x", sort=sort, offset=at, limit=30).rows]
    assert joined == wanted
    assert desk.page("label:x", limit=1).total == len(wanted)


# ---------------------------------------------------------------- an older cache


def test_an_older_cache_comes_along_with_the_same_sets(tmp_path: Path, mirror: Mirror, outbox: Outbox) -> None:
    fill(mirror)
    desk_of(mirror, outbox)
    write_entries(mirror.database, [entry(n, title.casefold(), ("label", "y")) for n, title in enumerate(TITLES, 900)])
    older = tmp_path / "older.db"
    open_database(older, MIRROR[:3]).close()
    mirror.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(sqlite3.connect(older)) as raw:
        raw.execute("ATTACH ? AS newer", (str(mirror.database.path),))
        for table in ("queue", "queue_tag", "queue_link"):
            raw.execute(f"INSERT INTO {table} SELECT * FROM newer.{table}")
        raw.commit()
    everything = "SELECT field, value, stretch, bits FROM queue_set WHERE bits <> '0' ORDER BY field, value, stretch"
    with closing(Mirror.open(older)) as upgraded:
        assert upgraded.notice == ""
        found = [tuple(row) for row in upgraded.database.rows(everything)]
        assert found == [tuple(row) for row in mirror.database.rows(everything)]
        assert {row[0] for row in found} >= {"text", "word", "sig", "is", "reason", "kind", "checklist", "release"}
        desk = Desk(upgraded, outbox, Projection(upgraded), world_of(mirror))
        assert numbers(desk, "is:open kind:vep wires -wirex") == [20]
