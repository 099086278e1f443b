"""Dialogs: each says whose it is in the same words, and offers only what can be done in it."""

from __future__ import annotations

import pytest
from at_work import Bench, Start
from small_desk import SmallDesk

from vep_tui.core.models import Delivery
from vep_tui.tui.bars import Bar
from vep_tui.tui.screens.outbox import Outbox


def line(bench: Bench, name: str) -> str:
    return bench.app.screen.query_one(f"#{name}", Bar).render().plain


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        (("c",), "Comment on VEP 190"),
        (("b",), "Tracker of VEP 190"),
        (("i",), "Check-in on VEP 190"),
        (("i", "2"), "Check-in on VEP 190: at risk"),
        (("x", "x", "x", "x", "i", "1"), "Check-in on 3 VEPs: on track"),
        (("E",), "Exception for VEP 190"),
        (("A",), "Announcement for v1.10"),
        (("W",), "Status of v1.10"),
        (("Z",), "Snooze VEP 190"),
        (("Z", "d"), "Snooze VEP 190"),
        (("w",), "Why is VEP 190 here?"),
        (("t", "n"), "Note on VEP 190: All PRs"),
        (("t", "enter"), "Facts of VEP 190"),
        (("down", "w"), "Why is VEP PR 431 here?"),
        (("down", "c"), "Comment on VEP PR 431"),
        (("down", "Z"), "Snooze VEP PR 431"),
        (("down", "p", "enter"), "Command on VEP PR 431"),
        (("down", "i"), "Check-in on VEP 227"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
async def test_every_dialog_names_the_row_as_its_pane_does(start: Start, keys: tuple[str, ...], title: str) -> None:
    async with start() as bench:
        await bench.press(*keys)
        assert title in str(bench.app.screen.query_one("#box").border_title)


async def test_what_is_said_in_passing_names_the_row_in_the_same_way(start: Start) -> None:
    async with start() as bench:
        await bench.press("down", "c", *"hello", "ctrl+s", "Z", "c", "t", "space", "u")
        assert "Your comment on VEP PR 431 waits to be sent." in bench.said
        assert "VEP PR 431 comes back when something changes; " in bench.said


def entries(*deliveries: Delivery) -> SmallDesk:
    desk = SmallDesk()
    desk.hold_tick("bugs-tracked")
    (one,) = desk.entries
    desk.entries = [one._replace(id=n, delivery=delivery) for n, delivery in enumerate(deliveries, 1)]
    return desk


@pytest.mark.parametrize(
    ("deliveries", "hint"),
    [
        ((), "esc close"),
        ((Delivery.HELD,), "r retry  x drop  esc close"),
        ((Delivery.WAITING,), "x drop  esc close"),
        ((Delivery.SENDING,), "esc close"),
    ],
)
async def test_the_outbox_offers_what_can_be_done_with_the_selected_entry(
    start: Start, deliveries: tuple[Delivery, ...], hint: str
) -> None:
    async with start(desk=entries(*deliveries)) as bench:
        await bench.press("O")
        assert line(bench, "over-hint").strip() == hint


async def test_the_offer_of_the_outbox_follows_the_cursor_and_what_was_done(start: Start) -> None:
    async with start(desk=entries(Delivery.WAITING, Delivery.HELD), keys={"retry": "v"}) as bench:
        await bench.press("O")
        assert "v retry" in line(bench, "over-hint"), "what is held stands first"
        await bench.press("down")
        assert "retry" not in line(bench, "over-hint") and "x drop" in line(bench, "over-hint")
        await bench.press("x", "v")
        assert line(bench, "over-hint").strip() == "x drop  esc close"
        await bench.press("x")
        assert line(bench, "over-hint").strip() == "esc close"


async def test_the_outbox_follows_the_engine_and_keeps_its_entry(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outbox, "pace", 0.01)
    async with start(desk=entries(Delivery.WAITING, Delivery.WAITING, Delivery.WAITING)) as bench:
        await bench.press("O", "down")
        outbox = bench.app.screen
        assert isinstance(outbox, Outbox) and outbox.entry is not None
        chosen = outbox.entry.id
        sent = bench.desk.entries.pop(0)
        for _ in range(500):
            if sent.id not in {entry.id for entry in outbox._entries}:
                break
            await bench.pilot.pause(0.01)
        else:
            pytest.fail("the outbox shows what was sent as waiting")
        assert outbox.entry.id == chosen
        await bench.press("x")
        assert chosen not in {entry.id for entry in bench.desk.entries}
        assert len(bench.desk.entries) == 1


@pytest.mark.parametrize("size", [(140, 40), (60, 20)])
async def test_the_outbox_speaks_as_the_checklist_does(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as bench:
        bench.desk.hold_tick("prs-merged")
        await bench.press("O")
        await bench.shows("VEP 190")
        assert isinstance(bench.app.screen, Outbox) and bench.app.screen.lines.page is not None
        shown = " ".join(" ".join(bench.app.screen.lines.page.plain).replace("▌", "").split())
        assert "VEP 190 All PRs are merged into release-1.10: done, v1.10" in shown
        assert "prs-merged" not in shown
        await bench.press("x")
        assert "Dropped: All PRs are merged into release-1.10: done, v1.10 on VEP 190 will not be sent." in bench.said


async def test_what_escape_means_is_said_once_and_at_the_foot(start: Start) -> None:
    async with start() as bench:
        await bench.press("down", "p", "enter")
        shown = await bench.shows("send exactly this")
        assert line(bench, "over-hint").strip() == "esc do not send it"
        assert shown.count(" esc ") == 1


async def test_what_can_be_said_of_a_docs_candidate_stands_at_the_foot(start: Start) -> None:
    async with start((60, 20)) as bench:
        await bench.press("t", "down", "enter")
        await bench.shows("Docs candidates")
        assert line(bench, "over-hint").strip() == "y confirm  x reject  u undecided  esc close"
        await bench.press("escape", "up", "enter")
        await bench.shows("Who said what")
        assert line(bench, "over-hint").strip() == "n next link  enter open  esc close"


@pytest.mark.parametrize(
    "keys", [("ctrl+p",), ("question_mark",), ("i", "1"), ("c",), ("down", "p"), ("comma",), ("C",), ("slash", *"sig:")]
)
async def test_a_window_may_become_as_small_as_it_likes(start: Start, keys: tuple[str, ...]) -> None:
    async with start() as bench:
        await bench.press(*keys)
        for size in ((20, 5), (5, 3), (1, 1), (80, 24)):
            await bench.pilot.resize_terminal(*size)
            await bench.press("down")
        await bench.press("escape", "escape")
        await bench.shows("Overview")
