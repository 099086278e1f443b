"""Approvals in a file of their own: who approved the stage, or that nobody did."""

from __future__ import annotations

import pytest
from judging import PROCESS, vep, world

from vep_tui.core.evidence_approval import approval_evidence, approval_paths
from vep_tui.core.models import Verdict
from vep_tui.core.sources import Sources

WITH_FILES = PROCESS._replace(paths={**PROCESS.paths, "approvals": "ready/sig-{sig}/{number}.yaml"})
FILE = "ready/sig-compute/10.yaml"


@pytest.mark.parametrize(
    ("said", "verdict", "summary"),
    [
        ("number: 10\nbeta:\n  approver: '@Tom'", Verdict.MET, f"Tom approved beta in {FILE}"),
        ("alpha:\n  approver: tom", Verdict.UNMET, f"{FILE} names nobody for beta"),
        ("beta:\n  approver: TBD", Verdict.UNMET, f"{FILE} names nobody for beta"),
        ("- [", Verdict.UNMET, f"{FILE} names nobody for beta"),
        (None, Verdict.UNMET, "no approval file is merged"),
    ],
)
def test_a_file_says_who_approved_the_stage(said: str | None, verdict: Verdict, summary: str) -> None:
    sources = Sources(approval=None if said is None else (FILE, said))
    found = approval_evidence(vep(stage="beta"), sources, world()._replace(process=WITH_FILES))
    assert (found.verdict, found.summary) == (verdict, summary)


def test_without_such_files_or_a_stage_nobody_knows() -> None:
    assert approval_evidence(vep(), Sources(), world()).verdict is Verdict.UNKNOWN
    aimless = approval_evidence(vep(stage=None), Sources(), world()._replace(process=WITH_FILES))
    assert (aimless.verdict, aimless.summary) == (Verdict.UNKNOWN, "no stage is known")


def test_approvals_are_looked_for_in_every_sigs_folder() -> None:
    paths = approval_paths(10, WITH_FILES)
    assert FILE in paths and len(paths) == len(PROCESS.known_sigs)
    assert approval_paths(10, PROCESS) == ()
