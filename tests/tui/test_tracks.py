"""What a sync leaves on the screen: a failure is said once and stays in the status line; offline is a state."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from at_work import Bench, Start
from small_desk import NOW, SmallDesk

from vep_tui.sync import messages as told
from vep_tui.sync.report import SyncReport
from vep_tui.tui import messages

REPORT = SyncReport(True, False, 0, 0, 0, 0, {}, 3, 5, 0.1, ())
AWAY = "GitHub cannot be reached."


async def ends(bench: Bench, report: SyncReport = REPORT, *before: told.Message) -> None:
    """A sync has told something, and is over."""
    for message in (*before, told.SyncFinished(report)):
        bench.app.post_message(messages.shown(message))
    await bench.press("alt")


def failing(words: str) -> SyncReport:
    return replace(REPORT, ok=False, errors=(words,))


def status(bench: Bench) -> str:
    return bench.text.split("\n")[-1]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (told.Offline(AWAY), AWAY),
        (told.SyncFinished(failing("The issues could not be fetched.")), "The issues could not be fetched."),
        (told.SyncFailed("The sync stopped."), "The sync stopped."),
    ],
)
async def test_a_first_sync_that_failed_says_why_there_are_no_rows(
    start: Start, message: told.Message, said: str
) -> None:
    async with start((80, 24), desk=SmallDesk(all_rows=(), synced_at=None)) as bench:
        bench.app.post_message(messages.shown(message))
        await bench.press("alt")
        assert f"Nothing has been fetched yet. {said} r: sync now." in bench.text
        assert "The first sync is running" not in bench.text


async def test_what_is_held_or_waits_is_no_failed_sync(start: Start) -> None:
    async with start() as bench:
        await ends(bench, replace(REPORT, ok=False, held=1, waiting=2))
        assert "sync failed" not in status(bench)
        assert bench.said == "1 entry is held: O says why."
        await ends(bench, replace(REPORT, ok=False, held=1))
        assert bench.said.count("held") == 1, "it is known already"


async def test_a_failure_is_said_once_and_again_when_somebody_asked(start: Start) -> None:
    async with start() as bench:
        for _ in range(3):
            await ends(bench, failing("The issues could not be fetched."))
        assert bench.said == "The issues could not be fetched."
        assert "sync failed" in status(bench)
        await bench.press("r")
        await ends(bench, failing("The issues could not be fetched."))
        assert bench.said.count("could not be fetched") == 2
        await ends(bench)
        assert "sync failed" not in status(bench)


async def test_a_message_takes_the_place_of_remarks_and_of_one_that_says_the_same(start: Start) -> None:
    async with start(toasts=True) as bench:
        await ends(bench, failing(AWAY), told.Offline(AWAY))
        await bench.press("r")
        await ends(bench, failing(AWAY), told.Offline(AWAY))
        assert bench.text.count(AWAY) == 1 and "Sync asked for" not in bench.text
        bench.app.main.say("The disk is full.", careful=True)
        await bench.press("Y")
        assert all(words in bench.text for words in (AWAY, "The disk is full.", "Copied: https"))


async def test_a_message_lies_over_the_keys_and_not_over_the_panes(start: Start) -> None:
    async with start((80, 24), toasts=True) as bench:
        before = bench.text.split("\n")
        await bench.press("Y")
        now = bench.text.split("\n")
        assert "Copied: https://github.com/kubevirt/enhancements/issues/190" in now[-1]
        assert now[:-1] == before[:-1]
        assert before[-1].rstrip()[-1] == "o" and not now[-1].endswith("o")  # no end of "ago" beside it


async def test_working_offline_is_not_commented_on_at_every_tick(start: Start) -> None:
    async with start() as bench:
        for number in range(3):
            words = f"{AWAY} What is meant for #{number} has to wait."
            await ends(bench, failing(words), told.Offline(words))
        assert bench.said.count(AWAY) == 1
        assert "offline" in status(bench)


async def test_the_first_line_says_as_whom_i_write_where_there_is_room(start: Start) -> None:
    for size, is_there in (((140, 40), True), ((60, 20), False)):
        async with start(size) as bench:
            assert bench.text.split("\n")[0].endswith(" edna") is is_there


async def test_few_points_are_told_before_there_are_none(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = SmallDesk()
    scarce = desk.header()._replace(few_points=(812, NOW + timedelta(minutes=9)))
    monkeypatch.setattr(desk, "header", lambda: scarce)
    async with start((80, 24), desk=desk) as bench:
        assert "! 812 points left until " in bench.text.split("\n")[0]


async def test_a_sync_that_asked_nothing_does_not_end_being_offline(start: Start) -> None:
    async with start() as bench:
        await ends(bench, failing(AWAY), told.Offline(AWAY))
        await ends(bench, replace(REPORT, requests=0))
        assert "offline" in status(bench)
        await ends(bench)
        assert "offline" not in status(bench)


async def test_a_first_sync_that_failed_is_not_told_beside_its_place_as_well(start: Start) -> None:
    async with start((80, 24), desk=SmallDesk(all_rows=(), synced_at=None)) as bench:
        await ends(bench, failing(AWAY), told.Offline(AWAY))
        assert f"Nothing has been fetched yet. {AWAY} r: sync now." in bench.text
        assert not bench.said
    async with start((80, 24), desk=SmallDesk(synced_at=None)) as bench:
        await ends(bench, failing(AWAY), told.Offline(AWAY))
        assert bench.said == AWAY, "rows stand in its place"
