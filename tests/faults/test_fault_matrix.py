"""Every fault at every request of a session, before and after it took effect: the same invariants each time."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lab import Scene, first_start, later, settling, struck

from vep_tui.demo.fault_catalogue import FAULTS
from vep_tui.demo.faults import Fault, Kind

SCENES = {"start": first_start, "later": later, "settle": settling}
QUICK = {"drip": {"seconds": 0.001}, "delay": {"seconds": 0.01}}
"""Nothing here waits: how long something takes makes no other case of it."""
ELSEWHERE = {
    "start": set(),
    "later": {"Thread", "POST", "Files", "Documents", "More", "Evidence", "Lookup", "Board"},
    "settle": {"POST", "Sweep", "Standing", "Nodes", "More", "Board"},
}
"""Kinds of requests that another scene makes, too: struck in that one, and in all of them with VEP_TUI_ALL_FAULTS."""
DELIVERING = ("POST", "PATCH")
KINDS = list(FAULTS)
SHARE = 12
"""Where nothing is written or settled, one fault in so many at each kind of request, and others at the next kind."""
WRITING = 2
"""Where something is, one fault in so many, and the others in the next scene: all of them meet a write somewhere."""
SECOND = 4
"""Of the faults at a second request that writes in the same way, one in so many."""
PARTS = 4
"""Into how many tests a scene's cases are dealt, so that all cores have some."""
ALL = bool(os.environ.get("VEP_TUI_ALL_FAULTS"))
SHORT = 0.2
"""Seconds until a request that hangs is given up."""


@pytest.fixture(scope="module", params=SCENES)
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    yield SCENES[request.param](tmp_path_factory.mktemp(request.param))


def faults_for(name: str, pattern: str, skip: int) -> Iterator[Fault]:
    """Every fault for one request; on a write, those that leave its outcome open strike after it, too."""
    for kind, recipe in FAULTS.items():
        given: dict[str, Any] = {"name": kind, "skip": skip, **QUICK.get(kind, {})}
        fault = recipe(pattern, **given)
        yield fault
        if not name.startswith(("POST", "PATCH")):
            continue
        other = "before" if fault.when == "after" else "after"
        # A refusal means that nothing was done; everything else may come after the deed.
        if fault.kind is not Kind.ANSWER or fault.status >= 500 or kind.startswith("portal"):
            yield recipe(pattern, **given, when=other)


def play(scene: Scene, folder: Path, fault: Fault, at: str, failures: list[str]) -> None:
    deadline = SHORT if fault.kind is Kind.HANG else 10.0
    try:
        hit = struck(scene, folder, lambda double: double.faults.add(fault), deadline=deadline)
        assert hit, "it did not strike"
    except Exception as failed:
        words = "".join(traceback.format_exception(failed)[-3:])
        failures.append(f"{fault.name}, {fault.when} {at}, {scene.name}: {words[-1500:]}")


def chosen(scene: Scene, requests: list[tuple[str, str, int]]) -> Iterator[tuple[str, Fault]]:
    """Where each fault strikes: all of them, or those that are run every time."""
    if not ALL:
        requests = [r for r in requests if r[2] == 0 and r[0].partition(" ")[0] not in ELSEWHERE[scene.name]]
    delivered: set[str] = set()
    for place, (name, pattern, skip) in enumerate(requests):
        verb = name.partition(" ")[0]
        writes = verb in DELIVERING or scene.name == "settle"
        share = SHARE if not writes else SECOND if verb in delivered else WRITING
        first = list(SCENES).index(scene.name) if share == WRITING else place
        delivered.add(verb)
        for fault in faults_for(name, pattern, skip):
            if ALL or (first + KINDS.index(fault.name)) % share == 0:
                yield f"{name} no. {skip + 1}", fault


@pytest.mark.parametrize("part", range(PARTS))
def test_every_fault_at_every_request(
    scene: Scene, part: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, failures = list(chosen(scene, scene.requests(tmp_path / "dry"))), list[str]()
    mine = cases[part::PARTS]
    for number, (at, fault) in enumerate(mine):
        play(scene, tmp_path / str(number), fault, at, failures)
    with capsys.disabled():
        kinds, rest = len({at for at, _ in cases}), "" if ALL else " (`make faults`: all)"
        print(f"\n{scene.name}: {len(mine)} of {len(cases)} cases at {kinds} kinds of requests{rest}")
    assert mine and not failures, f"{len(failures)} of {len(mine)}:\n" + "\n".join(failures)


def test_every_fault_at_all_requests(scene: Scene, tmp_path: Path) -> None:
    """Each in one of the scenes, or with VEP_TUI_ALL_FAULTS in all of them."""
    failures: list[str] = []
    for turn, (kind, recipe) in enumerate(FAULTS.items(), start=list(SCENES).index(scene.name)):
        if ALL or turn % len(SCENES) == 0:
            play(scene, tmp_path / kind, recipe("", name=kind, times=-1, **QUICK.get(kind, {})), "everything", failures)
    assert not failures, "\n".join(failures)
