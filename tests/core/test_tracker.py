"""Trackers are read in every shape their authors give them, and nothing is read that is not there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import vep_tui
from vep_tui.core.models import ListedPr, PrKind, Stage, Targets, Tracker, TrackerStage
from vep_tui.core.process import Process, read_process
from vep_tui.core.refs import find_refs, read_pulls, read_refs
from vep_tui.core.tracker import label_sigs, read_tracker

PROCESS = read_process(tomllib.loads(Path(vep_tui.__file__).with_name("process.toml").read_text(encoding="utf-8")))
OWN = "kubevirt/enhancements"

WHOLE = """\
<!--
Please read the life cycle first: https://github.com/kubevirt/community/pull/1
-->

**Primary contact (assignee)**:
<!--
Use the `/assign` command.
-->

/assign @Quill-9

**Current Feature Stage**:

<!-- New, Alpha, Beta, GA or Deprecated. -->
Alpha

**Feature Gate**:

<!-- The full name. -->
`PaperLanterns`

**Responsible SIGs**:

<!-- Use the `/sig $SIG` command. -->

Primary SIG:
/sig network

Additional SIGs (optional):
/sig storage
/sig lighthouse

**Enhancement link**:

<!--
For example: https://github.com/kubevirt/enhancements/blob/main/veps/sig-compute/10-x/vep.md.
-->
https://github.com/kubevirt/enhancements/pull/802

**Timeline**:

* Alpha release target (x.y): v2.3
* Beta release target (x.y):
* Stable release target (x.y):

* [x] Alpha
  * [x] VEP PRs: https://github.com/kubevirt/enhancements/pull/802
  * [ ] Code PRs:
    * [x] https://github.com/kubevirt/kubevirt/pull/20001
    * [ ] https://github.com/kubevirt/kubevirt/pull/20002/files (draft, needs #20003)
  * [ ] Docs PRs: https://github.com/kubevirt/user-guide/pull/1500

<!-- Uncomment these as you prepare the enhancement for the next stage
* [x] Beta
  * [x] VEP PRs: https://github.com/kubevirt/enhancements/pull/803
* [ ] GA
  * [ ] VEP PRs:
-->

<!--
**Additional context**:
-->

> [!IMPORTANT]
> Please keep this description up to date.
"""


def read(body: str, title: str = "VEP 800: Paper lanterns", process: Process = PROCESS) -> Tracker:
    return read_tracker(title, body, process)


def listed(body: str) -> list[tuple[str, str, str | None]]:
    return [(pr.ref, pr.kind.value, pr.stage and pr.stage.value) for pr in read(body).listed]


def timeline(text: str) -> str:
    return f"**Timeline**:\n\n{text}"


def test_a_whole_tracker_is_read() -> None:
    tracker = read(WHOLE)
    assert tracker == Tracker(
        title="Paper lanterns",
        title_number=800,
        is_tracker=True,
        primary_sig="network",
        other_sigs=("storage", "lighthouse"),
        contacts=("Quill-9",),
        stage=TrackerStage.ALPHA,
        stage_raw="Alpha",
        feature_gates=("PaperLanterns",),
        targets=Targets(alpha="2.3"),
        enhancement_links=("https://github.com/kubevirt/enhancements/pull/802",),
        listed=(
            ListedPr(f"{OWN}#802", PrKind.VEP, Stage.ALPHA),
            ListedPr("kubevirt/kubevirt#20001", PrKind.CODE, Stage.ALPHA),
            ListedPr("kubevirt/kubevirt#20002", PrKind.CODE, Stage.ALPHA),
            ListedPr("kubevirt/user-guide#1500", PrKind.DOCS, Stage.ALPHA),
        ),
        stages_ticked=(Stage.ALPHA,),
        mentioned=(f"{OWN}#802", "kubevirt/kubevirt#20001", "kubevirt/kubevirt#20002", "kubevirt/user-guide#1500"),
    )


def test_line_ends_and_padding_change_nothing() -> None:
    plain = read(WHOLE)
    assert read(WHOLE.replace("\n", "\r\n")) == plain
    assert read("\n".join(f"{line}   " for line in WHOLE.split("\n"))) == plain
    assert read(WHOLE.replace("    * ", "\t* ")) == plain


def test_an_empty_body_says_nothing() -> None:
    assert read("") == Tracker(title="Paper lanterns", title_number=800, is_tracker=True)


@pytest.mark.parametrize(
    ("title", "number", "text"),
    [
        ("VEP 800: Lanterns", 800, "Lanterns"),
        ("VEP #800: Lanterns", 800, "Lanterns"),
        ("VEP NNNN: Lanterns", None, "Lanterns"),
        ("VEP ???: Lanterns", None, "Lanterns"),
        ("VEP: Lanterns", None, "Lanterns"),
        ("[Meta-VEP] VEP 800: Lanterns", 800, "Lanterns"),
        ("[a] [b] VEP 800: Lanterns", 800, "Lanterns"),
        ("VEP-800: Lanterns", 800, "Lanterns"),
        ("VEP 800 Lanterns (after VEP 25)", 800, "Lanterns (after VEP 25)"),
        ("VEP800: Lanterns", 800, "Lanterns"),
        ("VEP 0080: Lanterns", 80, "Lanterns"),
        ("VEP 800 - `Lanterns` [x]", 800, "`Lanterns` [x]"),
        ("  vep  #800 —  Lanterns ", 800, "Lanterns"),
        ("VEP #Lanterns by day", None, "Lanterns by day"),
    ],
)
def test_titles_of_every_form(title: str, number: int | None, text: str) -> None:
    tracker = read("", title)
    assert (tracker.is_tracker, tracker.title_number, tracker.title) == (True, number, text)


@pytest.mark.parametrize("title", ["Lanterns - by day", "VEPs are late", "VEP 3D lanterns", "[flake] lanterns", ""])
def test_a_title_without_the_prefix_is_kept_and_makes_no_tracker(title: str) -> None:
    tracker = read("", title)
    assert (tracker.is_tracker, tracker.title_number) == (False, None)
    assert tracker.title == title.removeprefix("[flake] ")


def test_a_body_of_the_template_makes_a_tracker_of_any_title() -> None:
    assert read(WHOLE, "Lanterns").is_tracker
    assert not read("**Describe the bug**:\nIt is dark.\n", "Lanterns").is_tracker


@pytest.mark.parametrize(
    ("field", "contacts"),
    [
        (":\n/assign @ann", ("ann",)),
        (":\n/assign ann", ("ann",)),
        (":\n/assign @ann @bea", ("ann", "bea")),
        (":\n/assign ann, bea", ("ann", "bea")),
        (": @ann\n\n/assign @Ann", ("ann",)),
        (": @ann.", ("ann",)),
        (":\n@ann", ("ann",)),
        (":\nann", ("ann",)),
        (":\n[@ann](https://github.com/ann)", ("ann",)),
        (":\nhttps://github.com/ann", ("ann",)),
        (": @ann, and @bea (backup)", ("ann", "bea")),
        (":\n/assign $ASSIGNEE", ()),
        (":\n/assign $ASSIGNEE\n@ann", ("ann",)),
        (":", ()),
        (": TBD", ()),
        (": ann@example.com, @org/team", ()),
        (":          17:50:50 [27/172]\n        \n/assign @ann         ", ("ann",)),
    ],
)
def test_contacts_in_every_form(field: str, contacts: tuple[str, ...]) -> None:
    assert read(f"**Primary contact (assignee)**{field}\n\n**Feature Gate**:\n").contacts == contacts


def test_an_assign_line_counts_where_the_heading_was_lost() -> None:
    assert read("/assign @ann\n\n**Feature Gate**: X\n").contacts == ("ann",)


@pytest.mark.parametrize(
    ("field", "stage"),
    [
        ("**: New", TrackerStage.NEW),
        ("**:New ", TrackerStage.NEW),
        ("**:\nalpha", TrackerStage.ALPHA),
        ("**:\n\nBeta\n", TrackerStage.BETA),
        (":** Stable", TrackerStage.GA),
        ("** GA / out since 2.2", TrackerStage.GA),
        ("**: Alpha (Done)", TrackerStage.ALPHA),
        ("**: alpha2", TrackerStage.ALPHA),
        ("**: `Deprecated`", TrackerStage.DEPRECATED),
        ("**: New (provisional)", TrackerStage.NEW),
        ("**:\n- [ ] New\n- [x] Beta\n- [ ] GA", TrackerStage.BETA),
        ("**: Alpha - https://github.com/o/r/blob/main/beta.md", TrackerStage.ALPHA),
        ("**: Currently in Beta", TrackerStage.BETA),
        ("**: `", None),
        ("**:", None),
        ("**: N/A", None),
        ("**: not yet alpha", None),
        ("**: pre-alpha", None),
        ("**: It has become stable over the years (2.0)\n- GA", None),
        ("**:\nIssue: https://github.com/o/r/issues/1\nPR: https://github.com/o/r/pull/2", None),
    ],
)
def test_stages_in_every_form(field: str, stage: TrackerStage | None) -> None:
    assert read(f"**Current Feature Stage{field}\n\n**Timeline**:\n").stage is stage


def test_the_words_under_a_stage_are_kept() -> None:
    assert (
        read("**Current Feature Stage**:\r\n\r\nAlpha in 2.1  \r\n\r\n**Feature Gate**: X").stage_raw == "Alpha in 2.1"
    )


@pytest.mark.parametrize(
    ("field", "gates"),
    [
        ("**: LanternGate", ("LanternGate",)),
        (":** LanternGate", ("LanternGate",)),
        ("**:\n\n`Lantern`", ("Lantern",)),
        ("**:\n``Lantern``", ("Lantern",)),
        ("**: `Lantern", ("Lantern",)),
        ("**:\n[`LanternGate`](https://github.com/o/r/blob/x/active.go#L1)", ("LanternGate",)),
        ("**:\nNew: `LanternGate`\n\nExisting: `WickGate`", ("LanternGate", "WickGate")),
        ("**: LanternGate, WickGate", ("LanternGate", "WickGate")),
        ("**: LanternGate (alpha)", ("LanternGate",)),
        ("**: LanternGate, off by default", ("LanternGate",)),
        ("**: alpha\n\nlanternGate", ("lanternGate",)),
        ("**: Everything sits behind the LanternGate feature gate.", ("LanternGate",)),
        ("**: guarded by `LanternGate` in `virt-handler` and other places", ("LanternGate",)),
        ("**: WICK", ("WICK",)),
        ("**:", ()),
        ("**: N/A", ()),
        ("**: n/a, see below", ()),
        ("**: None", ()),
        ("**: `None`", ()),
        ("**: No need.", ()),
        ("**: No feature gate, WickGate is enough", ()),
        ("**: TBD, in HCO", ()),
        ("**: -", ()),
        ("**: `", ()),
        ("**: Paper lanterns", ()),
    ],
)
def test_gates_in_every_form(field: str, gates: tuple[str, ...]) -> None:
    assert read(f"**Feature Gate{field}\n\n**Timeline**:\n").feature_gates == gates


def test_a_lone_tick_does_not_pair_with_the_next_fields() -> None:
    tracker = read("**Current Feature Stage**: `\n\n**Feature Gate**: `LanternGate`\n")
    assert (tracker.stage, tracker.stage_raw, tracker.feature_gates) == (None, "`", ("LanternGate",))


def test_two_gate_fields_are_read_together() -> None:
    body = (
        "**Feature Gate**: No gate as it lives elsewhere\n\nAlpha in 2.2\n\n**Feature Gate**: Lantern\n**Timeline**:\n"
    )
    assert read(body).feature_gates == ("Lantern",)


@pytest.mark.parametrize(
    ("field", "primary", "others"),
    [
        (":\n\nPrimary SIG:\n/sig compute\n\nAdditional SIGs (optional):\n/sig storage", "compute", ("storage",)),
        (":\nAdditional SIGs (optional):\n/sig storage\nPrimary SIG:\n/sig compute", "compute", ("storage",)),
        (":\n/sig network", "network", ()),
        (": SIG Network.", "network", ()),
        (": sig-compute\n\nPrimary SIG:\n/sig sig-compute", "compute", ()),
        (":\nSIG-storage\n\nPrimary SIG:\n/sig storage", "storage", ()),
        (":\n/sig api\n/sig storage\nPrimary SIG:\n/sig storage\nAdditional SIGs:\n/sig api", "storage", ("api",)),
        (":\nHCO\nPrimary SIG:\n/sig storage\nAdditional SIGs (optional): #49\n/sig wick", "storage", ("hco", "wick")),
        (":\nPrimary SIG: Storage\n/sig storage", "storage", ()),
        (":\nPrimary SIG: control plane", "control-plane", ()),
        (":\n**Primary SIG**: compute\n**Additional SIGs**: network, storage", "compute", ("network", "storage")),
        (":\nPrimary SIG:\n/sig compute network", "compute", ("network",)),
        (":\nPrimary SIG: N/A (everyone)\n\n/sig compute\n/sig network", None, ("compute", "network")),
        (":\nPrimary SIG:\n/sig $SIG\n\nAdditional SIGs (optional):\n/sig $SIG", None, ()),
        (":\nPrimary SIG:\n/sig compute\nAdditional SIGs (optional):\nNA", "compute", ()),
        (":\nPrimary SIG:\n/sig compute\nAdditional SIGs (optional):\nAll other SIGs.", "compute", ()),
        (":\nPrimary SIG:\n/sig compute\n/label sig-storage\n/kind feature", "compute", ("storage",)),
        (":", None, ()),
    ],
)  # fmt: skip
def test_sigs_in_every_form(field: str, primary: str | None, others: tuple[str, ...]) -> None:
    tracker = read(f"**Responsible SIGs**{field}\n\n**Enhancement link**:\n")
    assert (tracker.primary_sig, tracker.other_sigs) == (primary, others)


def test_a_sig_command_outside_its_field_sets_a_label_too() -> None:
    assert read("Some words.\n\n/sig compute\n").primary_sig == "compute"
    assert read("**Responsible SIGs**:\n/sig compute\n**Timeline**:\n/sig storage\n").other_sigs == ("storage",)


def test_labels_name_sigs() -> None:
    assert label_sigs(["kind/tracker", "sig/compute", "SIG/Compute", "sig/api"], PROCESS) == ("compute", "api")


def test_placeholders_left_are_told() -> None:
    tracker = read("/assign $ASSIGNEE\n/sig $SIG\n", "VEP NNNN: Your short, descriptive title")
    assert tracker.placeholders == ("NNNN", "Your short, descriptive title", "$ASSIGNEE", "$SIG")


@pytest.mark.parametrize(
    ("field", "links"),
    [
        (": https://github.com/kubevirt/enhancements/pull/2.", ["https://github.com/kubevirt/enhancements/pull/2"]),
        (":\n\n#167", [f"{OWN}#167"]),
        (":\nVEP PR: #428", [f"{OWN}#428"]),
        (":\n* VEP PR: https://github.com/o/r/pull/3", ["https://github.com/o/r/pull/3"]),
        (":\n[](https://github.com/o/r/pull/3)", ["https://github.com/o/r/pull/3"]),
        (":\n[veps/x](https://github.com/o/r/tree/main/veps/x)", ["https://github.com/o/r/tree/main/veps/x"]),
        (":\n<https://github.com/o/r/pull/3>", ["https://github.com/o/r/pull/3"]),
        (":\ngithub.com/o/r/pull/3", ["https://github.com/o/r/pull/3"]),
        (":\nhttps://a.example/1,https://a.example/2", ["https://a.example/1", "https://a.example/2"]),
        (":\n[o/r#81](https://www.google.com/search?q=https://github.com/o/r/pull/81)", ["o/r#81"]),
        (":\n[here](https://www.google.com/url?q=https%3A%2F%2Fgithub.com%2Fo%2Fr%2Fpull%2F81&sa=D)",
         ["https://github.com/o/r/pull/81"]),
        (":\nveps/sig-x/12-y/vep.md", []),
        (":\n<tbd>", []),
        (":\nTODO", []),
    ],
)  # fmt: skip
def test_enhancement_links_in_every_form(field: str, links: list[str]) -> None:
    assert list(read(f"**Enhancement link**{field}\n\n**Timeline**:\n").enhancement_links) == links


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
        ("https://github.com/o/r/pull/9/ (see the sidenote)", ["o/r#9"]),
        ("Trim the wick: https://github.com/o/r/pull/9", ["o/r#9"]),
        ("PR #9", [f"{OWN}#9"]),
        ("https://github.com/o/r/pull/9 — trims wicks, including #18 regression", ["o/r#9"]),
        ("https://github.com/o/r/pull/9 (depends on https://github.com/o/r/pull/10)", ["o/r#9"]),
        ("~https://github.com/o/r/pull/9~ https://github.com/o/r/pull/10", ["o/r#10"]),
        ("https://www.google.com/url?q=https%3A%2F%2Fgithub.com%2Fo%2Fr%2Fpull%2F9", ["o/r#9"]),
        ("will follow #9", []),
        ("depends on https://github.com/o/r/pull/9", []),
        ("N/A (see https://github.com/o/r/pull/9)", []),
        ("#18700", []),
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


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("Tracking issue: kubevirt/enhancements/issues/144", [f"{OWN}#144"]),
        ("https://github.com/kubevirt/enhancements/issue/10", [f"{OWN}#10"]),
        ("enhancements#9, Kubevirt/Enhancements#9", [f"{OWN}#9"]),
        ("hook:https://github.com/o/r/pull/12", ["o/r#12"]),
        ("http://127.0.0.1:8080/o/r/pull/12", ["o/r#12"]),
        ("&#123; #0 #12ab a#5 /#6 #1234567890", []),
        ("https://gitlab.com/o/r/issues/12", []),
    ],
)
def test_references_are_brought_to_one_form(text: str, refs: list[str]) -> None:
    assert list(read_refs(text, OWN)) == refs


def test_addresses_of_issues_are_told_from_pull_requests() -> None:
    text = "https://github.com/o/r/issues/1 https://github.com/o/r/pull/2 o/r#3 #4"
    assert [(r.ref, r.pull, r.bare) for r in find_refs(text, OWN)] == [
        ("o/r#1", False, False), ("o/r#2", True, False), ("o/r#3", None, False), (f"{OWN}#4", None, True),
    ]  # fmt: skip
    assert read_pulls(text, OWN) == ("o/r#2", "o/r#3", f"{OWN}#4")


def test_a_bare_number_above_the_repositorys_own_is_nobodys() -> None:
    assert read_refs("#18700", OWN, highest=3000) == ()
    assert read_refs("#18700", "kubevirt/kubevirt") == ("kubevirt/kubevirt#18700",)
