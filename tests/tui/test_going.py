"""Going somewhere by two keys: what may follow is shown, what is typed ahead is heard, what leads nowhere is said."""

from __future__ import annotations

import pytest
from at_work import Start, settle

from vep_tui.tui.commands import Scope, of
from vep_tui.tui.screens.calendar import Calendar
from vep_tui.tui.screens.go_to import GoTo
from vep_tui.tui.screens.outbox import Outbox

SIZES = ((140, 40), (80, 24), (60, 20))


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_key_shows_every_second_one(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as bench:
        await bench.press("g")
        assert isinstance(bench.app.screen, GoTo)
        for entry in of(Scope.GO):
            assert f"{entry.key} {entry.label}" in bench.text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pane", ["detail", "checklist"])
async def test_one_goes_from_row_to_row_without_leaving_a_pane(start: Start, size: tuple[int, int], pane: str) -> None:
    async with start(size) as bench:
        main = bench.app.main
        await bench.press("g", pane[0], "right_parenthesis", "shift+down", "left_parenthesis", "right_parenthesis")
        assert main.queue.number == 227 and bench.app.focused is getattr(main, pane)
        assert main.shown is not None and main.shown.number == 227
        await bench.press(*["right_parenthesis"] * 11, "escape", "escape")
        assert main.queue.cursor == main.queue.count - 1 and main.queue.in_sight
        assert bench.app.focused is main.queue


@pytest.mark.parametrize("size", SIZES)
async def test_a_message_hides_no_second_key(start: Start, size: tuple[int, int]) -> None:
    async with start(size, toasts=True) as bench:
        bench.app.notify("Full sync asked for: everything is fetched anew.")
        await bench.press("g")
        assert "Full sync asked for" in bench.text
        for entry in of(Scope.GO):
            assert f"{entry.key} {entry.label}" in bench.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_second_key_goes_there_and_the_hint_is_gone(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as bench:
        main = bench.app.main
        for keys, pane in (("gd", main.detail), ("gc", main.checklist), ("gq", main.queue)):
            await bench.press(*keys)
            assert bench.app.screen is main
            assert bench.app.focused is pane, keys
        for key, tab in (("v", "overview"), ("t", "document"), ("p", "pulls"), ("m", "conversation")):
            await bench.press("g", key)
            assert main.visible_tab == tab


async def test_the_ends_of_whatever_has_the_focus(start: Start) -> None:
    async with start() as bench:
        main = bench.app.main
        await bench.press("g", "e")
        assert main.queue.cursor == main.queue.count - 1
        await bench.press("g", "g")
        assert main.queue.cursor == 0
        await bench.press("t", "g", "e")
        assert main.checklist.cursor == 4


async def test_outbox_and_calendar_open(start: Start) -> None:
    async with start() as bench:
        await bench.press("g", "o")
        assert isinstance(bench.app.screen, Outbox)
        await bench.press("escape", "g", "r")
        assert isinstance(bench.app.screen, Calendar)


async def test_what_is_typed_ahead_goes_where_it_was_meant(start: Start) -> None:
    async with start() as bench:
        main = bench.app.main
        await bench.press("G")
        await bench.type_ahead("ggx")
        assert main.queue.marked == {main.queue.rows[0].number}
        await bench.type_ahead("gcgegqgg")
        assert (main.checklist.cursor, main.queue.cursor) == (4, 0)
        assert bench.app.screen is main
        assert bench.app.focused is main.queue


async def test_escape_closes_without_a_word_and_another_key_says_that_it_leads_nowhere(start: Start) -> None:
    async with start() as bench:
        await bench.press("g", "escape")
        assert bench.app.screen is bench.app.main
        assert bench.said == ""
        for key, spoken in (("b", "b"), ("slash", "/"), ("tab", "tab")):
            await bench.press("g", key)
            assert bench.app.screen is bench.app.main
            assert bench.said.endswith(f"{spoken} leads nowhere from there.")
        assert bench.app.focused is bench.app.main.queue


async def test_a_click_goes_there_or_leaves(start: Start) -> None:
    async with start() as bench:
        await bench.press("g")
        lines = bench.text.split("\n")
        y = next(n for n, line in enumerate(lines) if "c Checklist" in line)
        await bench.pilot.click(offset=(lines[y].index("c Checklist") + 3, y))
        await settle(bench.pilot)
        assert bench.app.screen is bench.app.main
        assert bench.app.focused is bench.app.main.checklist
        await bench.press("g")
        await bench.pilot.click(offset=(5, 5))
        assert bench.app.screen is bench.app.main


async def test_both_keys_can_be_rebound(start: Start) -> None:
    async with start(keys={"go-to": "comma", "go-checklist": "k"}) as bench:
        await bench.press("comma")
        await bench.shows("k Checklist")
        await bench.press("k")
        assert bench.app.focused is bench.app.main.checklist


async def test_over_the_panes_it_offers_the_two_ends_only(start: Start) -> None:
    async with start((80, 24)) as bench:
        await bench.press("question_mark", "g")
        await bench.shows("e Last")
        assert "Queue" not in bench.text.split("\n")[-1]
        await bench.press("e")
        lines = bench.app.screen.query_one("#over-lines")
        assert lines.scroll_offset.y == lines.max_scroll_y > 0
        await bench.press("g", "g")
        assert lines.scroll_offset.y == 0


async def test_the_ends_of_the_outbox_are_its_entries(start: Start) -> None:
    async with start() as bench:
        for item in ("docs-merged", "implemented", "bugs-tracked"):
            bench.desk.hold_tick(item)
        await bench.press("O", "g", "e")
        assert bench.app.screen.entry == bench.desk.entries[-1]
        await bench.press("home")
        assert bench.app.screen.entry == bench.desk.entries[0]
