"""Where ASCII is wanted nothing else reaches the terminal: of our words, of Textual's frames, of what GitHub says."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from at_work import ASCII, Bench, Start
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from small_desk import SmallDesk
from textual.color import Color
from textual.strip import Segment, Strip

from vep_tui.tui.ascii_only import ASCII_ONLY
from vep_tui.tui.commands import COMMANDS, Command, Scope

PANES = {Scope.CHECKLIST: ("t",), Scope.DETAIL: ("enter",), Scope.OUTBOX: ("O",)}
LEAVES = ("quit", "suspend")


def beyond(bench: Bench) -> set[str]:
    """What is on the screen and is no ASCII."""
    return {char for char in bench.text if not char.isascii()}


@pytest.mark.parametrize(
    ("size", "commands"), [((140, 40), COMMANDS), ((80, 24), COMMANDS[::2]), ((60, 20), COMMANDS[1::2])]
)
async def test_every_command_draws_ascii_only(start: Start, size: tuple[int, int], commands: Sequence[Command]) -> None:
    desk = SmallDesk()
    assert any(not row.title.isascii() for row in desk.all_rows), "a title has to be mended, too"
    async with start(size, desk, toasts=True, look=ASCII) as bench:
        assert not beyond(bench)
        for entry in commands:
            if entry.name in LEAVES or entry.scope in (Scope.GO, Scope.SETTINGS):
                continue
            await bench.press(*PANES.get(entry.scope, ()), entry.keys[0])
            assert not beyond(bench), (entry.name, beyond(bench))
            for _ in range(3):
                await bench.press("escape")


@pytest.mark.parametrize(
    "keys",
    [
        ("t", "space", "u", "u"),  # taken back, and nothing more to take back
        ("t", "space", "a", "d"),
        ("t", "n", *"é漢", "enter"),
        ("slash", *"zzz“", "enter"),
        ("slash", *"sgi:x", "enter"),
        ("i", "2", *"später", "enter"),
        ("c", *"“so”", "ctrl+s", "O"),
        ("c", "slash", *"retitle “x”", "ctrl+s", "y"),
        ("A", "m"),
        ("b", "y"),
        ("x", "x", "Z", "d", "ctrl+u", *"gestern", "enter"),
        ("ctrl+p", *"the"),
        ("comma",),
        ("g",),
        ("J",),
    ],
    ids=" ".join,
)
async def test_dialogs_messages_and_what_is_typed_are_ascii(start: Start, keys: tuple[str, ...]) -> None:
    async with start(toasts=True, look=ASCII) as bench:
        for key in keys:
            await bench.press(key)
            assert not beyond(bench), (key, beyond(bench))


async def test_a_theme_that_is_not_there_is_named_in_ascii(start: Start) -> None:
    async with start(toasts=True, look=ASCII, theme="drakula") as bench:
        shown = await bench.shows('There is no theme "drakula"')
        assert shown.isascii()


def filtered(text: str) -> str:
    return Strip([Segment(text)]).apply_filter(ASCII_ONLY, Color(0, 0, 0)).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a “b” … é ß", 'a "b" . e s'),
        ("漢字 x", "???? x"),
        ("e\u0301tude", "etude"),
        ("▌▐ │ ╭─╮", "|| | +-+"),
        ("plain", "plain"),
    ],
)
def test_what_has_a_twin_is_shown_as_it_and_all_else_as_a_question_mark(text: str, shown: str) -> None:
    assert filtered(text) == shown


@settings(max_examples=examples(200), deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_ascii_takes_as_many_cells_as_what_it_stands_for(text: str) -> None:
    assert filtered(text).isascii()
    assert cell_len(filtered(text)) == cell_len(text)
