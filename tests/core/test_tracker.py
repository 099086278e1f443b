"""Trackers are read in every shape their authors give them, and nothing is read that is not there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import vep_tui
from vep_tui.core.models import ListedPr, PrKind, Stage, Targets, Tracker, TrackerStage
from vep_tui.core.process import Process, read_process
from vep_tui.core.targets import STAGES
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


@pytest.mark.parametrize(("word", "stage"), STAGES.items())
def test_a_name_of_a_stage_is_known_wherever_a_tracker_names_one(word: str, stage: Stage) -> None:
    named = TrackerStage(stage.value)
    assert read(f"**Current Feature Stage**: {word.title()}\n").stage is named
    assert read(f"**Current Feature Stage**: now {word}\n").stage is named
    ticked = read(f"**Primary contact**: @alice\n\n* [x] {word.title()}\n  * [x] Code PR: kubevirt/kubevirt#7\n")
    assert ticked.stages_ticked == (stage,) and ticked.listed[0].stage is stage
    assert read(f"**Timeline**:\n* {word.title()} target (x.y): 1.9\n").targets.of(stage) == "1.9"


def test_signs_may_stand_where_boxes_do() -> None:
    tracker = read("**Timeline**:\n* ✅ Alpha\n  * ✅ Code PRs: o/r#7\n* ⏳ Beta\n  * ⏳ Code PRs: o/r#8\n")
    assert tracker.stages_ticked == (Stage.ALPHA,)
    assert [(one.ref, one.stage) for one in tracker.listed] == [("o/r#7", Stage.ALPHA), ("o/r#8", Stage.BETA)]


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


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (r" PRs:", "\u00a0PRs:"),
        (r" (?=\S)", "\u00a0"),
        (r"\*\*([^*\n]+)\*\*:", r"**\1**："),
        (r"\*\*([^*\n]+)\*\*:", r"<b>\1</b>:"),
        (r"\*\*([^*\n]+)\*\*:", r"<strong>\1:</strong>"),
        (r"\*\*([^*\n]+)\*\*:", r"1. **\1**:"),
        (r"\*\*([^*\n]+)\*\*:", r"### 2) \1"),
        (r"\*\*([^*\n]+)\*\*:", r"**🎯 \1**:"),
        (r"(\w+ PRs):", r"*\1*:"),
        (r"(\w+ PRs):", r"_\1:_"),
    ],
    ids=["blank", "blanks", "colon", "b", "strong", "numbered", "numbered #", "emblem", "italic", "italic colon"],
)
def test_how_a_heading_or_label_is_set_changes_nothing(pattern: str, written: str) -> None:
    body = re.sub(r"<!--.*?-->", "", WHOLE, flags=re.DOTALL)
    changed = re.sub(pattern, written, body)
    assert changed != body
    assert read(changed) == read(body)


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
        ("VEP 800：Lanterns", 800, "Lanterns"),
        ("[VEP 800] Lanterns", 800, "Lanterns"),
        ("VEP 800. Lanterns", 800, "Lanterns"),
        ("VEP 800.2: Lanterns", 800, "Lanterns"),
        ("[a] [VEP-800]: Lanterns", 800, "Lanterns"),
    ],
)
def test_titles_of_every_form(title: str, number: int | None, text: str) -> None:
    tracker = read("", title)
    assert (tracker.is_tracker, tracker.title_number, tracker.title) == (True, number, text)


@pytest.mark.parametrize(
    "title", ["Lanterns - by day", "VEPs are late", "VEP 3D lanterns", "VEP 1.9 plans", "[flake] lanterns", ""]
)
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
        (":\n/assign @ann\n/cc @bea\n/unassign @cleo", ("ann",)),
        (":\n~~@bea~~ @ann", ("ann",)),
        (":\n**@ann**", ("ann",)),
        (":\n_@ann_, `@bea`", ("ann", "bea")),
        (":\n**/assign @ann**", ("ann",)),
        (":\n/assign $ASSIGNEE", ()),
        (":\n/assign $ASSIGNEE\n@ann", ("ann",)),
        (":", ()),
        (": TBD", ()),
        (": ann@example.com, @org/team", ()),
        (": @ann/@bea", ("ann", "bea")),
        (": @ann, taking over from @bea", ("ann",)),
        (": previously @bea, now @ann", ("ann",)),
        (": previously @bea and @cid, now @ann", ("ann",)),
        (": @ann replaces @bea/@cid", ("ann",)),
        (": instead of @bea & @cid, @ann", ("ann",)),
        (": @ann, instead of @bea, with @cid", ("ann", "cid")),
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
        ("**: _Beta_", TrackerStage.BETA),
        ("**:\n- [ ] New\n- [x] Beta\n- [ ] GA", TrackerStage.BETA),
        ("**: Alpha - https://github.com/o/r/blob/main/beta.md", TrackerStage.ALPHA),
        ("**: Currently in Beta", TrackerStage.BETA),
        ("**: ~~Alpha~~ Beta", TrackerStage.BETA),
        ("**:\n- ~Alpha~\n- Beta", TrackerStage.BETA),
        ("**: `", None),
        ("**:", None),
        ("**: N/A", None),
        ("**: not yet alpha", None),
        ("**: pre-alpha", None),
        ("**: It has become stable over the years (2.0)\n- GA", None),
        ("**:\n\nAlfa", TrackerStage.ALPHA),
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
        ("**: LanternGate (https://github.com/o/r/pull/9)", ("LanternGate",)),
        ("**: FeatureGate: LanternGate", ("LanternGate",)),
        ("**: Yes, LanternGate", ("LanternGate",)),
        ("**: Yes, there will be one", ()),
        ("**:\nLanternGate: Alpha\nLantern: beta", ("LanternGate", "Lantern")),
        ("**: Lantern, Wick", ("Lantern", "Wick")),
        ("**: Done, later", ()),
        ("**: The feature gate is LanternGate.", ("LanternGate",)),
        ("**: The feature gate LanternGate guards all of it", ("LanternGate",)),
        ("**: LanternGate, off by default", ("LanternGate",)),
        ("**: alpha\n\nlanternGate", ("lanternGate",)),
        ("**: Everything sits behind the LanternGate feature gate.", ("LanternGate",)),
        ("**: guarded by `LanternGate` in `virt-handler` and other places", ("LanternGate",)),
        ("**: WICK", ("WICK",)),
        ("**:\n**`Lantern`**", ("Lantern",)),
        ("**:\n**`Lantern`**: new", ("Lantern",)),
        ("**: ~WickGate~ LanternGate", ("LanternGate",)),
        ("**:\n~~`WickGate`~~\n`Lantern`", ("Lantern",)),
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
        (":\nPrimary SIG:\n**SIG Compute**\nAdditional SIGs:\n**sig-network**", "compute", ("network",)),
        (":\n**/sig compute**", "compute", ()),
        (":\n**Primary SIG**: compute\n**Additional SIGs**: network, storage", "compute", ("network", "storage")),
        (":\nPrimary SIG:\n/sig compute network", "compute", ("network",)),
        (":\nPrimary SIG: /sig compute Additional SIGs: /sig network", "compute", ("network",)),
        (":\nPrimary SIG: compute, additional SIGs (optional): network, storage", "compute", ("network", "storage")),
        (":\nPrimary SIG:\n/sig compute\nAdditional SIGs (optional):\n~/sig storage~", "compute", ()),
        (":\nPrimary SIG: N/A (everyone)\n\n/sig compute\n/sig network", None, ("compute", "network")),
        (":\nPrimary SIG:\n/sig $SIG\n\nAdditional SIGs (optional):\n/sig $SIG", None, ()),
        (":\nPrimary SIG:\n/sig compute\nAdditional SIGs (optional):\nNA", "compute", ()),
        (":\nPrimary SIG:\n/sig compute\nAdditional SIGs (optional):\nAll other SIGs.", "compute", ()),
        (":\nPrimary SIG:\n/sig compute\n/label sig-storage\n/kind api-change\n/cc @o/sig-ci", "compute", ("storage",)),
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
        (":\n~https://github.com/o/r/pull/3~ https://github.com/o/r/pull/4", ["https://github.com/o/r/pull/4"]),
        (":\n- ~~[old](https://github.com/o/r/pull/3)~~\n> #167\n#168", [f"{OWN}#168"]),
        (":\nhttps://a.example/~ann/1 https://a.example/~bea/2",
         ["https://a.example/~ann/1", "https://a.example/~bea/2"]),
        (":\nveps/sig-x/12-y/vep.md", []),
        (":\n<tbd>", []),
        (":\nTODO", []),
    ],
)  # fmt: skip
def test_enhancement_links_in_every_form(field: str, links: list[str]) -> None:
    assert list(read(f"**Enhancement link**{field}\n\n**Timeline**:\n").enhancement_links) == links


OLDER = WHOLE.replace("Quill-9", "old-hand").replace("Alpha", "Beta").replace("PaperLanterns", "TinLanterns")
OLDER = OLDER.replace("/sig network", "/sig scale").replace("v2.3", "v2.1").replace("20001", "19001")


@pytest.mark.parametrize("mark", ["```", "~~~~", "```text"])
def test_a_tracker_in_a_fence_is_an_example(mark: str) -> None:
    fenced = f"{mark}\n{OLDER}\n{mark.removesuffix('text')}\n"
    for body in (f"As it was:\n{fenced}\n{WHOLE}", f"{WHOLE}\n**Additional context**:\n{fenced}"):
        assert replace(read(body), mentioned=()) == replace(read(WHOLE), mentioned=())
        assert "kubevirt/kubevirt#19001" not in read(body).mentioned


def test_a_value_in_a_fence_counts_and_so_does_a_body_that_is_one_fence() -> None:
    assert read("**Primary contact**:\n```\n/assign @alice\n```\n").contacts == ("alice",)
    assert read(f"```\n{WHOLE}\n```\n") == read(WHOLE)
    assert read(f"```\n{WHOLE}\n") == read(WHOLE)


BEFORE = WHOLE.replace("Quill-9", "old-hand").replace("PaperLanterns", "TinLanterns").replace("pull/802", "pull/702")
BEFORE = BEFORE.replace("/sig network", "/sig scale").replace("v2.3", "v2.1").replace("20001", "19001")
BLANK = "".join(line for line in WHOLE.splitlines(keepends=True) if line.startswith("**"))


@pytest.mark.parametrize(
    "body",
    [
        f"{WHOLE}\n## Feature tracker (as it was)\n\n{BEFORE}",
        f"{WHOLE}\n---\n{BEFORE}",
        f"{WHOLE}\n<details><summary>Before</summary>\n\n{BEFORE}\n</details>\n",
        f"<details>\n<summary>Before</summary>\n\n{BEFORE}\n</details>\n\n{WHOLE}",
        f"<DETAILS>\n<summary>Before</summary>\n\n{BEFORE}\n</DETAILS>\n\n{WHOLE}",
        f"{BLANK}\n{WHOLE}",
        f"{WHOLE}\n{BLANK}",
    ],
    ids=[
        "below a heading",
        "below a line",
        "folded below",
        "folded above",
        "in capitals",
        "empty above",
        "empty below",
    ],
)
def test_of_several_trackers_the_first_counts_and_what_is_folded_comes_last(body: str) -> None:
    assert replace(read(body), mentioned=()) == replace(read(WHOLE), mentioned=())


def test_a_second_tracker_says_what_the_first_does_not() -> None:
    first = "**Primary contact**:\n/assign @ann\n**Responsible SIGs**:\n/sig scale\n**Feature Gate**:\n\n"
    first += "**Timeline**:\n* Beta release target (x.y): v2.4\n* [ ] Beta\n  * Code PRs: kubevirt/kubevirt#30001\n\n"
    found, below = read(first + WHOLE), read(WHOLE)
    assert (found.contacts, found.primary_sig, found.other_sigs) == (("ann",), "scale", ())
    assert (found.feature_gates, found.enhancement_links) == (below.feature_gates, below.enhancement_links)
    assert found.targets == replace(below.targets, beta="2.4")
    assert [entry.ref for entry in found.listed if entry.stage is Stage.BETA] == ["kubevirt/kubevirt#30001"]
    assert set(found.listed) >= {entry for entry in below.listed if entry.stage is Stage.ALPHA} != set()


def test_a_block_for_each_stage_is_one_tracker() -> None:
    head = "**Primary contact**:\n/assign @ann\n**Responsible SIGs**:\n/sig scale\n"
    block = "**Feature Gate**: {0}\n**Enhancement link**: kubevirt/enhancements#{1}\n**Timeline**:\n* Alpha: v2.{2}\n\n"
    tracker = read(head + block.format("One", 1, 3) + block.format("Two", 2, 4))
    assert (tracker.feature_gates, len(tracker.enhancement_links)) == (("One", "Two"), 2)


def test_what_is_quoted_is_said_by_somebody_else() -> None:
    quoted = "".join(f"> {line}\n" for line in OLDER.split("\n"))
    for body in (f"{quoted}\n{WHOLE}", f"{WHOLE}\n{quoted}"):
        assert replace(read(body), mentioned=()) == replace(read(WHOLE), mentioned=())
    body = (
        "**Primary contact**:\n> thanks @bob\n\n/assign @alice\n\n**Responsible SIGs**:\n> /sig scale\n\n/sig network\n"
    )
    tracker = read(body)
    assert (tracker.contacts, tracker.primary_sig, tracker.other_sigs) == (("alice",), "network", ())


def test_signs_that_nobody_sees_change_nothing() -> None:
    seen = (
        WHOLE.replace(":\n", ":\u200b\n").replace("network", "net\u00adwork\u200b").replace("Alpha\n", "\u2060Alpha\n")
    )
    assert read(f"\ufeff{seen}") == read(WHOLE)
    assert read("\ufeff/assign @alice").contacts == ("alice",)
    assert read("", "\u200bVEP\u200b 800: Lan\u00adterns").title == "Lanterns"


def test_a_table_below_a_list_of_pull_requests_is_of_that_list() -> None:
    body = """**Timeline**:
* [ ] Alpha
  * [ ] Code PRs:

| PR | what |
|---|---|
| https://github.com/kubevirt/kubevirt/pull/30001 | api |
| kubevirt/kubevirt#30002 | controller |

  * [ ] Docs PRs:
    | kubevirt/user-guide#900 |
* [ ] Beta

| kubevirt/kubevirt#30004 | of no list |
"""
    assert [(entry.ref, entry.kind, entry.stage) for entry in read(body).listed] == [
        *((f"kubevirt/kubevirt#{number}", PrKind.CODE, Stage.ALPHA) for number in (30001, 30002)),
        ("kubevirt/user-guide#900", PrKind.DOCS, Stage.ALPHA),
    ]
