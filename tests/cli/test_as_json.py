"""The fields that scripts rely on: `--json` may say more from one version to the next, never less, nor otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from command import Command

TARGETS = "alpha beta ga"
PULL = "ref url kind stage title state draft listed referenced found base merged_at in_release picked_by"
PROMISED = {
    "show": {
        "": "number title raw_title title_number state url author created_at updated_at closed_at locked labels"
        " assignees stage release stage_in_tracker stages_ticked owning_sig other_sigs label_sigs contacts"
        " feature_gates targets targets_by_source board_status document enhancement_links pull_requests candidates"
        " checklist sign_offs last_check_in attention lint",
        "targets": TARGETS,
        "targets_by_source": "tracker document",
        "targets_by_source.tracker": TARGETS,
        "targets_by_source.document": TARGETS,
        "pull_requests[]": PULL,
        "candidates[]": PULL,
        "checklist": "release done total items",
        "checklist.items[]": "key title state by at note delivery reason turned voices evidence",
        "checklist.items[].voices[]": "by state counts",
        "checklist.items[].evidence": "verdict summary facts",
        "sign_offs": "compute network storage",
        **{f"sign_offs.{sig}": "state by" for sig in ("compute", "network", "storage")},
        "last_check_in": "by at text url",
        "attention[]": "reason text since",
        "lint[]": "rule text",
    },
    "list --view all": {
        "": "filter generated_at items phase stale synced_at total view",
        "phase": "release phase next",
        "phase.next": "name date days",
        "items[]": "number kind vep title owning_sig stage release state reasons score checklist_done checklist_total"
        " updated_at",
        "items[].reasons[]": "reason text since",
    },
    "outbox": {
        "": "items",
        "items[]": "id kind number item release state note body delivery reason created_at comment_url login",
    },
}
"""Command to what its document has: place to the names of the fields there."""
SHOWN = (12, 26, 130)
"""VEPs of the demo that have, together, something of everything."""


def fields(value: Any, above: str = "") -> set[tuple[str, str]]:
    """(place, name) of all fields; the elements of a list stand in a place that ends in []."""
    if isinstance(value, list):
        return {found for one in value for found in fields(one, f"{above}[]")}
    if not isinstance(value, dict):
        return set()
    inner = (fields(one, f"{above}.{name}".lstrip(".")) for name, one in value.items())
    return {(above, name) for name in value}.union(*inner)


@pytest.mark.parametrize("command", PROMISED)
def test_a_document_has_the_fields_that_were_promised(synced: Command, command: str) -> None:
    assert synced("tick", "26", "prs-merged").status == 0
    lines = [f"show {number}" for number in SHOWN] if command == "show" else [command]
    found = {field for line in lines for field in fields(synced(*line.split(), "--json").json)}
    promised = {(place, name) for place, names in PROMISED[command].items() for name in names.split()}
    assert promised <= found, f"scripts read these: {sorted(promised - found)}"
    assert found <= promised, f"promised from now on, so name them in PROMISED: {sorted(found - promised)}"
