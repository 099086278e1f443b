"""The command palette: what it offers works from wherever it was opened."""

from __future__ import annotations

from at_work import Bench, Start, settle
from textual.widgets import Input


async def choose(bench: Bench, words: str) -> None:
    """Find a command by its name and run it."""
    await bench.press("ctrl+p")
    await bench.shows("Search for commands")
    bench.app.screen.query_one(Input).value = words
    await bench.shows(words)
    for _ in range(20):
        await bench.pilot.pause(0.02)
    await bench.press("enter")
    await settle(bench.pilot)


async def test_a_command_found_by_its_name_is_run(start: Start) -> None:
    async with start() as bench:
        await choose(bench, "Full sync")
        assert bench.woken == ["full"]


async def test_what_lies_over_the_panes_is_closed_first(start: Start) -> None:
    async with start() as bench:
        await bench.press("question_mark")
        await choose(bench, "Full sync")
        assert bench.app.screen is bench.app.main
        assert bench.woken == ["full"]


async def test_a_draft_is_kept_when_another_command_is_chosen(start: Start) -> None:
    async with start() as bench:
        await bench.press("c", *"not yet")
        await choose(bench, "Calendar (C)")
        await bench.shows("─ Calendar ─")
        assert "not yet" in bench.desk.drafts.values()


async def test_what_one_key_does_is_not_offered_by_two_keys_as_well(start: Start) -> None:
    async with start() as bench:
        await bench.press("ctrl+p")
        await bench.shows("Search for commands")
        bench.app.screen.query_one(Input).value = "outbox"
        shown = await bench.shows("Outbox (O)")
        assert "Outbox (go to, g o)" not in shown


async def test_a_second_key_has_its_place_in_the_palette(start: Start) -> None:
    async with start() as bench:
        await bench.press("down", "down")
        await choose(bench, "First (go to, g g)")
        assert bench.app.main.queue.cursor == 0


async def test_a_name_and_enter_typed_in_one_go_run_what_was_named(start: Start) -> None:
    async with start() as bench:
        await bench.press("ctrl+p", *"quit")
        await bench.shows("Quit (q)")
        await bench.type_ahead("\x7f\x7f\x7f\x7foutbox\r")
        await bench.shows("─ Outbox ─")


async def test_enter_behind_what_names_nothing_runs_nothing(start: Start) -> None:
    async with start() as bench:
        await bench.press("ctrl+p", *"quit")
        await bench.shows("Quit (q)")
        await bench.type_ahead("e another\r")
        assert bench.app.is_running
        await bench.shows("No matches found")


async def test_a_command_stands_there_with_the_key_that_it_was_given(start: Start) -> None:
    async with start(keys={"comment": "K", "go-to": "comma", "go-queue": "k", "settings": "S"}) as bench:
        await bench.press("ctrl+p")
        await bench.shows("Search for commands")
        bench.app.screen.query_one(Input).value = "comment"
        await bench.shows("Comment (K)")
        bench.app.screen.query_one(Input).value = "queue"
        await bench.shows("Queue (go to, , k)")


async def test_the_letters_to_jump_by_are_closed_as_well(start: Start) -> None:
    async with start() as bench:
        await bench.press("J")
        await choose(bench, "Help (?)")
        await bench.shows("─ Help ─")
        await bench.press("escape")
        assert bench.app.screen is bench.app.main
