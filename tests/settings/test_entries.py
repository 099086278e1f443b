"""Entries of config.toml's tables: written where a person would write them, and everything else is left as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vep_tui.settings import Config, SettingsError, read_config
from vep_tui.settings.entries import set_entry, unset_entry
from vep_tui.settings.toml_text import put
from vep_tui.settings.writing import create, default_text

DAY = date(2026, 10, 28)
OWN = """\
# mine
[keys] # hands
tick = "space"  # as in mail
# for the left hand
note = "e"

# days
[dates]
"1.9" = { ga = 2026-07-29 }  # slipped

[[views]]
name = "late"  # the old ones
query = "is:stale"

[process.thresholds]
check_in = 10
# the end
"""
ENTRIES: list[tuple[str, Any, Callable[[Config], Any]]] = [
    ("keys.drop", "Q", lambda config: config.keys.get("drop")),
    ("keys.tick", "v", lambda config: config.keys.get("tick")),
    ("dates.1.10.code_freeze", DAY, lambda config: config.dates.get("1.10", {}).get("code_freeze")),
    ("dates.1.9.code_freeze", DAY, lambda config: config.dates.get("1.9", {}).get("code_freeze")),
    ("dates.1.9.ga", DAY, lambda config: config.dates.get("1.9", {}).get("ga")),
    ("process.board.number", 22, lambda config: config.process.get("board", {}).get("number")),
    ("process.thresholds.check_in", 7, lambda config: config.process.get("thresholds", {}).get("check_in")),
    ("views.network", "sig:network", lambda config: {v.name: v.query for v in config.views}.get("network")),
    ("views.late", "is:open", lambda config: {v.name: v.query for v in config.views}.get("late")),
]


def test_a_view_that_was_switched_off_is_switched_on_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(OWN + '[[views]]\nname = "mine"\nquery = "is:open"\n', "utf-8")
    before = path.read_text("utf-8")
    for query in ("sig:network", "is:stale"):
        assert unset_entry(path, "views.late")
        set_entry(path, "views.late", query)
        assert [(view.name, view.query) for view in read_config(path).views] == [("late", query), ("mine", "is:open")]
    assert path.read_text("utf-8") == before
    set_entry(path, "views.network", "sig:network")
    assert [view.name for view in read_config(path).views] == ["late", "mine", "network"]


def assert_kept(before: str, path: Path) -> None:
    """Every remark is still there; heads of tables that were switched off may be in force now."""
    after = path.read_text(encoding="utf-8")
    for line in before.split("\n"):
        remark = line.partition("# ")[2]
        assert after.count(f"# {remark}") >= before.count(f"# {remark}"), remark


@pytest.mark.parametrize(("name", "value", "found"), ENTRIES, ids=[name for name, _, _ in ENTRIES])
@pytest.mark.parametrize("before", ["", "default", "own"])
def test_an_entry_is_written_and_all_else_stays(
    tmp_path: Path, name: str, value: Any, found: Callable[[Config], Any], before: str
) -> None:
    path = tmp_path / "config.toml"
    text = {"": "", "default": default_text(), "own": OWN}[before]
    if text:
        path.write_text(text, encoding="utf-8")
    was = read_config(path)
    set_entry(path, name, value)
    config = read_config(path)
    assert found(config) == value and not config.warnings
    assert_kept(text, path)
    assert {view.name for view in was.views} <= {view.name for view in config.views}
    assert was.keys.keys() <= config.keys.keys() and config.values == was.values

    assert unset_entry(path, name)
    config = read_config(path)
    assert found(config) is None
    assert_kept(text, path)
    assert not unset_entry(path, name)


def test_the_first_entry_stands_below_the_explanation_of_its_table(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    create(path)
    set_entry(path, "keys.tick", "v")
    lines = path.read_text(encoding="utf-8").split("\n")
    at = lines.index("[keys]")
    assert lines[at - 1].startswith("# Keys by command name")
    assert lines[at + 1 : at + 3] == ['tick = "v"', '#tick = "space,x"']


def test_a_new_entry_stands_behind_the_others_of_its_table(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(OWN, encoding="utf-8")
    set_entry(path, "keys.drop", "Q")
    assert path.read_text(encoding="utf-8") == OWN.replace('note = "e"\n', 'note = "e"\ndrop = "Q"\n')


def test_the_line_endings_of_the_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(OWN.replace("\n", "\r\n").encode())
    for name, value, _ in ENTRIES:
        set_entry(path, name, value)
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ('keys = { tick = "x" }\n', "keys.tick", "v"),
        ('keys = { tick = "x" }\n', "keys.note", "v"),
        ('keys.tick = "x" # mine\n', "keys.note", "v"),
        ('[dates."1.10"]\nga = 2026-11-01 # mine\n', "dates.1.10.code_freeze", DAY),
        ("[process]\nboard.number = 3\n[ui]\n", "process.board.number", 22),
        ('views = [{ name = "late", query = "x" }]\n', "views.late", "is:open"),
    ],
)
def test_other_ways_to_write_the_same_are_understood(tmp_path: Path, text: str, name: str, value: Any) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    set_entry(path, name, value)
    found = {known: reader for known, _, reader in ENTRIES} | {"keys.note": lambda config: config.keys.get("note")}
    assert found[name](read_config(path)) == value
    assert ("# mine" in path.read_text(encoding="utf-8")) == ("# mine" in text)


def test_what_would_change_more_than_the_entry_is_refused(tmp_path: Path) -> None:
    text = 'note = """\n[keys]\n"""\n'
    with pytest.raises(SettingsError, match="nothing was written"):
        put(text, ("keys",), "tick", "v")
    path = tmp_path / "config.toml"
    path.write_text('views = [{ name = "late", query = "x" }]\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="config edit"):
        unset_entry(path, "views.late")
    assert read_config(path).views[0].query == "x"
