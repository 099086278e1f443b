"""Plain output: columns line up whatever script a title is in, and every encoding can carry it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command import Command

from vep_tui.cli.tables import fold, queue_table, table, width
from vep_tui.core.models import QueueRow
from vep_tui.demo.server import Double
from vep_tui.demo.world import build_site

NOW = datetime(2026, 6, 30, tzinfo=UTC)
TITLES = (
    "Plain letters",
    "ディスクの複製",  # wide
    "한국어 제목",
    "e\u0301te\u0301 combining",
    "خدمة الأقراص",  # right to left
    "שם ארוך",
    "ไทยพร้อมสระ",  # marks above and below
    "rocket 🚀 and a mark ✔️",
    "zero\u200bwidth \u202etricks",
    "tab\tand\nline",
)


def row(number: int, title: str) -> QueueRow:
    return QueueRow(number, "vep", number, title, "compute", "beta", "1.9", "open", (), 1.0, 2, 5, NOW)


@pytest.mark.parametrize("title", TITLES)
def test_the_column_behind_a_title_begins_in_the_same_cell(title: str) -> None:
    text = table(("TITLE", "WHY"), [("a plain and rather long title", "|"), (title, "|")])
    starts = {width(line.rpartition("|")[0]) for line in text.split("\n")[1:]}
    assert len(starts) == 1


def test_a_table_has_one_line_for_each_row_and_no_control_characters() -> None:
    text = queue_table([row(n, title) for n, title in enumerate(TITLES, 1)])
    assert text.count("\n") == len(TITLES)
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]


def test_stages_are_written_as_people_write_them() -> None:
    text = queue_table([row(7, "Gadgets")._replace(stage="ga"), row(8, "Wires")._replace(stage=None)])
    assert [line.split()[2] for line in text.splitlines()] == ["STAGE", "GA", "?"]


def test_a_vep_is_told_with_who_signed_off_and_the_last_check_in(synced: Command) -> None:
    lines = synced("show", "130").out.splitlines()
    assert "LGTM: compute older than the last push (bela), network none, storage none" in lines
    lines = synced("show", "12").out.splitlines()
    assert "check-in: bela, 2026-06-26: ticked 3 of 5 for v1.9" in lines
    assert lines[2] == "open · sig compute · stage GA · targets: alpha v1.7, beta v1.8, GA v1.9"


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("🚀", 2), ("✔\ufe0f", 1), ("", 0)]
)
def test_width_counts_cells_and_not_characters(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(("room", "is_cut"), [(50, True), (80, False), (100, False), (140, False)])
def test_a_table_in_a_terminal_is_never_wider_than_it_and_loses_no_reason(room: int, is_cut: bool) -> None:
    reasons = ("1 code PR is open, Code Freeze is over", "the checklist is untouched, but evidence is ready for two")
    rows = [
        (f"#{n}", "compute", f"{title} and a tail that makes it long", "; ".join(reasons))
        for n, title in enumerate(TITLES)
    ]
    text = table(("NUMBER", "SIG", "TITLE", "WHY"), rows, room)
    assert max(map(width, text.split("\n"))) <= room
    words = " ".join(text.split())
    assert words.count("; ".join(reasons)) == len(rows)
    assert all(line.startswith(("#", "NUMBER", "    ")) for line in text.split("\n"))
    assert ("…" in text) is is_cut


def test_a_line_is_broken_between_words_and_keeps_its_indent() -> None:
    assert fold("  met: two of two\nhttps://example.org/a/long/address", 12) == (
        "  met: two\n  of two\nhttps://example.org/a/long/address"
    )
    assert fold("  as  it   is", 80) == "  as  it   is"


def test_a_pipe_gets_a_row_in_a_line(synced: Command) -> None:
    lines = synced("list", "--view", "all").out.split("\n")
    assert all(line.startswith(("#", "PR #")) for line in lines[2:] if line)


@pytest.mark.parametrize("words", [("list",), ("doctor",)])
def test_a_moment_is_told_in_the_local_zone(words: tuple[str, ...], tmp_path: Path) -> None:
    told = Command("", tmp_path, {"TZ": "NPT-05:45", "VEP_TUI_API_URL": ""})("--demo", *words).out
    assert re.search(r"\b\d\d:\d\d NPT\b", told)
    assert "UTC" not in told


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A home that has synced with the world of the demo, which is gone."""
    with Double(build_site()) as world:
        command = Command(world.url, tmp_path_factory.mktemp("home"))
        assert command("sync").status == 0
    return command


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
def test_no_encoding_ends_a_command(encoding: str, synced: Command) -> None:
    env = {**synced.environment(), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}

    def run(*words: str) -> str:
        argv = [sys.executable, "-m", "vep_tui", *words]
        done = subprocess.run(argv, capture_output=True, encoding=encoding, env=env, check=False)
        assert (done.returncode, done.stderr) == (0, ""), words
        return done.stdout

    for words in (("list", "--view", "all"), ("show", "12"), ("--help",), ("--keys",)):
        assert run(*words)
    assert json.loads(run("show", "12", "--json"))["number"] == 12


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_a_terminal_gets_ascii_only_where_it_is_wanted_and_a_pipe_gets_all(synced: Command) -> None:
    from terminal import Terminal  # which needs POSIX

    assert synced("config", "set", "ui.ascii", "true").status == 0
    try:
        assert not synced("list", "--view", "all").out.isascii()
        with Terminal(synced, ("list", "--view", "all"), size=(200, 60)) as terminal:
            assert terminal.leaves()[0] == 0
            assert terminal.bytes.isascii() and b"NUMBER" in terminal.bytes
    finally:
        synced("config", "unset", "ui.ascii")


@pytest.mark.parametrize(("day", "told"), [(20, "GA in 2 days"), (21, "GA in 1 day"), (22, "GA today")])
def test_the_next_date_is_told_as_people_say_it(synced: Command, day: int, told: str) -> None:
    synced.env["VEP_TUI_NOW"] = f"2026-07-{day}T09:00:00Z"
    assert f" · {told} (2026-07-22) · " in synced("list", "--limit", "1").out.split("\n")[0]
