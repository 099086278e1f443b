"""`sync` and `show --json` over real threads say what a careful person reads from them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Command
from real_threads import DATA, real_site, truth

from vep_tui.demo.server import Double

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the data folder is not beside the project")

FIELDS = {
    "title_number": "title_number",
    "title_text": "title",
    "label_sigs": "label_sigs",
    "contacts": "contacts",
    "stage": "stage_in_tracker",
    "feature_gates": "feature_gates",
    "enhancement_links": "enhancement_links",
    "stages_ticked": "stages_ticked",
}


@pytest.fixture
def synced(tmp_path: Path) -> Iterator[Command]:
    with Double(real_site()) as double:
        command = Command(double.url, tmp_path)
        done = command("sync", "--json")
        assert done.status == 0, done.err
        yield command
    assert double.violations == []


def test_show_says_what_a_careful_person_reads(synced: Command, capsys: pytest.CaptureFixture[str]) -> None:
    equal = clear = 0
    wrong = []
    for known in truth():
        shown = synced("show", str(known["number"]), "--json")
        assert shown.status == 0, shown.err
        said = json.loads(shown.out)
        listed = {(p["kind"], p["ref"]) for p in said["pull_requests"] if p["listed"]}
        found = {name: said[field] for name, field in FIELDS.items()}
        found["targets"] = said["targets_by_source"]["tracker"]
        for kind in ("vep", "code", "docs"):
            found[f"{kind}_prs"] = sorted(ref for k, ref in listed if k == kind)
        for name, value in found.items():
            if name in known["ambiguous"]:  # type: ignore[operator]
                continue
            expected = known[name]
            if name.endswith("_prs"):
                expected = sorted(expected)  # type: ignore[call-overload]
            clear += 1
            equal += value == expected
            if value != expected:
                wrong.append((known["number"], name, value, expected))
    with capsys.disabled():
        print(f"\nshow --json against the truth: {equal} of {clear} clear fields equal ({equal / clear:.2%})")
    assert equal / clear >= 0.98, wrong
