"""The process that syncs beside the screen: does what a run does, is started anew, ends with its sender."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reviewer_machine import comments_of

from vep_tui.cli import courier as room
from vep_tui.cli.courier import Courier
from vep_tui.cli.parts import Parts, open_parts
from vep_tui.core.models import ItemState
from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.server import Double
from vep_tui.settings import parse_config
from vep_tui.store.projection import fingerprint_of
from vep_tui.sync.engine import BrokenOff
from vep_tui.sync.messages import StoreChanged
from vep_tui.sync.progress import Progress

PATIENCE = 20.0


@pytest.fixture
def parts(double: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parts]:
    for name in ("CACHE", "DATA", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    args = Namespace(config=tmp_path / "config.toml", demo=False, profile=None, api_url=double.url)
    with open_parts(args, {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"}) as found:
        yield found


@pytest.fixture
def courier(parts: Parts) -> Iterator[Courier]:
    with contextlib.closing(Courier(parts)) as found:
        yield found


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_it_syncs_and_tells_how_it_goes(courier: Courier, parts: Parts, double: Double) -> None:
    steps: list[Progress] = []
    changes: list[int] = []
    report = courier.run(full=True, progress=steps.append, changed=lambda: changes.append(1))
    assert report.ok and report.full and report.fetched["issues"]
    assert steps and changes
    desk = parts.desk()
    desk.tick(10, "prs-merged", ItemState.DONE)
    assert courier.run(push_only=True).sent == 1
    assert len(comments_of(double)) == 1


def test_a_process_that_went_home_or_was_killed_is_started_anew(courier: Courier) -> None:
    courier.run()
    assert courier._process is not None
    first = courier._process
    first.kill()
    first.wait()
    assert courier.run().ok
    assert courier._process is not None and courier._process.pid != first.pid


def test_a_process_killed_at_work_is_told_in_a_sentence(courier: Courier, double: Double) -> None:
    double.faults.add(FAULTS["hang"]("", times=-1))

    def kill(step: Progress) -> None:
        assert courier._process is not None
        courier._process.kill()

    with pytest.raises(BrokenOff, match="nothing is lost"):
        courier.run(progress=kill)
    double.faults.clear()
    assert courier.run().ok


def test_settings_changed_meanwhile_count_in_the_next_sync(courier: Courier, parts: Parts) -> None:
    assert courier.run(full=True).ok
    parts.config = parse_config('[me]\nsigs = ["storage"]')
    assert courier.run().ok
    mirror, outbox = parts.stores()
    world = parts.world(mirror, outbox)
    assert world.my_sigs == ("storage",)
    assert mirror.meta("projection") == fingerprint_of(world)


def test_a_store_that_cannot_be_used_is_told_in_its_own_words(courier: Courier, parts: Parts) -> None:
    parts.paths.outbox.mkdir(parents=True)
    with pytest.raises(BrokenOff, match=r"outbox\.db"):
        courier.run()


def test_without_a_process_it_says_so(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.sys, "executable", "/nowhere/python")
    with pytest.raises(BrokenOff, match="No process could be started"):
        Courier(parts).run()


def test_it_ends_at_once_with_whoever_sent_it(parts: Parts, double: Double) -> None:
    double.faults.add(FAULTS["hang"]("", times=-1))
    courier, begun = Courier(parts), threading.Event()

    def work() -> None:
        with contextlib.suppress(BrokenOff):
            courier.run(progress=lambda step: begun.set())

    threading.Thread(target=work, daemon=True).start()
    assert begun.wait(PATIENCE) and courier._process is not None and courier._process.stdin is not None
    courier._process.stdin.close()  # as the end of this process would do
    assert courier._process.wait(PATIENCE) == 0


def test_without_orders_it_goes_home(parts: Parts) -> None:
    code = "from vep_tui.cli import courier_process as room; room.LINGER = 0.01; room.main()"
    told = pickle.dumps(parts.to_take_along())
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, env=room.surroundings()) as process:
        assert process.stdin is not None
        process.stdin.write(told)
        process.stdin.flush()
        assert process.wait(PATIENCE) == 0


def test_nothing_of_the_folder_it_is_in_is_imported(
    courier: Courier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("vep_tui", "json", "github"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('foreign code ran')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert courier.run().ok


def test_the_screen_itself_loads_nothing_that_fetches(courier: Courier) -> None:
    code = "import sys, vep_tui.cli.courier; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=room.surroundings()
    )
    assert not {"github", "requests", "yaml"} & set(done.stdout.split())


def test_changes_are_told_as_they_come(courier: Courier) -> None:
    heard: list[object] = []
    courier.run(full=True, progress=heard.append, changed=lambda: heard.append(StoreChanged()))
    assert StoreChanged() in heard and isinstance(heard[0], Progress)
