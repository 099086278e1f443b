"""The desk: what the mirror and the outbox say, as screens and the command line read it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from builders import CODE, DOCS, ENHANCEMENTS, NOW
from github_nodes import comment_node
from stored_world import DOCUMENT, desk_of, fill

from vep_tui.core.filter import FilterError
from vep_tui.core.models import Delivery, ItemState, Phase
from vep_tui.store.desk import Desk, DeskError
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox

DONE, TODO, NA = ItemState.DONE, ItemState.TODO, ItemState.NA


@pytest.fixture
def desk(mirror: Mirror, outbox: Outbox) -> Iterator[Desk]:
    fill(mirror)
    yield desk_of(mirror, outbox)


def numbers(desk: Desk, query: str = "", **more: object) -> list[int]:
    return [row.number for row in desk.page(query, **more).rows]  # type: ignore[arg-type]


def item(desk: Desk, number: int, key: str) -> tuple[ItemState, str | None, Delivery | None, str]:
    vep = desk.vep(number)
    assert vep is not None
    found = next(i for i in vep.checklist.items if i.key == key)
    return found.state, found.by, found.delivery, found.note


def test_a_vep_is_put_together_from_everything_the_mirror_knows(desk: Desk) -> None:
    vep = desk.vep(10)
    assert vep is not None
    assert (vep.owning_sig, vep.release, vep.document_path) == ("compute", "1.9", DOCUMENT)
    assert {p.pull.ref for p in vep.pulls} >= {f"{CODE}#1000", f"{DOCS}#500"}
    assert len(vep.checklist.items) == 5
    assert [c.author for c in vep.issue.comments] == ["alice", "rob"]


@pytest.mark.parametrize("number", [35, 40, 99])
def test_what_is_no_vep_is_not_shown_as_one(desk: Desk, number: int) -> None:
    assert desk.vep(number) is None


def test_one_row_is_that_of_the_pages(desk: Desk) -> None:
    desk.tick(10, "docs-merged", DONE)
    desk.mark_seen(20)
    rows = desk.page().rows
    assert [desk.row(row.number) for row in rows] == list(rows)
    assert desk.row(99) is None


def test_the_queue_holds_veps_and_open_proposals_and_nothing_else(desk: Desk) -> None:
    assert sorted(numbers(desk)) == [10, 20, 30, 40]
    row = next(r for r in desk.page("is:pr").rows)
    assert (row.number, row.kind, row.vep, row.owning_sig) == (40, "pr", 20, "network")
    assert desk.vep_of_pull(40) == 20
    pull = desk.pull(40)
    assert pull is not None
    assert pull.title == "VEP 20: Wires"


def test_the_authors_of_the_rows_are_known_each_once(desk: Desk) -> None:
    assert desk.authors() == ("alice",)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sig:compute", [10]),
        ("sig:@mine kind:vep", [10]),
        ("-sig:compute is:vep", [20, 30]),
        ("release:1.9 is:vep", [10, 20]),
        ("is:post-freeze", [10, 20]),
        ("label:kind/tracker", [10]),
        ("label:none is:vep", [30]),
        ("author:alice", [10, 20, 30, 40]),
        ("author:@me", []),
        ("stage:alpha is:vep", [10, 20, 30]),
        ("stage:none", []),
        ("wires", [20, 40]),
        ('"WIRES" is:pr', [40]),
        ("#20", [20, 40]),
        ("checklist:open", [10, 20, 30]),
        ("checklist:none", [40]),
        ("checklist:>=1", []),
        ("state:closed", []),
        ("updated:<7d is:vep", [10, 20, 30]),
        ("updated:>2026-06-26", []),
        ("is:unread", []),
        ("is:snoozed OR is:held OR is:waiting", []),
        ("sig:network OR sig:storage", [20, 30, 40]),
        ("100%_", []),
    ],
)
def test_filters_find_what_they_say(desk: Desk, query: str, found: list[int]) -> None:
    page = desk.page(query, sort="number")
    assert ([r.number for r in page.rows], page.total) == (found, len(found))


def test_a_filter_that_cannot_be_read_points_at_the_word(desk: Desk) -> None:
    with pytest.raises(FilterError, match="stage"):
        desk.page("stag:beta")


@pytest.mark.parametrize("sort", ["attention", "number", "title", "sig", "stage", "release", "checklist", "age"])
def test_every_order_shows_every_row_once_over_pages(desk: Desk, sort: str) -> None:
    seen = [n for offset in range(4) for n in numbers(desk, sort=sort, offset=offset, limit=1)]
    assert sorted(seen) == [10, 20, 30, 40]
    if sort == "number":
        assert seen == [10, 20, 30, 40]


def test_the_queue_cannot_be_sorted_by_nonsense(desk: Desk) -> None:
    with pytest.raises(DeskError, match="'colour'"):
        desk.page(sort="colour")


def test_a_tick_shows_at_once_and_lies_in_the_outbox(desk: Desk, outbox: Outbox) -> None:
    tick = desk.tick(10, "prs-merged", DONE, "looks good")
    assert item(desk, 10, "prs-merged") == (DONE, "reviewer", Delivery.WAITING, "looks good")
    assert tick.evidence
    assert json.loads(tick.seen) == {"state": "todo", "by": None}
    row = next(r for r in desk.page("is:waiting").rows)
    assert (row.number, row.checklist_done, row.checklist_total, row.waiting, row.held) == (10, 1, 5, 1, 0)
    assert [e.item for e in desk.outbox_entries(10)] == ["prs-merged"]
    assert desk.header().waiting == 1


def test_a_wish_remembers_whose_token_it_was_made_with(desk: Desk, mirror: Mirror, outbox: Outbox) -> None:
    desk.world = desk.world._replace(me="somebody")  # whose queue is looked at does not matter
    desk.tick(10, "prs-merged", DONE)
    desk.say(10, "On track.", "check-in")
    assert [entry.login for entry in outbox.all()] == ["reviewer", "reviewer"]
    assert [tick.login for tick in outbox.waiting(10)] == ["reviewer"]


def test_ticking_again_keeps_the_note_and_what_was_seen_first(desk: Desk) -> None:
    desk.tick(10, "prs-merged", DONE, "looks good")
    again = desk.tick(10, "prs-merged", NA)
    assert (again.note, json.loads(again.seen)["state"]) == ("looks good", "todo")
    assert desk.tick(10, "prs-merged", NA, "").note == ""


def test_a_note_that_no_comment_could_show_whole_is_refused(desk: Desk, outbox: Outbox) -> None:
    with pytest.raises(DeskError, match="8,002 bytes"):
        desk.tick(10, "prs-merged", DONE, "ü" * 4_001)
    assert outbox.all() == ()
    assert desk.tick(10, "prs-merged", DONE, "ü" * 4_000).note == "ü" * 4_000


@pytest.mark.parametrize(
    ("number", "key", "release", "words"),
    [
        (99, "prs-merged", None, "no VEP 99"),
        (10, "everything", None, "'everything'"),
        (10, "prs-merged", "7.0", "'7.0'"),
    ],
)
def test_a_tick_on_something_unknown_is_refused(
    desk: Desk, outbox: Outbox, number: int, key: str, release: str | None, words: str
) -> None:
    with pytest.raises(DeskError, match=words):
        desk.tick(number, key, DONE, release=release)
    assert outbox.all() == ()


def test_a_tick_for_another_known_release_claims_no_evidence(desk: Desk) -> None:
    tick = desk.tick(30, "prs-merged", DONE, release="1.9")
    assert (tick.release, tick.evidence, tick.seen) == ("1.9", "", "")


def test_a_held_wish_is_weighed_against_what_is_seen_when_it_is_retried(
    desk: Desk, mirror: Mirror, outbox: Outbox
) -> None:
    tick = desk.tick(10, "prs-merged", DONE)
    outbox.hold([tick.id], "bob set it meanwhile")
    assert item(desk, 10, "prs-merged")[2] is Delivery.HELD
    assert (desk.header().held, numbers(desk, "is:held")) == (1, [10])
    desk.retry(tick.id)
    assert [e.delivery for e in desk.outbox_entries()] == [Delivery.WAITING]
    desk.drop(tick.id)
    assert item(desk, 10, "prs-merged")[:3] == (TODO, None, None)
    for act in (desk.retry, desk.drop):
        with pytest.raises(DeskError, match=f"no entry {tick.id}"):
            act(tick.id)


def test_words_go_to_veps_and_proposals_only(desk: Desk) -> None:
    assert desk.say(40, "/lgtm", "command").delivery is Delivery.WAITING
    assert desk.say(10, "On track.", "check-in").body == "On track."
    for number, body, kind in ((99, "x", "comment"), (10, " \n", "comment"), (10, "x", "shout")):
        with pytest.raises(DeskError):
            desk.say(number, body, kind)


def test_a_row_put_off_leaves_attention_until_its_day_or_a_change(desk: Desk, mirror: Mirror, outbox: Outbox) -> None:
    assert 20 in numbers(desk, "is:attention") or 10 in numbers(desk, "is:attention")
    number = numbers(desk, "is:attention")[0]
    desk.snooze(number, NOW + timedelta(days=1))
    assert number not in numbers(desk, "is:attention")
    assert numbers(desk, "is:snoozed") == [number]
    assert number in numbers(desk_of(mirror, outbox, NOW + timedelta(days=2)), "is:attention")
    desk.snooze(number, None, until_change=True)
    assert numbers(desk, "is:snoozed") == [number]
    desk.snooze(number, None)
    assert numbers(desk, "is:snoozed") == []


def test_news_by_others_mark_a_row_unread_after_it_was_seen(desk: Desk, mirror: Mirror, outbox: Outbox) -> None:
    desk.mark_seen(10)
    desk.snooze(10, None, until_change=True)
    assert not any(row.unread for row in desk.page().rows)
    mirror.put_comment(10, comment_node(3, "One more thing.", author="rob", at="2026-06-29T10:00:00Z"))
    later = desk_of(mirror, outbox)
    assert (numbers(later, "is:unread"), numbers(later, "is:snoozed")) == ([10], [])
    assert [r.number for r in later.page().rows if r.unread] == [10]


def test_a_candidate_is_confirmed_rejected_and_forgotten(desk: Desk, outbox: Outbox) -> None:
    desk.decide(10, f"{DOCS}#500", False)
    assert outbox.local.decisions(10) == {f"{DOCS}#500": False}
    desk.decide(10, f"{DOCS}#500", None)
    assert outbox.local.decisions(10) == {}


def test_the_document_comes_with_its_address(desk: Desk) -> None:
    found = desk.document(10)
    assert found is not None
    assert found.url == f"https://github.com/{ENHANCEMENTS}/blob/HEAD/{DOCUMENT}"
    assert found.text.startswith("# VEP #10")
    assert desk.document(20) is None


def test_the_header_says_where_the_release_and_the_store_stand(desk: Desk, mirror: Mirror) -> None:
    mirror.set_meta("stale", ["board"])
    header = desk.header()
    assert (header.release, header.phase) == ("1.9", Phase.STABILISATION)
    assert (header.next_name, header.next_day) == ("GA", date(2026, 7, 29))
    assert (header.synced_at, header.stale, header.total) == (NOW, ("board",), 4)
    assert (header.me, header.my_sigs) == ("reviewer", ("compute",))


@pytest.mark.parametrize(
    ("left", "minutes", "told"), [(999, 5, True), (1000, 5, False), (999, -5, False), (None, 5, False)]
)
def test_points_are_told_when_they_are_few_and_until_they_are_full_again(
    desk: Desk, mirror: Mirror, left: int | None, minutes: int, told: bool
) -> None:
    assert desk.header().few_points is None
    full_at = NOW + timedelta(minutes=minutes)
    mirror.set_meta("rate", {"remaining": left, "reset_at": full_at.isoformat()})
    assert desk.header().few_points == ((left, full_at) if told else None)


def test_an_empty_store_is_no_error(mirror: Mirror, outbox: Outbox) -> None:
    desk = desk_of(mirror, outbox)
    header = desk.header()
    assert (header.release, header.phase, header.synced_at, header.me) == (None, Phase.UNKNOWN, None, None)
    assert desk.page("is:attention sig:@mine author:@me").total == 0
    assert (desk.vep(1), desk.pull(1), desk.vep_of_pull(1), desk.document(1)) == (None,) * 4


def test_a_change_by_another_connection_is_noticed_once(desk: Desk, mirror: Mirror, outbox: Outbox) -> None:
    assert not desk.changed()
    desk.save_draft("x", "own words are no news")
    assert not desk.changed()
    with closing(Mirror.open(mirror.database.path)) as other:
        other.put_comment(10, comment_node(3, "new"))
    assert (desk.changed(), desk.changed()) == (True, False)
    vep = desk.vep(10)
    assert vep is not None
    assert vep.issue.comments[-1].body == "new"
    with closing(Outbox.open(outbox.database.path)) as theirs:
        theirs.say(10, "hi", "comment")
    assert desk.changed()


def test_a_vep_is_not_assembled_again_while_nothing_changes(desk: Desk) -> None:
    first = desk.vep(10)
    desk.page()
    desk.vep(20)
    assert desk.vep(10) is first


def test_a_busy_cache_does_not_stop_a_tick(desk: Desk, mirror: Mirror) -> None:
    with closing(sqlite3.connect(mirror.database.path, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        desk.tick(10, "prs-merged", DONE)
        assert next(r for r in desk.page("#10").rows).checklist_done == 1
        busy.execute("ROLLBACK")


def test_drafts_and_screen_state_are_kept(desk: Desk) -> None:
    desk.save_draft("comment:10", "half")
    desk.save_ui_state({"view": "all"})
    assert (desk.draft("comment:10"), desk.draft("x"), desk.ui_state()) == ("half", "", {"view": "all"})


def test_a_read_only_desk_still_reads(desk: Desk, mirror: Mirror, outbox: Outbox) -> None:
    with (
        closing(Mirror.open(mirror.database.path, read_only=True)) as seen,
        closing(Outbox.open(outbox.database.path, read_only=True)) as wishes,
    ):
        from vep_tui.store.projection import Projection

        reading = Desk(seen, wishes, Projection(seen), desk.world)
        assert sorted(numbers(reading)) == [10, 20, 30, 40]
        assert reading.vep(10) is not None


def test_moments_of_the_queue_are_in_utc(desk: Desk) -> None:
    assert {row.updated_at.tzinfo for row in desk.page().rows} == {UTC}
    assert desk.page("#10").rows[0].updated_at == datetime(2026, 6, 25, 10, tzinfo=UTC)
