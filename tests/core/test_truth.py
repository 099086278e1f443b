"""What the parsers read from real trackers equals what a careful person reads; runs where the data folder is."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

import vep_tui
from vep_tui.core.models import PrKind, Tracker
from vep_tui.core.process import Process, read_process
from vep_tui.core.tracker import label_sigs, read_tracker

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
TRUTH = DATA / "threads-truth.jsonl"
FIELDS = (
    *("is_tracker", "title_number", "title_text", "primary_sig", "other_sigs", "label_sigs", "contacts"),
    *("stage", "stage_raw", "feature_gates", "targets", "vep_prs", "code_prs", "docs_prs", "prs_by_stage"),
    *("enhancement_links", "stages_ticked"),
)
KINDS = (PrKind.VEP, PrKind.CODE, PrKind.DOCS)

pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="the data folder is not here")


@pytest.fixture(scope="module")
def process() -> Process:
    path = Path(vep_tui.__file__).with_name("process.toml")
    return read_process(tomllib.loads(path.read_text(encoding="utf-8")))


def refs(tracker: Tracker, kind: PrKind) -> list[str]:
    return list(dict.fromkeys(pr.ref for pr in tracker.listed if pr.kind is kind))


def by_stage(tracker: Tracker) -> dict[str, dict[str, list[str]]] | None:
    """As the truth has it: None when something is listed under no stage."""
    if any(pr.stage is None for pr in tracker.listed):
        return None
    return {
        stage: {
            kind.value: [pr.ref for pr in tracker.listed if pr.kind is kind and pr.stage == stage] for kind in KINDS
        }
        for stage in ("alpha", "beta", "ga")
    }


def readings(thread: dict[str, Any], process: Process) -> dict[str, Any]:
    tracker = read_tracker(thread["title"], thread["body"], process)
    return {
        "is_tracker": tracker.is_tracker,
        "title_number": tracker.title_number,
        "title_text": tracker.title,
        "primary_sig": tracker.primary_sig,
        "other_sigs": list(tracker.other_sigs),
        "label_sigs": list(label_sigs(thread["labels"], process)),
        "contacts": list(tracker.contacts),
        "stage": tracker.stage,
        "stage_raw": tracker.stage_raw or None,
        "feature_gates": list(tracker.feature_gates),
        "targets": {stage: getattr(tracker.targets, stage) for stage in ("alpha", "beta", "ga")},
        "vep_prs": refs(tracker, PrKind.VEP),
        "code_prs": refs(tracker, PrKind.CODE),
        "docs_prs": refs(tracker, PrKind.DOCS),
        "prs_by_stage": by_stage(tracker),
        "enhancement_links": list(tracker.enhancement_links),
        "stages_ticked": list(tracker.stages_ticked),
    }


def test_trackers_are_read_as_a_careful_person_reads_them(process: Process, capsys: pytest.CaptureFixture[str]) -> None:
    clear, right, wrong = 0, 0, []
    torn = []
    for line in TRUTH.read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        truth = json.loads(line)
        thread = json.loads((DATA / f"threads/enhancements-issue-{truth['number']}.json").read_text(encoding="utf-8"))
        read = readings(thread, process)
        for name in FIELDS:
            label = (truth[name] or None) if name == "stage_raw" else truth[name]
            same = read[name] == label
            report = f"#{truth['number']} {name}: {read[name]!r} instead of {label!r}"
            if name in truth["ambiguous"]:
                if not same and read[name] != truth["alt"][name]:
                    torn.append(report)
                continue
            clear += 1
            right += same
            if not same:
                wrong.append(report)
    with capsys.disabled():
        print(f"\ntrackers against the truth: {right} of {clear} clear fields equal ({right / clear:.2%})")
        for report in (*wrong, *torn):
            print(f"  {report}")
    assert right >= 0.98 * clear
    assert not torn


HIDDEN = """
<!-- Uncomment these as you prepare the enhancement for the next stage
* [x] Beta
  * [x] VEP PRs: #1
* [x] GA
  * [x] Code PRs: #2
-->
"""


def as_typed_in_the_web_form(body: str) -> str:
    """The body as the live API has it: the template's comments still in it, and CRLF."""
    dressed = []
    for line in body.split("\n"):
        dressed.append(f"{line}  ")
        if line.startswith("**") and line.rstrip().endswith("**:"):
            dressed.append("<!--\nSee https://github.com/o/r/pull/9, `Example`, @nobody, e.g. v9.9.\n\n/sig $SIG\n-->")
    return ("<!-- \nPlease refer to #3\n-->\n" + "\n".join(dressed) + HIDDEN).replace("\n", "\r\n")


def test_comments_and_line_ends_of_the_live_api_change_no_reading(process: Process) -> None:
    for path in sorted((DATA / "threads").glob("enhancements-issue-*.json")):
        thread = json.loads(path.read_text(encoding="utf-8"))
        dressed = {**thread, "body": as_typed_in_the_web_form(thread["body"])}
        assert readings(dressed, process) == readings(thread, process), path.name
