"""The screen on Windows, held where it can be: with what stands in for it, on any system."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest
from at_work import Start
from test_outside_editor import Lender, script

from vep_tui.tui import outside
from vep_tui.tui.screens.main import Main


async def test_a_loop_that_hears_no_signals_is_no_trouble(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(type(asyncio.get_running_loop()), "add_signal_handler", refuse)
    async with start() as bench:
        assert "Needs me" in bench.text


async def test_going_back_to_the_shell_is_answered_where_there_is_none(
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with start() as bench:
        monkeypatch.setattr("vep_tui.tui.screens.local.sys", SimpleNamespace(platform="win32"))
        await bench.press("ctrl+z")
        assert "Windows has no shell" in bench.said and isinstance(bench.app.screen, Main)


def test_the_mark_that_an_editor_of_windows_writes_is_not_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code = "p.write_bytes(b'\\xef\\xbb\\xbf' + b'Hello\\r\\nyou\\r\\n')"
    monkeypatch.setenv("EDITOR", script(tmp_path, code))
    assert outside.edit_outside(Lender(), "Hello") == "Hello\nyou"  # type: ignore[arg-type]


def test_the_editor_is_found_as_windows_finds_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr("vep_tui.tui.outside.os", SimpleNamespace(name="nt", environ={"EDITOR": r"code -r C:\x"}))
    monkeypatch.setattr("shutil.which", lambda name: rf"C:\bin\{name}.cmd")
    monkeypatch.setattr("vep_tui.tui.outside.subprocess.call", lambda words: called.append(words) or 0)
    assert outside.edit_outside(Lender(), "Hello") == "Hello"  # type: ignore[arg-type]
    assert called[0][:3] == [r"C:\bin\code.cmd", "-r", r"C:\x"]
