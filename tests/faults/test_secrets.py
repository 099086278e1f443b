"""The token is in memory only: no crash, log, argument, command or redirect tells it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import small_site
from command import Command
from reviewer_machine import machine
from secret import TOKEN, tellers
from terminal import Terminal, settle_in

from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double

CRASH = """
import os
def spoil(target, name):
    def crash(self, *given, **named):
        secret = os.environ["VEP_TUI_TOKEN"]
        raise RuntimeError("an odd moment " + str(len(secret)))
    setattr(target, name, crash)
"""
WHERE = {
    "screen": "from vep_tui.tui.screens.main import Main\nspoil(Main, 'paint_bars')\n",
    "sync": "from vep_tui.sync.run import SyncRun\nspoil(SyncRun, '_deliver')\n",
    "request": "from vep_tui.remote.client import Remote\nspoil(Remote, '_measure')\n",
}


@pytest.fixture
def double() -> Iterator[Double]:
    with Double(small_site()) as running:
        yield running


@pytest.fixture
def command(double: Double, tmp_path: Path) -> Command:
    command = Command(double.url, tmp_path / "home", {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
    settle_in(command)
    return command


def spoiled(command: Command, where: str) -> Command:
    """The same program with a fault in it, while the token is at hand."""
    folder = command.home.parent / "spoiled"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(CRASH + WHERE[where])
    return Command(command.api_url, command.home, {**command.env, "PYTHONPATH": str(folder)}, afresh=True)


@pytest.mark.skipif(os.name != "posix", reason="terminals are made with pty")
@pytest.mark.parametrize("where", WHERE)
def test_a_crash_of_the_screen_tells_no_token(command: Command, where: str) -> None:
    assert command("sync").status == 0
    with Terminal(spoiled(command, where)) as terminal:
        if where == "screen":
            assert terminal.leaves()[0] != 0
            assert "odd moment" in terminal.text, "the crash is told all the same"
            assert terminal.is_given_back()
        else:
            terminal.shows("The sync stopped at a fault in vep-tui")
            terminal.press("q")
            assert terminal.leaves()[0] == 0
        assert TOKEN.encode() not in terminal.bytes
    assert not list(tellers(command.home))


@pytest.mark.parametrize("where", ["sync", "request"])
def test_a_crash_of_a_command_tells_no_token_and_is_one_sentence(command: Command, where: str) -> None:
    done = spoiled(command, where)("sync")
    assert done.status == 1
    assert "Traceback" not in done.err and done.err.strip().count("\n") <= 1, done.err


def test_doctor_says_where_the_token_is_from_and_not_what_it_is(command: Command) -> None:
    done = command("doctor")
    assert "VEP_TUI_TOKEN" in done.out
    assert "VEP_TUI_TOKEN" in command("doctor", "--json").out


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_no_process_has_the_token_among_its_arguments(command: Command, double: Double) -> None:
    double.faults.add(FAULTS["hang"]("", times=-1))
    assert command("list").status == 0
    with Terminal(command, ["sync"]) as terminal:
        for _ in range(400):
            if double.faults.struck:
                break
            terminal.read(0.05)
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                assert TOKEN.encode() not in line.read_bytes(), line
            except OSError:
                continue
        terminal.signal(signal.SIGINT)
        assert terminal.leaves()[0] == 130
    double.faults.clear()


@pytest.mark.parametrize("fault", ["moved-301", "moved-307", "portal-redirect"])
def test_no_redirect_leads_the_token_to_another_host(tmp_path: Path, double: Double, fault: str) -> None:
    with Double(small_site()) as elsewhere, machine(tmp_path / "mine", double) as mine:
        double.faults.add(FAULTS[fault]("", times=-1, headers={"location": f"{elsewhere.url}/graphql"}))
        mine.tick()
        assert mine.sync().errors
        assert len(elsewhere.log) == 0 and len(double.log) > 0
        double.faults.clear()
        assert mine.sync().ok
