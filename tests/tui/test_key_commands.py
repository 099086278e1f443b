"""The command table: one source for keys, help, palette and README."""

from __future__ import annotations

import subprocess
import sys

import pytest
from at_work import Start, settle
from small_desk import SmallDesk

from vep_tui.tui.commands import COMMANDS, Scope, command, key_lines, key_table_markdown, key_table_text, keys_of
from vep_tui.tui.key_slips import key_problems
from vep_tui.tui.layout import TABS


def test_names_are_said_once() -> None:
    names = [c.name for c in COMMANDS]
    assert len(names) == len(set(names))


def test_no_place_hears_a_key_twice() -> None:
    for scope in Scope:
        here = [c for c in COMMANDS if c.scope in (scope, Scope.MOVE)]
        at = [(key, entry.name) for entry in here for key in entry.keys]
        taken = {key: [name for k, name in at if k == key] for key, _ in at}
        twice = {key: names for key, names in taken.items() if len(names) > 1}
        assert not twice, f"tui/commands.py, {scope}: give one of each another key: {twice}"


def test_each_command_is_one_sentence() -> None:
    for entry in COMMANDS:
        assert entry.help.endswith("."), entry.name
        assert entry.label, entry.name


def test_both_tables_name_every_key() -> None:
    table = key_table_markdown()
    for entry in COMMANDS:
        assert entry.help in key_table_text()
        assert entry.help in table or entry.name.startswith("view-")
    assert "| anywhere | `1 ... 9` | Show the first to the ninth view of the queue. |" in table


def test_number_keys_share_a_line_until_one_of_them_is_another_key() -> None:
    views = [entry for entry in COMMANDS if entry.name.startswith("view-")]
    assert [keys for _, keys, _ in key_lines(views)] == [("1 ... 9",)]
    own = list(key_lines(views, {"view-2": "V"}))
    assert [keys for _, keys, _ in own] == [(str(n),) if n != 2 else ("V",) for n in range(1, 10)]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"fly": "f"}, 'no command "fly"'),
        ({"tick": "no such key"}, "is not a key"),
        ({"tick": "n"}, '"n" is used by tick and note'),
        ({"sync": "c"}, '"c" is used by'),
        ({"tick": "v", "note": "v"}, '"v" is used by tick and note'),
        ({"go-queue": "d"}, '"d" is used by go-queue and go-detail'),
        ({"first": "g"}, '"g" is used by first and go-to'),
        ({"tick": "ctrl+m"}, '"ctrl+m" is enter to most terminals'),
        ({"sync": "f5, ctrl+i"}, '"ctrl+i" is tab to most terminals'),
        ({"sync": "ctrl+h"}, '"ctrl+h" is backspace to most terminals'),
        ({"undo": " "}, "keys.undo: every command has a key"),
    ],
)
def test_a_wrong_binding_is_named(keys: dict[str, str], words: str) -> None:
    assert any(words in problem for problem in key_problems(keys))


@pytest.mark.parametrize("quit_key", ["Q", "Q,ctrl+q"])
def test_keys_that_are_not_ours_to_give_are_named_once(quit_key: str) -> None:
    problems = key_problems({"quit": quit_key, "tick": "space,ctrl+q", "go-queue": "ctrl+c"})
    assert problems == ('keys.tick: "ctrl+q" always leaves', 'keys.go-queue: "ctrl+c" copies what is selected')


def test_a_right_binding_has_no_problems() -> None:
    assert key_problems({"tick": "v,ctrl+t", "filter": "f3"}) == ()


def test_a_second_key_may_be_any_key_that_is_heard_elsewhere() -> None:
    assert key_problems({"go-queue": "j", "go-detail": "space"}) == ()


def test_a_second_key_is_written_behind_its_first() -> None:
    assert keys_of(command("go-queue")) == ("g q",)
    assert keys_of(command("go-queue"), {"go-to": "comma", "go-queue": "u,f2"}) == (", u", ", f2")


def test_an_unknown_command_is_a_key_error() -> None:
    assert command("tick").key == "space"
    with pytest.raises(KeyError):
        command("fly")


def test_the_table_loads_no_textual() -> None:
    code = "import sys, vep_tui.tui.commands; print('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"


@pytest.mark.parametrize("own", [{"retry": "r"}, {"drop": "x,delete"}, {"reset": command("reset").key}])
def test_a_key_that_the_table_gives_a_command_may_be_given_to_it(own: dict[str, str]) -> None:
    assert key_problems(own) == ()


def test_every_tab_has_a_key_to_go_there() -> None:
    names = {entry.name for entry in COMMANDS if entry.scope is Scope.GO}
    missing = {f"go-{tab}" for tab in TABS} - names
    assert not missing, f"tui/commands.py: add _to_tab(...) for {missing}"


async def test_words_that_name_a_key_name_the_rebound_one(start: Start) -> None:
    keys = {"escape": "ctrl+g", "comment": "K", "outbox": "V", "select": "e"}
    async with start(keys=keys) as bench:
        await bench.press("slash", *"zzz")
        assert "ctrl+g clear" in bench.text
        assert "No row matches “zzz”. ctrl+g clears the filter." in bench.text
        await bench.press("ctrl+g", "K", *"hm", "escape")
        assert "draft: K" in bench.text
        bench.app.main.sync_ended("", 1, asked=True)
        await settle(bench.pilot)
        assert "1 entry is held: V says why." in bench.said
    async with start(keys=keys) as bench:
        await bench.press("question_mark", "end")
        assert "the row is marked: e marks, ctrl+g unmarks all" in bench.text
        assert "a tick or comment of yours is held: V says why" in bench.text


async def test_pages_that_name_a_key_name_the_rebound_one(start: Start) -> None:
    keys = {"why": "f7", "sync": "f8", "full-sync": "f9", "view-4": "f10", "settings": "f11"}
    async with start(keys=keys, theme="nope") as bench:
        assert "f7: how it is weighed" in bench.text
        assert "f11 shows those there are." in bench.said
    async with start(desk=SmallDesk(all_rows=()), keys=keys) as bench:
        assert "f9: fetch everything anew" in bench.text
        await bench.press("C")
        await bench.shows("(esc, then f8)")
    desk = SmallDesk()
    desk.all_rows = desk.all_rows[-3:]
    async with start(desk=desk, keys=keys) as bench:
        assert "Nothing needs you. f10: all open (3)." in bench.text


async def test_ctrl_c_says_how_to_leave_in_the_keys_of_the_moment(start: Start) -> None:
    async with start(keys={"quit": "Q"}, toasts=True) as bench:
        await bench.press("ctrl+c")
        await bench.shows("Q leaves; ctrl+c copies what is selected.")
