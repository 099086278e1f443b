"""The timeline of a tracker: targets, ticks and listed pull requests, and nothing that is only mentioned."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import vep_tui
from vep_tui.core.models import ListedPr, PrKind, Stage, Targets, Tracker
from vep_tui.core.process import read_process
from vep_tui.core.tracker import read_tracker

PROCESS = read_process(tomllib.loads(Path(vep_tui.__file__).with_name("process.toml").read_text(encoding="utf-8")))
OWN = "kubevirt/enhancements"


def read(body: str) -> Tracker:
    return read_tracker("VEP 800: Paper lanterns", body, PROCESS)


def listed(body: str) -> list[tuple[str, str, str | None]]:
    return [(pr.ref, pr.kind.value, pr.stage and pr.stage.value) for pr in read(body).listed]


def timeline(text: str) -> str:
    return f"**Timeline**:\n\n{text}"


@pytest.mark.parametrize(
    ("line", "targets"),
    [
        ("* Alpha release target (x.y): 2.1", Targets(alpha="2.1")),
        ("* Alpha release target (x.y): v2.1.0", Targets(alpha="2.1")),
        ("* Beta release target (2.1?):", Targets(beta="2.1")),
        ("* Stable release target (v2.1):", Targets(ga="2.1")),
        ("Alpha release target: kubevirt 2.1", Targets(alpha="2.1")),
        ("* Alpha release target 2.1:", Targets(alpha="2.1")),
        ("* Alpha release target `v2.1.0`", Targets(alpha="2.1")),
        ("- **Alpha release target (x.y)**: 2.1", Targets(alpha="2.1")),
        ("* [Alpha release target (x.y):] v2,1", Targets(alpha="2.1")),
        ("* Alpha release target (x.y): 2.0.0, 2.1.0", Targets(alpha="2.1")),
        ("* Stable [no FG] release target (2.1)", Targets(ga="2.1")),
        ("* Beta release target (x.y): 2.1 (tentative)", Targets(beta="2.1")),
        ("* Alpha release target (x.y): ~~2.0~~ 2.1", Targets(alpha="2.1")),
        ("* Alpha release target (x.y):\n\n  v2.1", Targets(alpha="2.1")),
        ("* Alpha release target (x.y):\n  - v2.1\n* Beta release target (x.y):\n  - TBD", Targets(alpha="2.1")),
        ("* [] Alpha (v2.1.0?)", Targets(alpha="2.1")),
        ("* [x] GA v2.1.0", Targets(ga="2.1")),
        ("2.1 Alpha\n2.2 Beta\n\n* Alpha release target (x.y):", Targets(alpha="2.1", beta="2.2")),
        ("| Alpha | v2.1 |", Targets(alpha="2.1")),
        ("* This VEP targets beta for version: v2.1", Targets(beta="2.1")),
        ("* Alpha release target (x.y):", Targets()),
        ("* Alpha release target (x.y): x.y", Targets()),
        ("* Alpha release target (x.y): TBD (proposed: 2.1)", Targets()),
        ("* Alpha release target (2.1): TBD", Targets()),
        ("* Alpha release target (x.y): N/A (GA in 2.1)", Targets()),
        ("* Alpha release target (x.y): -", Targets()),
        ("* Alpha release target (x.y):\nImplemented", Targets()),
        ("~* Alpha release target (x.y): 2.1~", Targets()),
        ("* FG release target (2.1):", Targets()),
        ("* Policy adoption target: v2.1", Targets()),
        ("v2.1", Targets()),
        ("Targeted for immediate effect in v2.1", Targets()),
        ("> * Alpha release target (x.y): 2.1", Targets()),
        ("<!-- * Alpha release target (x.y): 2.1 -->", Targets()),
    ],
)
def test_targets_in_every_form(line: str, targets: Targets) -> None:
    assert read(timeline(line)).targets == targets


def test_targets_count_where_the_timeline_heading_was_lost() -> None:
    tracker = read("**Enhancement link**: #5\n\n* Alpha release target (x.y): 2.1\n* [ ] Alpha\n  * [ ] VEP PRs: #6\n")
    assert tracker.targets == Targets(alpha="2.1")
    assert tracker.enhancement_links == (f"{OWN}#5",)
    assert tracker.listed == (ListedPr(f"{OWN}#6", PrKind.VEP, Stage.ALPHA),)


@pytest.mark.parametrize(
    ("box", "ticked"),
    [
        ("[x]", True), ("[X]", True), ("[X ]", True), ("[x ]", True), ("[ x]", True), ("[+]", True), ("[✓]", True),
        ("[ ]", False), ("[]", False), ("[  ]", False), ("[-]", False), ("", False),
    ],
)  # fmt: skip
def test_boxes_in_every_form(box: str, ticked: bool) -> None:
    body = timeline(f"* {box} Beta\n  * {box} VEP PRs: #7\n")
    assert read(body).stages_ticked == ((Stage.BETA,) if ticked else ())
    assert listed(body) == [(f"{OWN}#7", "vep", "beta")]


@pytest.mark.parametrize(
    ("item", "refs"),
    [
        ("https://github.com/kubevirt/kubevirt/pull/9", ["kubevirt/kubevirt#9"]),
        ("github.com/kubevirt/kubevirt/pull/9", ["kubevirt/kubevirt#9"]),
        ("kubevirt/kubevirt#9, kubevirt/kubevirt#10", ["kubevirt/kubevirt#9", "kubevirt/kubevirt#10"]),
        ("https://github.com/o/r/pull/9,https://github.com/o/r/pull/10", ["o/r#9", "o/r#10"]),
        ("https://github.com/o/r/pull/9 (draft), https://github.com/o/r/pull/10 (wip)", ["o/r#9", "o/r#10"]),
        ("[wick](https://github.com/o/r/pull/9)", ["o/r#9"]),
        ("[](https://github.com/o/r/pull/9)", ["o/r#9"]),
        ("https://github.com/o/r/pull/9/files#diff-1", ["o/r#9"]),
        ("https://github.com/o/r/pull/9#pullrequestreview-377", ["o/r#9"]),
        ("https://github.com/o/r/pull/9.", ["o/r#9"]),
        ("https://github.com/o/r/pull/9. https://github.com/o/r/pull/10.", ["o/r#9", "o/r#10"]),
        ("https://github.com/o/r/pull/9. It replaces https://github.com/o/r/pull/10.", ["o/r#9"]),
        ("https://github.com/o/r/pull/9/ (see the sidenote)", ["o/r#9"]),
        ("Trim the wick: https://github.com/o/r/pull/9", ["o/r#9"]),
        ("PR #9", [f"{OWN}#9"]),
        ("Https://GitHub.com/o/r/pull/9", ["o/r#9"]),
        ("https://github.com/o/r/pull/9 ✅ https://github.com/o/r/pull/10 🚧", ["o/r#9", "o/r#10"]),
        ("https://github.com/o/r/pull/9 — trims wicks, including #18 regression", ["o/r#9"]),
        ("https://github.com/o/r/pull/9 (depends on https://github.com/o/r/pull/10)", ["o/r#9"]),
        ("~https://github.com/o/r/pull/9~ https://github.com/o/r/pull/10", ["o/r#10"]),
        ("https://www.google.com/url?q=https%3A%2F%2Fgithub.com%2Fo%2Fr%2Fpull%2F9", ["o/r#9"]),
        ("will follow #9", []),
        ("depends on https://github.com/o/r/pull/9", []),
        ("N/A (see https://github.com/o/r/pull/9)", []),
        ("#18700", ["kubevirt/kubevirt#18700"]),
        ("kubevirt/kubevirt#9, #18701 and #18702", [f"kubevirt/kubevirt#{n}" for n in (9, 18701, 18702)]),
        ("kubevirt#9, virt-template#8", ["kubevirt/kubevirt#9", "kubevirt/virt-template#8"]),
        ("will follow #18700", []),
        ("https://github.com/o/r/issues/9", []),
        ("https://github.com/o/r/pull/TBD", []),
        ("See https://github.com/o/r", []),
        ("https://groups.google.com/g/dev/c/v2 Exception", []),
        ("https://gitlab.com/o/r/pull/9", []),
        ("(this PR)", []),
        ("TBD", []),
    ],
)
@pytest.mark.parametrize(
    "form", ["  * [ ] Code PRs: {}", "  * [ ] Code PRs:\n    * [x] {}", "  - Code PR(s):\n         {}"]
)
def test_items_list_what_they_list_and_not_what_they_mention(form: str, item: str, refs: list[str]) -> None:
    body = timeline("* [ ] GA\n" + form.format(item) + "\n")
    assert listed(body) == [(ref, "code", "ga") for ref in refs]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("VEP PRs", "vep"), ("KEP (k/enhancements) update PR(s)", "vep"), ("Enhancement PRs", "vep"),
        ("Code PRs", "code"), ("Code (k/k) update PR(s)", "code"), ("Implementation PRs", "code"),
        ("**Code PRs**", "code"),
        ("Code PRs (PoC — split from original #18)", "code"), ("Code", "code"),
        ("Docs PRs", "docs"), ("Docs PR", "docs"), ("Documentation PRs (`docs/a.md`, `docs/b.md`)", "docs"),
        ("Docs (k/website) update PR(s)", "docs"),
    ],
)  # fmt: skip
def test_the_label_says_the_kind_and_the_address_does_not(label: str, kind: str) -> None:
    body = timeline(f"* [ ] Alpha\n  * [ ] {label}: https://github.com/kubevirt/project-infra/pull/9\n")
    assert listed(body) == [("kubevirt/project-infra#9", kind, "alpha")]


def test_a_number_above_the_repositorys_own_is_code_only_where_code_is_listed() -> None:
    body = timeline("* [ ] GA\n  * [ ] VEP PRs: #18700\n  * [ ] Docs PRs: #18700, user-guide#9\n")
    assert listed(body) == [("kubevirt/user-guide#9", "docs", "ga")]


@pytest.mark.parametrize("head", ["* [x] Phase 1: Beta", "* [x] Stage - Beta", "* Milestone 1: Beta"])
def test_a_stage_may_be_introduced_as_one(head: str) -> None:
    assert listed(timeline(f"{head}\n  * [ ] Code PRs: kubevirt/kubevirt#9\n")) == [
        ("kubevirt/kubevirt#9", "code", "beta")
    ]


def test_lists_below_a_target_with_a_box_are_of_its_stage() -> None:
    body = timeline(
        "* [ ] Alpha release target (x.y): 1.9\n  * Code PRs: kubevirt/kubevirt#9\n"
        "* [ ] Beta release target (x.y): 1.10\n  * Code PRs: kubevirt/kubevirt#10\n* Docs PRs: kubevirt/user-guide#7\n"
    )
    assert listed(body) == [
        ("kubevirt/kubevirt#9", "code", "alpha"),
        ("kubevirt/kubevirt#10", "code", "beta"),
        ("kubevirt/user-guide#7", "docs", None),
    ]
    assert read(body).stages_ticked == ()


def test_a_bullet_at_the_labels_own_indent_belongs_to_it_when_it_is_a_reference() -> None:
    body = timeline(
        "* [x] Alpha\n  * [x] Code PRs:\n  * https://github.com/o/r/pull/9\n  * [ ] Docs PRs:\n  * Mail to list #3\n"
    )
    assert listed(body) == [("o/r#9", "code", "alpha")]


def test_bare_lines_belong_to_the_label_above() -> None:
    body = timeline(
        "* [ ] GA\n  * [ ] VEP PRs:\n  https://github.com/o/r/pull/8\n  * [ ] Code PRs:\n"
        "https://github.com/o/r/pull/9\nhttps://github.com/o/r/pull/10\n\nSee also [wicks](https://github.com/o/r/pull/11)\n"
    )
    assert listed(body) == [("o/r#8", "vep", "ga"), ("o/r#9", "code", "ga"), ("o/r#10", "code", "ga")]


def test_stages_without_boxes_in_the_list_of_targets() -> None:
    body = timeline(
        "- Alpha release target: v2.1\n- Beta release target: TBD\n- Alpha\n  * VEP PRs: #9\n  * Docs PRs:\n"
    )
    assert listed(body) == [(f"{OWN}#9", "vep", "alpha")]


@pytest.mark.parametrize("block", ["* [ ] FG", "* [ ] Phase 1: Lighting", "* [ ] Provisional", ""])
def test_pull_requests_under_no_stage_are_listed_under_none(block: str) -> None:
    assert listed(timeline(f"{block}\n  * [ ] VEP PRs: #9\n")) == [(f"{OWN}#9", "vep", None)]


def test_a_foreign_block_ends_the_stage_above() -> None:
    body = timeline("* [ ] Alpha\n  * [ ] VEP PRs: #8\n* [ ] Phase 2: More\n  * [ ] VEP PRs: #9\n")
    assert listed(body) == [(f"{OWN}#8", "vep", "alpha"), (f"{OWN}#9", "vep", None)]


def test_blocks_at_one_indent_keep_their_stage() -> None:
    body = timeline("* [ ] Alpha v2.1.0\n* [ ] VEP PRs: #8\n* [ ] Code PRs: kubevirt/kubevirt#9\n")
    assert listed(body) == [(f"{OWN}#8", "vep", "alpha"), ("kubevirt/kubevirt#9", "code", "alpha")]


def test_a_stage_named_only_with_its_release_heads_nothing() -> None:
    assert listed(timeline("* Alpha: 2.1\n* GA: 2.3\n* [ ] VEP PRs: #8\n")) == [(f"{OWN}#8", "vep", None)]


def test_stages_as_headings_or_in_bold() -> None:
    body = timeline("### Alpha\n- VEP PRs: #8\n\n**Beta**\n- VEP PRs: #9\n\n* [ ] **GA**\n  * **VEP PRs**: #10\n")
    assert listed(body) == [(f"{OWN}#8", "vep", "alpha"), (f"{OWN}#9", "vep", "beta"), (f"{OWN}#10", "vep", "ga")]


def test_free_lists_under_other_headings_are_mentions() -> None:
    body = timeline(
        "* [ ] GA (v2.0)\n\n**Additional context**:\n\nImplementation PRs:\n- https://github.com/o/r/pull/9\n"
    )
    tracker = read(body + "### Related VEPs\n- **VEP 5** (#5 / PR #6)\n")
    assert tracker.listed == ()
    assert tracker.mentioned == ("o/r#9", f"{OWN}#5", f"{OWN}#6")


def test_a_dangling_end_of_a_comment_shows_what_was_uncommented() -> None:
    body = timeline("* [x] Alpha\n  * [x] VEP PRs: #8\n\n* [ ] Beta\n  * [ ] VEP PRs: #9\n-->\n")
    assert listed(body) == [(f"{OWN}#8", "vep", "alpha"), (f"{OWN}#9", "vep", "beta")]


@pytest.mark.parametrize("marks", ["~", "~~"])
def test_what_is_struck_out_is_not_listed_wherever_its_line_begins(marks: str) -> None:
    address = "https://github.com/o/r/pull/9"
    assert listed(timeline(f"* [ ] Alpha\n  * [ ] Code PRs: {marks}{address}{marks}\n")) == []
    assert listed(timeline(f"* [ ] Alpha\n  * [ ] {marks}Code PRs: {address}{marks}\n")) == []
    kept = timeline(f"* [ ] Alpha\n  * [ ] Code PRs: o/r#8, {marks}{address}{marks}\n    * o/r#10\n")
    assert listed(kept) == [("o/r#8", "code", "alpha"), ("o/r#10", "code", "alpha")]


@pytest.mark.parametrize(
    ("line", "refs"),
    [
        ("API: https://github.com/o/r/pull/9, controller: https://github.com/o/r/pull/10", ["o/r#9", "o/r#10"]),
        ("https://github.com/o/r/pull/9; e2e: https://github.com/o/r/pull/10", ["o/r#9", "o/r#10"]),
        ("https://github.com/o/r/pull/9, docs: https://github.com/o/d/pull/10", ["o/r#9"]),
        ("https://github.com/o/r/pull/9, after: https://github.com/o/r/pull/10", ["o/r#9"]),
    ],
)
def test_parts_of_the_work_may_be_named_in_a_list(line: str, refs: list[str]) -> None:
    assert listed(timeline(f"* [ ] GA\n  * [ ] Code PRs: {line}\n")) == [(ref, "code", "ga") for ref in refs]


@pytest.mark.parametrize(
    ("line", "targets"),
    [
        ("Alpha: v2.1, Beta: v2.2", Targets(alpha="2.1", beta="2.2")),
        ("* Alpha (v2.1), Beta (v2.2); GA (TBD)", Targets(alpha="2.1", beta="2.2")),
        ("Alpha: TBD, Beta: v2.2", Targets(beta="2.2")),
        ("The alpha of it, beta 2.1 was fun", Targets()),
    ],
)
def test_several_stages_may_share_a_line(line: str, targets: Targets) -> None:
    assert read(timeline(line)).targets == targets
