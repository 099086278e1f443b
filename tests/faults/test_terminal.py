"""The real screen in a terminal: signals, a closed window, a silent network and a crash leave both in order."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import small_site
from command import Command
from lab import sound
from terminal import Terminal, settle_in

from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double

SOON = 10.0
"""Seconds, on a machine that is busy with other things; a request that hangs is given up after longer."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals are made with pty")


@pytest.fixture
def double() -> Iterator[Double]:
    with Double(small_site()) as running:
        yield running
    assert running.violations == []


@pytest.fixture
def synced(double: Double, tmp_path: Path) -> Command:
    command = Command(double.url, tmp_path / "home", {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
    settle_in(command)
    assert command("sync").status == 0
    return command


def ticked(terminal: Terminal) -> None:
    """Tick the first item of the VEP on top."""
    terminal.shows("Gadget")
    terminal.press("t")
    terminal.shows("PRs are merged")
    terminal.press(" ")


def waiting(command: Command) -> int:
    return len(command("outbox", "--json").json["items"])


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_gives_the_terminal_back_and_keeps_the_outbox(
    synced: Command, double: Double, number: signal.Signals, status: int
) -> None:
    double.faults.add(FAULTS["hang"]("", times=-1))
    assert synced("tick", "10", "prs-merged").status == 0
    with Terminal(synced) as terminal:
        terminal.shows("Gadget")
        terminal.signal(number)
        left, took = terminal.leaves()
        assert left == status and took < SOON
        assert terminal.is_given_back()
        assert "Traceback" not in terminal.text
    assert waiting(synced) == 1
    double.faults.clear()


def test_a_closed_window_ends_the_program_and_keeps_the_outbox(synced: Command, double: Double) -> None:
    double.faults.add(FAULTS["hang"]("", times=-1))
    assert synced("tick", "10", "prs-merged").status == 0
    with Terminal(synced) as terminal:
        terminal.shows("Gadget")
        terminal.hang_up()
        assert terminal.process.wait(10) == 129, "it does not live on without a window"
    assert waiting(synced) == 1
    assert all(sound(path) for path in synced.home.rglob("*.db"))
    double.faults.clear()


def test_a_tick_that_is_left_before_it_was_sent_is_told_and_sent_by_the_next_start(
    synced: Command, double: Double
) -> None:
    with Terminal(synced) as terminal:
        ticked(terminal)
        terminal.shows("1 waiting")
        terminal.press("q")
        assert terminal.leaves()[0] == 0
        assert "1 entry waits to be sent: the next start does that, or `vep-tui sync` now." in terminal.text
    assert waiting(synced) == 1
    with Terminal(synced) as terminal:
        terminal.shows("✓ sent")
        terminal.press("q")
        assert terminal.leaves()[0] == 0
        assert "to be sent" not in terminal.text
    assert waiting(synced) == 0


def test_quitting_waits_for_no_request_that_hangs(synced: Command, double: Double) -> None:
    double.faults.add(FAULTS["hang"]("", times=-1))
    with Terminal(synced) as terminal:
        terminal.shows("Gadget")
        for _ in range(200):
            if double.faults.struck:
                break
            terminal.read(0.05)
        assert double.faults.struck, "a request is under way"
        terminal.press("q")
        left, took = terminal.leaves()
        assert left == 0 and took < SOON
        assert terminal.is_given_back()
    double.faults.clear()


def test_a_limit_is_told_with_its_end_and_blocks_nothing(synced: Command, double: Double) -> None:
    double.faults.add(FAULTS["secondary-limit-retry-after"]("", times=-1))
    with Terminal(synced) as terminal:
        terminal.shows("imited until")  # first in a message, then in the last line
        assert re.search(r"[Ll]imited until \d\d:\d\d", terminal.text)
        terminal.press("?")
        terminal.read(1)
        terminal.press("\x1b")
        terminal.shows("Gadget")
        asked = len(double.log)
        terminal.press("R")
        terminal.read(1)
        assert len(double.log) == asked, "GitHub is left alone meanwhile"
        terminal.press("q")
        assert terminal.leaves()[0] == 0
    double.faults.clear()
    double.faults.add(FAULTS["too-many-requests-retry-after"]("", times=-1))
    done = synced("sync")
    assert done.status == 1 and re.search(r"Limited until \d\d:\d\d", done.err), done.err
    double.faults.clear()


def test_what_is_odd_at_the_start_is_said_on_the_screen(synced: Command) -> None:
    config = synced.home / "config" / "vep-tui" / "config.toml"
    config.write_text(config.read_text() + '[ui]\ntheem = "nord"\n[uii]\nx = 1\n')
    (outbox,) = synced.home.rglob("outbox.db")
    for file in outbox.parent.glob("outbox.db-*"):
        file.unlink()
    outbox.write_bytes(b"this is no database" * 100)
    with Terminal(synced) as terminal:
        terminal.shows("config check")
        shown = " ".join(terminal.text.split())
        assert "theem" in shown and "and 1 more" in shown
        assert "damaged" in shown, "so was the outbox, which was begun anew"
        terminal.press("q")
        assert terminal.leaves()[0] == 0


def test_a_tick_of_an_earlier_session_is_taken_back_while_github_is_away(synced: Command, double: Double) -> None:
    with double.refusing():
        with Terminal(synced) as terminal:
            ticked(terminal)
            terminal.shows("1 waiting")
            terminal.press("q")
            assert terminal.leaves()[0] == 0
        assert waiting(synced) == 1
        with Terminal(synced) as terminal:
            terminal.shows("1 waiting")
            terminal.press("u")
            for _ in range(200):
                if "1 waiting" not in terminal.text:
                    break
                terminal.read(0.1)
            terminal.press("q")
            assert terminal.leaves()[0] == 0
        assert waiting(synced) == 0
