"""The queue's columns follow the mirror, the world and the day, and cost what is shown."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from builders import CODE, DOCS, ENHANCEMENTS, NOW, SCHEDULE, tracker_body, vep_document
from github_nodes import comment_node, issue_node, pull_node
from stored_world import DOCUMENT, desk_of, fill, proposal, world_of

from vep_tui.core.filter import parse
from vep_tui.core.views import SORTS
from vep_tui.store import projection as module
from vep_tui.store.desk import Desk
from vep_tui.store.entries import Entry, write_entries
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection


@pytest.fixture
def queue(mirror: Mirror, outbox: Outbox) -> Projection:
    fill(mirror)
    projection = Projection(mirror)
    assert projection.refresh(mirror, outbox, world_of(mirror)) == 4
    return projection


def titles(projection: Projection, mirror: Mirror, outbox: Outbox, query: str = "") -> dict[int, str]:
    rows = projection.page(parse(query), world_of(mirror), outbox, sort="number").rows
    return {r.number: r.title for r in rows}


def test_only_changed_rows_and_what_hangs_on_them_are_computed_anew(
    queue: Projection, mirror: Mirror, outbox: Outbox
) -> None:
    mirror.put_issues([issue_node(30, title="VEP 30: Discs", body=tracker_body(sig="storage"))])
    assert queue.refresh(mirror, outbox, world_of(mirror), [30]) <= 2
    assert titles(queue, mirror, outbox)[30] == "Discs"
    assert queue.refresh(mirror, outbox, world_of(mirror), [20]) == 2  # its proposal follows
    assert queue.refresh(mirror, outbox, world_of(mirror), []) == 0


def test_a_changed_proposal_reaches_its_vep(queue: Projection, mirror: Mirror, outbox: Outbox) -> None:
    mirror.put_pulls([proposal(41, "VEP 30: Disks", 30, "sig-storage/30-disks")], proposal=True)
    assert queue.refresh(mirror, outbox, world_of(mirror), [41]) == 2
    assert queue.vep_of(f"{ENHANCEMENTS}#41") == 30


def test_a_title_that_comes_to_wear_a_number_reaches_the_vep_of_that_number(
    queue: Projection, mirror: Mirror, outbox: Outbox
) -> None:
    mirror.put_issues([issue_node(30, title="VEP 10: Disks", body=tracker_body(sig="storage"))])
    assert queue.refresh(mirror, outbox, world_of(mirror), [30]) == 2
    mirror.put_issues([issue_node(30, title="VEP 30: Disks", body=tracker_body(sig="storage"))])
    assert queue.refresh(mirror, outbox, world_of(mirror), [30]) == 2


def test_rows_go_when_their_issue_or_pull_request_does(queue: Projection, mirror: Mirror, outbox: Outbox) -> None:
    mirror.drop_issues([30])
    mirror.put_pulls([proposal(40, "VEP 20: Wires", 20, "sig-network/20-wires", state="MERGED")], proposal=True)
    mirror.put_issues([issue_node(20, title="Only a question", body="?", labels=())])
    queue.refresh(mirror, outbox, world_of(mirror), [20, 30, 40])
    assert titles(queue, mirror, outbox).keys() == {10}


@pytest.mark.parametrize("gone", [True, False])
def test_a_proposal_follows_when_its_vep_goes(queue: Projection, mirror: Mirror, outbox: Outbox, gone: bool) -> None:
    if gone:
        mirror.drop_issues([20])
    else:
        mirror.put_issues([issue_node(20, title="Only a question", body="?", labels=())])
    queue.refresh(mirror, outbox, world_of(mirror), [20])
    rows = queue.page(parse(""), world_of(mirror), outbox, sort="number").rows
    assert [(row.number, row.vep, row.release) for row in rows if row.number == 40] == [(40, None, None)]


@pytest.mark.parametrize("what", ["day", "people", "code"])
def test_everything_is_computed_anew_when_the_world_or_the_code_is_another(
    queue: Projection, mirror: Mirror, outbox: Outbox, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    assert queue.ensure(mirror, outbox, world_of(mirror)) == 0
    world = world_of(mirror)
    if what == "day":
        world = world_of(mirror, NOW + timedelta(days=1))
    elif what == "people":
        mirror.put_file(CODE, "OWNERS_ALIASES", "a2", "aliases:\n  sig-storage-approvers: [reviewer]\n")
        world = world_of(mirror)
        assert world.my_sigs == ("storage",)
    else:
        monkeypatch.setattr(module, "PROJECTION", module.PROJECTION + 1)
    assert queue.ensure(mirror, outbox, world) == 4
    assert queue.ensure(mirror, outbox, world) == 0


def test_a_partial_refresh_in_a_changed_world_becomes_a_whole_one(
    queue: Projection, mirror: Mirror, outbox: Outbox
) -> None:
    assert queue.refresh(mirror, outbox, world_of(mirror, NOW + timedelta(days=1)), [30]) == 4


def test_the_calendar_is_read_once_per_version_of_its_files(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(mirror)
    first = world_of(mirror)
    with monkeypatch.context() as patch:
        patch.setattr("vep_tui.core.schedule.read_schedule", lambda *_: pytest.fail("read again"))
        patch.setattr("vep_tui.core.owners.read_sigs", lambda *_: pytest.fail("read again"))
        assert world_of(mirror) == first
    mirror.put_file("kubevirt/sig-release", "releases/v1.9/schedule.yaml", "s2", SCHEDULE.replace("07/29", "07/30"))
    assert world_of(mirror).releases[0].ga != first.releases[0].ga


def test_a_title_number_never_joins_two_veps(queue: Projection, mirror: Mirror, outbox: Outbox) -> None:
    """The title of 30 says VEP 10; the pull requests that name 10 stay with 10."""
    desk = Desk(mirror, outbox, queue, world_of(mirror))
    vep = desk.vep(30)
    assert vep is not None
    assert vep.tracker.title_number == 10
    assert vep.pulls == ()


SIZE = 5_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows for 5,000 VEPs, written as a refresh would."""
    folder = tmp_path_factory.mktemp("large")
    with closing(Mirror.open(folder / "mirror.db")) as mirror, closing(Outbox.open(folder / "outbox.db")) as outbox:
        fill(mirror)
        Projection(mirror).refresh(mirror, outbox, world_of(mirror))
        row = dict(mirror.database.rows("SELECT * FROM queue WHERE number = 10")[0])
        tags = frozenset(map(tuple, mirror.database.rows("SELECT field, value FROM queue_tag WHERE number = 10")))
        entries = []
        for number in range(1001, 1001 + SIZE):
            own = {"number": number, "vep": number, "score": row["score"] - number}
            own |= {name: f"{row[name]}{number}" for name in ("title", "haystack")}
            entries.append((number, Entry(row | own, tags)))
        with mirror.transaction():
            write_entries(mirror.database, entries)
    return folder


@pytest.mark.parametrize("query", ["", "is:attention", "kind:vep is:open sig:@mine", "gadgets -label:x"])
def test_a_page_costs_a_bounded_number_of_queries_and_rows(large: Path, query: str) -> None:
    with closing(Mirror.open(large / "mirror.db")) as mirror, closing(Outbox.open(large / "outbox.db")) as outbox:
        projection, world = Projection(mirror), world_of(mirror)
        statements: list[str] = []
        mirror.database.connection.set_trace_callback(statements.append)
        outbox.database.connection.set_trace_callback(statements.append)
        page = projection.page(parse(query), world, outbox, limit=50)
        assert (len(page.rows), page.total >= SIZE) == (50, True)
        assert len(statements) <= 6


def test_one_vep_costs_the_same_in_a_large_store(large: Path) -> None:
    with closing(Mirror.open(large / "mirror.db")) as mirror, closing(Outbox.open(large / "outbox.db")) as outbox:
        desk = Desk(mirror, outbox, Projection(mirror), world_of(mirror))
        statements: list[str] = []
        mirror.database.connection.set_trace_callback(statements.append)
        assert desk.vep(10) is not None
        assert len(statements) <= 20
        assert not any("FROM pull ORDER BY ref" in s for s in statements)


def test_the_loudest_page_is_read_in_the_order_of_an_index(large: Path) -> None:
    with closing(Mirror.open(large / "mirror.db")) as mirror:
        plan = mirror.database.rows(
            f"EXPLAIN QUERY PLAN SELECT * FROM queue ORDER BY {module.ORDERS['attention']} LIMIT 50"
        )
        assert "queue_by_score" in plan[0]["detail"]
        assert len(plan) == 1


def test_a_long_thread_does_not_make_the_queue_longer_to_read(mirror: Mirror, outbox: Outbox) -> None:
    fill(mirror)
    comments = [comment_node(n, "x" * 1000) for n in range(500)]
    mirror.put_issues([issue_node(50, body=tracker_body(), comments=comments, references=[pull_node(7)])])
    desk = desk_of(mirror, outbox)
    statements: list[str] = []
    mirror.database.connection.set_trace_callback(statements.append)
    desk.page()
    assert not any("comment" in s or "issue" in s for s in statements)


def test_another_process_finds_the_queue_as_it_was_computed():
    """A fingerprint that depends on the hash seed would compute everything anew at every start."""
    import os
    import subprocess
    import sys

    code = (
        "import tomllib, pathlib, datetime, vep_tui;"
        "from vep_tui.core.process import read_process; from vep_tui.core.models import People;"
        "from vep_tui.core.world import World; from vep_tui.store.projection import fingerprint_of;"
        "text = pathlib.Path(vep_tui.__file__).with_name('process.toml').read_text();"
        "now = datetime.datetime(2026, 6, 30, tzinfo=datetime.UTC);"
        "print(fingerprint_of(World(read_process(tomllib.loads(text)), People(), (), now, None, ())))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1


def test_a_changed_pull_request_reaches_those_it_may_concern_and_no_others(
    queue: Projection, mirror: Mirror, outbox: Outbox
) -> None:
    world = world_of(mirror)
    mirror.put_pulls([pull_node(1000, title="VEP 10: the API", state="CLOSED")])
    assert queue.refresh(mirror, outbox, world, [], [f"{CODE}#1000"]) == 1
    tracked = f"Tracking issue: https://github.com/{ENHANCEMENTS}/issues/20"
    mirror.put_pulls([pull_node(2000, title="Wires", body=tracked)])
    assert queue.refresh(mirror, outbox, world, [], [f"{CODE}#2000"]) == 2  # 20 and its proposal
    assert f"{CODE}#2000".casefold() in queue.links(20)
    mirror.put_pulls([pull_node(2001, title="[release-1.9] Wires", body="Picks #2000", baseRefName="release-1.9")])
    assert queue.refresh(mirror, outbox, world, [], [f"{CODE}#2001"]) == 2
    mirror.put_pulls([pull_node(501, repo=DOCS, title="A guide to anything")])
    assert queue.refresh(mirror, outbox, world, [], [f"{DOCS}#501"]) == 4  # docs count by likeness alone


def test_a_proposal_that_touches_the_folder_of_another_number_reaches_the_vep_whose_document_lies_there(
    queue: Projection, mirror: Mirror, outbox: Outbox
) -> None:
    path = "sig-storage/7-disks"
    link = f"https://github.com/{ENHANCEMENTS}/blob/main/veps/{path}/vep.md"
    mirror.put_file(ENHANCEMENTS, f"veps/{path}/vep.md", "d7", vep_document("Disks", number=30, sig="storage"))
    mirror.put_issues([issue_node(30, title="VEP 30: Disks", body=tracker_body(sig="storage", link=link))])
    world = world_of(mirror)
    queue.refresh(mirror, outbox, world)
    mirror.put_pulls([{**proposal(41, "Update of the design", 0, path), "body": ""}], proposal=True)
    queue.refresh(mirror, outbox, world, [41], [f"{ENHANCEMENTS}#41"])
    assert f"{ENHANCEMENTS}#41" in queue.links(30)
    assert queue.vep_of(f"{ENHANCEMENTS}#41") == 30


def test_marks_and_readings_are_kept_and_follow_what_changes(queue: Projection, mirror: Mirror, outbox: Outbox) -> None:
    def counted(table: str) -> int:
        return int(mirror.database.rows(f"SELECT count(*) FROM {table}")[0][0])

    world = world_of(mirror)
    assert counted("pull WHERE marked = 0") == 0
    assert counted("reading") == 1
    mirror.put_pulls([pull_node(1000, title="Nothing any more", body="")])
    assert counted("pull WHERE marked = 0") == 1
    mirror.put_file(ENHANCEMENTS, DOCUMENT, "d2", vep_document("Another title"))
    mirror.drop_pulls([f"{DOCS}#500"])
    queue.refresh(mirror, outbox, world)
    assert counted("reading") == 1
    assert counted(f"pull_mark WHERE ref = '{DOCS}#500'") == 0
    assert counted(f"pull_mark WHERE ref = '{CODE}#1000' AND mark = 'n10'") == 0


def test_a_proposal_belongs_to_the_vep_that_lists_it_however_far_behind_that_is_computed(
    mirror: Mirror, outbox: Outbox
) -> None:
    veps = [issue_node(number, title=f"VEP {number}: Part {number}", body=tracker_body()) for number in range(10, 130)]
    listing = tracker_body(vep_prs=[f"https://github.com/{ENHANCEMENTS}/pull/500"])
    mirror.put_issues([*veps, issue_node(130, title="VEP 130: Whole", body=listing)])
    mirror.put_pulls([proposal(500, "VEP 10: Part 10", 10, "sig-compute/10-part-10")], proposal=True)
    projection = Projection(mirror)
    projection.refresh(mirror, outbox, world_of(mirror))
    row = next(r for r in projection.page(parse(""), world_of(mirror), outbox, sort="number").rows if r.kind == "pr")
    assert (row.number, row.vep) == (500, 130)


def test_a_proposal_has_its_row_however_far_its_number_is_from_that_of_its_vep(mirror: Mirror, outbox: Outbox) -> None:
    mirror.put_issues(issue_node(n, title=f"VEP {n}: Part {n}", body=tracker_body()) for n in range(10, 130))
    mirror.put_pulls([proposal(500, "VEP 10: Part 10", 10, "sig-compute/10-part-10")], proposal=True)
    projection = Projection(mirror)
    for numbers in (None, None, [10], [500]):
        projection.refresh(mirror, outbox, world_of(mirror), numbers)
        rows = projection.page(parse(""), world_of(mirror), outbox, sort="number").rows
        assert [(r.number, r.vep) for r in rows if r.kind == "pr"] == [(500, 10)]


def test_every_order_that_the_sort_key_knows_has_its_sql() -> None:
    assert tuple(module.ORDERS) == SORTS, "core/views.py SORTS and store/projection.py ORDERS name the same orders"
