"""Troubles that are no answers: names that cannot be found, nobody listening, wrong clocks, new names, slowness."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import ENHANCEMENTS, small_site
from command import Command
from lab import LabMachine, Scene, check_report, check_stores, check_words, first_start, later, quiet, settling
from reviewer_machine import comments_of, machine

from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double
from vep_tui.sync.outcome import Trouble

SCENES = {"start": first_start, "later": later, "settle": settling}


@pytest.fixture(scope="module", params=SCENES)
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    yield SCENES[request.param](tmp_path_factory.mktemp(request.param))


def test_a_refused_connection_is_offline_and_loses_nothing(scene: Scene, tmp_path: Path) -> None:
    with scene.stage(tmp_path / "mine") as double:
        mine = LabMachine(tmp_path / "mine", double)
        with double.refusing():
            report = scene.act(mine)
        assert report.trouble is Trouble.OFFLINE
        check_report(report)
        check_stores(mine)
        check_words(mine, double, scene)
        mine.close()
        quiet(scene, tmp_path / "mine", double)


def test_a_name_that_cannot_be_found_is_offline_and_loses_nothing(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scene.stage(tmp_path / "mine") as double:
        mine = LabMachine(tmp_path / "mine", double)

        def unknown(*_: Any, **__: Any) -> Any:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        with monkeypatch.context() as patched:
            patched.setattr(socket, "getaddrinfo", unknown)
            report = scene.act(mine)
        assert report.trouble is Trouble.OFFLINE and len(double.log) == 0
        check_report(report)
        check_words(mine, double, scene)
        mine.close()
        quiet(scene, tmp_path / "mine", double)


@pytest.mark.parametrize("hours", [-30, -5, 5, 30])
@pytest.mark.parametrize("fault", ["", "reset", "bad-gateway-html", "too-many-requests-retry-after"])
def test_a_clock_that_is_hours_off_doubles_nothing(scene: Scene, tmp_path: Path, hours: int, fault: str) -> None:
    with scene.stage(tmp_path / "mine") as double:
        mine = LabMachine(tmp_path / "mine", double)
        off = timedelta(hours=hours)
        mine.run._settler._wall = lambda: mine.clock.wall() + off
        mine.remote._now = lambda: datetime.now(UTC) + off
        if fault:
            double.faults.add(
                FAULTS[fault]("^POST", when="after" if fault != "too-many-requests-retry-after" else "before")
            )
        check_report(scene.act(mine))
        check_words(mine, double, scene)
        mine.close()
        double.faults.clear()
        quiet(scene, tmp_path / "mine", double)


def test_a_renamed_repository_is_told_and_nothing_is_sent_into_the_void(scene: Scene, tmp_path: Path) -> None:
    with scene.stage(tmp_path / "mine") as double:
        double.site.rename_repo(ENHANCEMENTS, "kubevirt/veps")
        mine = LabMachine(tmp_path / "mine", double)
        report = scene.act(mine)
        check_report(report)
        check_stores(mine)
        for entry in mine.outbox.all():
            if entry.delivery == "sent":
                assert comments_of(double, f"kubevirt/veps#{entry.number}")
            else:
                assert entry.delivery == "waiting" or entry.reason
        mine.close()
        double.site.rename_repo("kubevirt/veps", ENHANCEMENTS)
        double.site.renamed.clear()
        quiet(scene, tmp_path / "mine", double)


def test_one_request_at_a_time_and_a_second_between_writes(tmp_path: Path) -> None:
    with Double(small_site()) as double:
        lock, inside, most, writes = threading.Lock(), [0], [0], list[float]()
        answer = double._answer

        def watched(request: Any) -> Any:
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                if request.method in ("POST", "PATCH") and "comments" in request.target:
                    writes.append(time.monotonic())
            try:
                return answer(request)
            finally:
                with lock:
                    inside[0] -= 1

        double._answer = watched  # type: ignore[method-assign]
        assert double._listener is not None
        double._listener.answer = watched
        command = Command(double.url, tmp_path / "home", {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
        assert command("sync").status == 0
        for number in ("10", "20"):
            assert command("tick", number, "prs-merged").status == 0
        assert command("sync").status == 0
        assert most[0] == 1
        assert len(writes) == 2 and writes[1] - writes[0] >= 1.0


def test_a_dripping_answer_has_an_end(tmp_path: Path) -> None:
    with Double(small_site()) as double, machine(tmp_path / "mine", double) as mine:
        mine.remote._deadline = 0.3
        double.faults.add(FAULTS["drip"]("", times=-1, seconds=0.2))
        begun = time.monotonic()
        report = mine.sync()
        assert time.monotonic() - begun < 5 and not report.ok and report.errors
        double.faults.clear()


@pytest.mark.parametrize("fault", ["graphql-resource-limits", "bad-gateway-html", "gateway-timeout-json"])
def test_what_is_too_much_is_asked_for_in_smaller_pieces(tmp_path: Path, fault: str) -> None:
    with Double(small_site()) as double, machine(tmp_path / "mine", double) as mine:
        double.faults.add(FAULTS[fault](r"^Issues$", times=2))
        report = mine.sync()
        assert report.ok or fault == "graphql-resource-limits", report.errors
        assert len([name for name in double.log.operations if name == "Issues"]) >= 4
        assert mine.sync(full=True).ok
        assert mine.mirror.numbers() == (10, 20, 30)


COMMANDS = (("sync", "--full"), ("tick", "10", "prs-merged", "--push"), ("doctor",))
SAMPLE = sorted(set(FAULTS) - {"hang", "delay", "drip", "clock-ahead", "clock-behind", "odd-text"})[
    :: 1 if os.environ.get("VEP_TUI_ALL_FAULTS") else 13
]


@pytest.mark.parametrize("fault", SAMPLE)
def test_a_command_tells_a_fault_in_a_sentence_and_its_status(tmp_path: Path, fault: str) -> None:
    with Double(small_site()) as double:
        command = Command(double.url, tmp_path / "home", {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
        assert command("sync").status == 0
        double.faults.add(FAULTS[fault]("", times=-1))
        for argv in COMMANDS:
            done = command(*argv)
            assert done.status in (0, 1, 3, 4), (argv, done)
            assert "Traceback" not in done.err and (done.status == 0 or done.err or argv == ("doctor",)), (argv, done)
        double.faults.clear()
        assert command("sync").status == 0
        assert len(comments_of(double)) == 1
