"""The SIGs of the person looking: settings first, then the files, then what they answered when asked."""

from __future__ import annotations

import pytest
from builders import CODE, NOW
from stored_world import PROCESS, fill

from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.standing import read_world


@pytest.mark.parametrize(
    ("settings", "listed", "told", "expected"),
    [
        (["network"], True, ["storage"], ("network",)),
        ([], True, ["storage"], ("compute",)),
        ([], False, ["storage", "network"], ("storage", "network")),
        ([], False, [], ()),
    ],
)
def test_an_answer_counts_where_nothing_better_is_known(
    mirror: Mirror, outbox: Outbox, settings: list[str], listed: bool, told: list[str], expected: tuple[str, ...]
) -> None:
    fill(mirror)
    if not listed:
        mirror.put_file(CODE, "OWNERS_ALIASES", "a2", "aliases:\n  sig-network-approvers: [nora]\n")
        mirror.put_file("kubevirt/community", "sigs.yaml", "g2", "sigs: []\n")
    outbox.local.save_ui_state({"my_sigs": told})
    world = read_world(mirror, PROCESS, now=NOW, my_sigs=settings, told_sigs=outbox.local.told_sigs())
    assert world.my_sigs == expected


@pytest.mark.parametrize("odd", [None, 3, "compute", {"a": 1}])
def test_an_odd_answer_is_none(outbox: Outbox, odd: object) -> None:
    outbox.local.save_ui_state({"my_sigs": odd})
    assert outbox.local.told_sigs() == ()
