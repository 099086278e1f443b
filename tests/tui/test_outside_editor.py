"""The user's own editor: what it leaves comes back, and what goes wrong loses nothing."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from at_work import Start

from vep_tui.tui.outside import OutsideError, edit_outside, editor_command


class Lender:
    """Stands for the app: lends the terminal, and counts how often."""

    def __init__(self) -> None:
        self.lent = 0

    @contextmanager
    def suspend(self):
        self.lent += 1
        yield


def script(folder: Path, code: str) -> str:
    path = folder / "edit.py"
    path.write_text(f"import pathlib, sys\np = pathlib.Path(sys.argv[-1])\n{code}\n", encoding="utf-8")
    return f"{sys.executable} {path} --wait"


def test_the_editor_is_the_one_that_gh_would_take() -> None:
    env = {"EDITOR": "ed", "VISUAL": "'my editor' -n", "GIT_EDITOR": "code --wait", "GH_EDITOR": "hx"}
    found = [editor_command(dict(list(env.items())[:count])) for count in range(len(env) + 1)]
    assert found == [["vi"], ["ed"], ["my editor", "-n"], ["code", "--wait"], ["hx"]]
    assert editor_command({"EDITOR": "ed", "VISUAL": " "}) == ["ed"]
    with pytest.raises(OutsideError, match="cannot be understood"):
        editor_command({"EDITOR": "'vi"})


def test_the_text_goes_out_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", script(tmp_path, "p.write_text(p.read_text('utf-8') + ' und Grüße\\n', 'utf-8')"))
    lender = Lender()
    assert edit_outside(lender, "Hello") == "Hello und Grüße"  # type: ignore[arg-type]
    assert lender.lent == 1


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("sys.exit(3)", "ended with status 3"),
        ("p.write_bytes(b'\\xff')", "cannot be read"),
        ("p.unlink()", "cannot be"),
    ],
)
def test_an_editor_that_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, says: str) -> None:
    monkeypatch.setenv("EDITOR", script(tmp_path, code))
    with pytest.raises(OutsideError, match=says):
        edit_outside(Lender(), "Hello")  # type: ignore[arg-type]


def test_an_editor_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    with pytest.raises(OutsideError, match="could not be started"):
        edit_outside(Lender(), "Hello")  # type: ignore[arg-type]


def test_a_text_that_no_file_can_be_made_for_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "full"))
    with pytest.raises(OutsideError, match="No file for true could be made"):
        monkeypatch.setenv("VISUAL", "true")
        edit_outside(Lender(), "Hello")  # type: ignore[arg-type]


async def test_what_was_typed_stays_when_the_terminal_cannot_be_lent(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "true")
    async with start() as bench:
        await bench.press("c", *"hello", "ctrl+o")
        assert bench.desk.drafts["comment:190"] == "hello"
        await bench.press("ctrl+s")
        assert bench.desk.entries[0].body == "hello"
