"""Killed at any moment, then synced: exactly one comment with exactly the state that was accepted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import add_issue, bare_site
from rest_validator import validate_rest
from reviewer_machine import comments_of, machine, states_on

from vep_tui.demo.faults import Fault
from vep_tui.demo.server import Double

DOOMED = Path(__file__).with_name("doomed.py")
HERE = "kubevirt/enhancements"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are forked and killed")


@pytest.fixture(scope="module")
def double() -> Iterator[Double]:
    """A site with an issue for every crash."""
    site = bare_site()
    for number in range(1, 500):
        add_issue(site, number)
    with Double(site, validator=validate_rest) as running:
        yield running
    assert running.violations == []


@pytest.fixture(scope="module")
def order() -> Iterator[Callable[..., dict[str, Any]]]:
    """Lets a child live and die as ordered."""
    with subprocess.Popen(
        [sys.executable, str(DOOMED)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None

        def give(**fields: Any) -> dict[str, Any]:
            process.stdin.write(json.dumps(fields) + "\n")
            process.stdin.flush()
            found: dict[str, Any] = json.loads(process.stdout.readline())
            return found

        yield give
        process.stdin.close()


def outcomes(acts: list[list[str]]) -> dict[str, str]:
    """What the checklist says after these ticks."""
    states: dict[str, str] = {}
    for item, state in acts:
        states[item] = state
    return {item: state for item, state in states.items() if state != "todo"}


PLAN = [["prs-merged", "done"], ["docs-merged", "na"], ["bugs-tracked", "done"], ["prs-merged", "todo"]]


def test_killed_before_every_single_step(tmp_path: Path, double: Double, order: Callable[..., dict[str, Any]]) -> None:
    at = 0
    while True:
        at += 1
        ref, folder = f"{HERE}#{at}", tmp_path / str(at)
        life = order(folder=str(folder), url=double.url, number=at, at=at)
        accepted = life["accepted"]
        with machine(folder, double) as survivor:
            survivor.push()
            assert set(survivor.deliveries()) <= {"sent"}, f"killed at step {at}"
        known = outcomes(accepted)
        # The tick at hand may be on disk although nobody was told so.
        unsaid = outcomes(PLAN[: len(accepted) + 1])
        assert states_on(double, ref) in (known, unsaid), f"killed at step {at}"
        assert len(comments_of(double, ref)) == (1 if states_on(double, ref) or accepted else 0), f"step {at}"
        if not life["killed"]:
            break
    assert at > 40, "there are that many steps from the first tick to the last answer"
    print(f"killed at {at - 1} different steps")


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_while_the_request_is_on_its_way(tmp_path: Path, double: Double, when: str) -> None:
    number = 400 if when == "before" else 401
    double.faults.add(Fault(rf"^POST .*/{number}/comments", when=when, kind="hang"))
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from types import SimpleNamespace; from reviewer_machine import Machine\n"
        "machine = Machine(Path(sys.argv[2]), SimpleNamespace(url=sys.argv[3]))\n"
        "machine.tick(number=int(sys.argv[4])); machine.push()\n"
    )
    words = [sys.executable, "-c", code, str(DOOMED.parents[1]), str(tmp_path / "mine"), double.url, str(number)]
    with subprocess.Popen(words) as process:
        until = time.monotonic() + 20
        while not any(r.is_write and f"/{number}/" in r.path for r in double.log) and time.monotonic() < until:
            time.sleep(0.01)  # another process: there is nothing to wait on
        process.kill()
    with machine(tmp_path / "mine", double) as survivor:
        assert survivor.outbox.attempts()
        survivor.push()
        assert survivor.deliveries() == ["sent"]
    ref = f"{HERE}#{number}"
    assert len(comments_of(double, ref)) == 1 and states_on(double, ref) == {"prs-merged": "done"}
