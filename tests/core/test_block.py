"""The block for the author lists every pull request under its heading and box, and the tracker reader reads it back."""

from __future__ import annotations

from linked_worlds import AFTER_CUT, GITHUB, PATH, PROCESS, WORLD, body, judged, merged, pull

from vep_tui.core.block import tracker_block
from vep_tui.core.models import PrKind, PrState, Stage
from vep_tui.core.tracker import read_tracker

CODE, DOCS, VEP = "kubevirt/kubevirt", "kubevirt/user-guide", "kubevirt/enhancements"
TRACKS = f"VEP tracking issue: {GITHUB}/{VEP}/issues/190"


def world_of_many():
    return judged(
        body(code=[f"{CODE}#1"]),
        merged(f"{VEP}#191", "VEP 190: x", "**Tracking issue**: #190", files=(PATH,)),
        merged(f"{CODE}#1"),
        pull(f"{CODE}#2", "Two", TRACKS),
        pull(f"{CODE}#3", "Given up", TRACKS, state=PrState.CLOSED),
        merged(f"{CODE}#4", "[release-1.9] One", "cherry-pick of #1", base="release-1.9", at=AFTER_CUT),
        merged(f"{CODE}#5", "[release-1.8] One", "cherry-pick of #1", base="release-1.8", at=AFTER_CUT),
        merged(f"{DOCS}#6", "Guide to gadget plugins"),
        merged(f"{DOCS}#7", "Gadget plugins explained"),
        pull(f"{CODE}#8", "Umbrella", f"Related to {GITHUB}/{VEP}/issues/190"),
        decisions={f"{DOCS}#7": True},
    )


def test_the_block_holds_every_pr_under_its_heading_and_box() -> None:
    assert tracker_block(world_of_many(), WORLD) == (
        "* [ ] Alpha\n"
        "  * [x] VEP PRs:\n"
        f"    * [x] {GITHUB}/{VEP}/pull/191\n"
        "  * [ ] Code PRs:\n"
        f"    * [x] {GITHUB}/{CODE}/pull/1\n"
        f"    * [ ] {GITHUB}/{CODE}/pull/2\n"
        f"    * [x] {GITHUB}/{CODE}/pull/4\n"
        "  * [x] Docs PRs:\n"
        f"    * [x] {GITHUB}/{DOCS}/pull/7\n"
    )


def test_the_tracker_reader_reads_the_block_back() -> None:
    block = tracker_block(world_of_many(), WORLD)
    pasted = body().partition("* [ ] Alpha")[0] + block
    listed = read_tracker("VEP 190: Gadgets", pasted, PROCESS).listed
    assert [(i.ref.rpartition("/")[2], i.kind, i.stage) for i in listed] == [
        ("enhancements#191", PrKind.VEP, Stage.ALPHA),
        ("kubevirt#1", PrKind.CODE, Stage.ALPHA),
        ("kubevirt#2", PrKind.CODE, Stage.ALPHA),
        ("kubevirt#4", PrKind.CODE, Stage.ALPHA),
        ("user-guide#7", PrKind.DOCS, Stage.ALPHA),
    ]


def test_a_stage_with_everything_merged_is_ticked() -> None:
    text = body(heading="Beta", beta="1.9", alpha="", vep=[f"{VEP}#191"], code=[f"{CODE}#1"], docs=[f"{DOCS}#7"])
    vep = judged(text, merged(f"{VEP}#191"), merged(f"{CODE}#1"), merged(f"{DOCS}#7"))
    assert tracker_block(vep, WORLD).startswith("* [x] Beta\n  * [x] VEP PRs:\n")


def test_a_vep_without_prs_gets_the_empty_section() -> None:
    assert tracker_block(judged(None), WORLD) == (
        "* [ ] Alpha\n  * [ ] VEP PRs:\n  * [ ] Code PRs:\n  * [ ] Docs PRs:\n"
    )


def test_no_line_of_the_block_starts_with_a_slash() -> None:
    assert not any(line.lstrip().startswith("/") for line in tracker_block(world_of_many(), WORLD).split("\n"))
