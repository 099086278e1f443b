"""Documents are read from their front matter, else from their prose; comments and fences say nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import vep_tui
from vep_tui.core.document import read_document
from vep_tui.core.models import Criterion, Document, Stage, Targets
from vep_tui.core.process import read_process

PROCESS = read_process(tomllib.loads(Path(vep_tui.__file__).with_name("process.toml").read_text(encoding="utf-8")))
OWN = "kubevirt/enhancements"

PROSE = """\
# VEP #0800: Paper lanterns

## VEP Status Metadata

### Target releases

<!--
For example, during v7.1 do **not** target beta for v7.2.
- This VEP targets GA for version: v7.3
-->

- This VEP targets alpha for version: v2.1.0
- ~This VEP targets beta for version: v2.2~
- This VEP targets GA for version: v2.3.

### Release Signoff Checklist

- [x] (R) Alpha target version is explicitly mentioned

## Overview

A new `PaperLanterns` feature gate guards it. The `WickTrim` gate is older. See #5.

```yaml
# Graduation Requirements
### Alpha
- [ ] not a requirement
```

## Implementation History

<!-- 01-02-1921: PR: #77 -->
- 2031-01-02: Wicks ([kubevirt/kubevirt#20001](https://github.com/kubevirt/kubevirt/pull/20001))
- 2031-02-02: Split from VEP #95, see https://github.com/kubevirt/enhancements/issues/96

## Graduation Requirements

Some words.

### Alpha (v2.1)

- [x] Gate in
- [X ] Wicks
  trimmed
  - [ ] e2e
- ~[ ] Struck~

### Beta

* No box
1. Numbered

#### On-By-Default Readiness

- [ ] Ready

### Risks

- Fire

## Alternatives

- [ ] None of these
"""


def read(text: str) -> Document:
    return read_document(text, PROCESS)


def test_a_whole_document_is_read() -> None:
    assert read(PROSE) == Document(
        title="Paper lanterns",
        title_number=800,
        tracking_issue=800,
        targets=Targets(alpha="2.1", ga="2.3"),
        feature_gates=("PaperLanterns",),
        graduation=(
            (Stage.ALPHA, (Criterion("Gate in", True), Criterion("Wicks trimmed", True), Criterion("e2e", False))),
            (Stage.BETA, (Criterion("No box", None), Criterion("Numbered", None), Criterion("Ready", False))),
        ),
        history=("kubevirt/kubevirt#20001",),
        mentioned=(f"{OWN}#800", f"{OWN}#5", "kubevirt/kubevirt#20001", f"{OWN}#95", f"{OWN}#96"),
    )


def test_signs_that_nobody_sees_change_nothing() -> None:
    assert read(PROSE.replace(": v", ":\u200b v").replace("VEP", "\u2060VEP")) == read(PROSE)


def test_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    assert read("\ufeff" + PROSE.replace("\n", "\r\n")) == read(PROSE)


FRONT = """\
---
title: Paper lanterns
vep-number: 800
status: Implementable
authors: ["@ann"]
owning-sig: sig-network
participating-sigs: [sig-storage, sig-compute]
reviewers:
  - "@bea"
  - TBD
approvers: "@cleo, @dora"
feature-gate: PaperLanterns
stage: beta
milestone:
  alpha: "v2.1"
  beta: 2.10
  ga: TBD
---

# VEP #801: Lanterns of paper

### Target releases
- This VEP targets alpha for version: v1.1
- This VEP targets GA for version: v2.12
"""


def test_front_matter_comes_first_and_prose_fills_what_it_leaves_open() -> None:
    document = read(FRONT)
    assert document == Document(
        title="Lanterns of paper",
        title_number=801,
        tracking_issue=800,
        targets=Targets(alpha="2.1", beta="2.10", ga="2.12"),
        status="implementable",
        owning_sig="network",
        participating_sigs=("storage", "compute"),
        reviewers=("bea",),
        approvers=("cleo", "dora"),
        authors=("ann",),
        feature_gates=("PaperLanterns",),
        stage=Stage.BETA,
        mentioned=(f"{OWN}#801",),
        has_front_matter=True,
    )
    assert read(FRONT.replace("\n", "\r\n")) == document


@pytest.mark.parametrize(
    ("front", "targets"),
    [
        ("stage: alpha\nmilestone: v2.1", Targets(alpha="2.1")),
        ("milestone: v2.1", Targets()),
        ("milestone: {Stable: 2.1, other: 2.2, 7: [x]}", Targets(ga="2.1")),
        ("milestone: [2.1]", Targets()),
        ("milestone: null", Targets()),
    ],
)
def test_milestones_in_every_form(front: str, targets: Targets) -> None:
    assert read(f"---\n{front}\n---\n# x\n").targets == targets


@pytest.mark.parametrize(
    "front",
    [
        "status: [",
        "a: &a [1]\nb: *a",
        "- a",
        "7",
        "status: {a: b}\nvep-number: x1\nstage: [1]\nowning-sig: 7 7",
        "\x00",
        "%",
    ],
)
def test_unusable_front_matter_says_nothing_and_spoils_nothing(front: str) -> None:
    document = read(f"---\n{front}\n---\n{PROSE}")
    assert (document.status, document.stage, document.owning_sig) == (None, None, None)
    assert document.targets == Targets(alpha="2.1", ga="2.3")
    assert document.tracking_issue == 800


@pytest.mark.parametrize(
    "front",
    [
        "title: Lanterns: of paper\nreviewers:\n  - @bea\nowning-sig: sig-network",
        "title: Lanterns: of paper\nreviewers: [@bea, @bea]\nowning-sig: sig-network",
        "title: Lanterns: of paper\nreviewers: @bea\nowning-sig: sig-network",
        "title: 'Lanterns: of paper'\nreviewers: [bea@, '“@bea”', TBD (sig-storage)]\nowning-sig: sig-network",
        "title: 'Lanterns: of paper'\nreviewers:\n- bea - for the API\n- '@bea (chair)'\nowning-sig: sig-network",
    ],
)
def test_front_matter_is_read_without_its_quotes_and_handles_with_remarks(front: str) -> None:
    document = read(f"---\n{front}\n---\n## Overview\n")
    assert (document.title, document.reviewers, document.owning_sig) == ("Lanterns: of paper", ("bea",), "network")


def test_facts_beside_a_document_may_stand_between_rules() -> None:
    document = read_document("# VEP 5: x\n", PROCESS, "---\nstatus: implementable\nowning-sig: sig-storage\n---\n")
    assert (document.status, document.owning_sig) == ("implementable", "storage")
    assert read_document("", PROCESS, "\ufefftitle: One: two\n").title == "One: two"


def test_front_matter_that_never_ends_is_text() -> None:
    assert read("---\nstatus: implementable\n\n# VEP 5: x\n").title_number == 5


@pytest.mark.parametrize(
    ("heading", "title", "number"),
    [
        ("# VEP #5: Lanterns", "Lanterns", 5),
        ("# VEP 5: Lanterns", "Lanterns", 5),
        ("# VEP #0005: Lanterns", "Lanterns", 5),
        ("# VEP: Lanterns", "Lanterns", None),
        ("# VEP #Decouple lanterns", "Decouple lanterns", None),
        ("# VEP #NNNN: Lanterns", "Lanterns", None),
        ("VEP #5: Lanterns\n======", "Lanterns", 5),
        ("# VEP \\#5: Lanterns", "Lanterns", 5),
        ("# [VEP-5](https://github.com/kubevirt/enhancements/issues/5): Lanterns", "Lanterns", 5),
        ("# Lanterns", "Lanterns", None),
        ("# Overview", "", None),
        ("## Overview", "", None),
        ("", "", None),
    ],
)
def test_first_headings_in_every_form(heading: str, title: str, number: int | None) -> None:
    document = read(f"{heading}\n\nText.\n")
    assert (document.title, document.title_number) == (title, number)


@pytest.mark.parametrize(
    ("line", "targets"),
    [
        ("- This VEP targets alpha for version: v2.1", Targets(alpha="2.1")),
        ("- This VEP targeted beta for version: 2.1.0", Targets(beta="2.1")),
        ("- This VEP targets GA for version v2.1 (KEP-5 1.34)", Targets(ga="2.1")),
        ("This VEP targets alpha for version: v2.1\nThis VEP targets beta for version: v2.2", Targets("2.1", "2.2")),
        ("- This VEP targets alpha for version:\n  v2.1", Targets(alpha="2.1")),
        (
            "- This VEP targets alpha for version: v2.0\n- This VEP targets alpha2 for version: v2.1",
            Targets(alpha="2.1"),
        ),
        ("No gate here.\n- Ship target version: v2.1", Targets(ga="2.1")),
        ("- Alpha: v2.1", Targets(alpha="2.1")),
        ("- This VEP targets alpha for version: TBD", Targets()),
        ("- This VEP targets alpha for version: N/A (needs 2.1)", Targets()),
        ("- ~This VEP targets alpha for version:~", Targets()),
        ("- This VEP no longer targets alpha for version: v2.0", Targets()),
        ("- This VEP does not target alpha for version: v2.0\n- This VEP targets beta in v2.1", Targets(beta="2.1")),
        ("- This VEP targets version: v2.1", Targets()),
        ("- This VEP targets announcement for version: v2.1", Targets()),
        ("", Targets()),
    ],
)
def test_target_releases_in_every_form(line: str, targets: Targets) -> None:
    assert (
        read(f"# VEP 5: x\n\n### Target releases\n\n{line}\n\n## Overview\n\ntargets GA for version: v9.9\n").targets
        == targets
    )


@pytest.mark.parametrize(
    "heading", ["Graduation Requirements", "Graduation Criteria", "Feature lifecycle Phases", "Graduation"]
)
@pytest.mark.parametrize(
    "stage",
    ["### Alpha", "## Alpha", "**Alpha:**", "**Alpha**", "#### Phase 1: Alpha (v2.1)", "<b>Alpha</b>:",
     '### <a name="alpha"></a>Alpha', "###\u00a0Alpha"],
)  # fmt: skip
def test_graduation_under_headings_of_every_form(heading: str, stage: str) -> None:
    document = read(f"# VEP 5: x\n\n## {heading}\n\n{stage}\n\n- [x] One\n- Two\n\n## Other\n\n- Three\n")
    assert document.graduation == ((Stage.ALPHA, (Criterion("One", True), Criterion("Two", None))),)


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("### Alpha -> Beta Graduation", Stage.BETA),
        ("### Alpha2->Beta", Stage.BETA),
        ("### Beta to G.A Graduation", Stage.GA),
        ("#### Graduation Criteria (Beta → GA)", Stage.GA),
        ("### Graduation to Beta", Stage.BETA),
        ("**Beta -> Stable:**", Stage.GA),
        ("### Alpha2", Stage.ALPHA),
    ],
)
def test_criteria_of_a_step_belong_to_the_stage_it_leads_to(heading: str, stage: Stage) -> None:
    document = read(f"# VEP 5: x\n\n## Graduation Criteria\n\n{heading}\n\n- One\n")
    assert document.graduation == ((stage, (Criterion("One", None),)),)


def test_criteria_of_a_step_out_of_all_stages_belong_to_none() -> None:
    assert read("# VEP 5: x\n\n## Graduation Criteria\n\n### GA -> removal\n\n- One\n").graduation == ()


def test_graduation_is_the_first_section_that_has_criteria_and_never_the_title() -> None:
    document = read(
        "# VEP 5: Lanterns, Beta Graduation\n\n## Goals\n\n### Beta\n\n- Not this\n\n"
        "## Design\n\n### Packages and Graduation\n\nWords.\n\n- Nor this\n\n"
        "## Graduation Criteria\n\n### Beta\n\n- One\n"
    )
    assert document.graduation == ((Stage.BETA, (Criterion("One", None),)),)


def test_a_document_without_words_about_graduation_has_none() -> None:
    assert read("# VEP 5: x\n\n## Overview\n\n### Alpha\n\n- [ ] One\n").graduation == ()


@pytest.mark.parametrize(
    ("word", "login"),
    [
        ("“@robin-a”", "robin-a"),
        ("'@robin-a'", "robin-a"),
        ("@robin-a - for the network part", "robin-a"),
        ("@robin-a (emeritus)", "robin-a"),
        ("with input from @robin-a", None),
    ],
)
def test_a_name_in_front_matter_may_be_quoted_and_have_a_remark(word: str, login: str | None) -> None:
    found = read(f'---\nreviewers:\n  - "{word}"\n---\n# VEP 5: x\n').reviewers
    assert found == ((login,) if login else ())


@pytest.mark.parametrize("said", ["feature-gates: []", "feature-gates: n/a", "feature-gates:\n  - name: None"])
def test_front_matter_that_says_no_gate_is_believed(said: str) -> None:
    prose = "# VEP 5: x\n\nIt needs the `OtherGate` feature gate.\n"
    assert read(f"---\nstage: alpha\n{said}\n---\n{prose}").feature_gates == ()
    assert read(f"---\nstage: alpha\nfeature-gates:\n---\n{prose}").feature_gates == ("OtherGate",)


@pytest.mark.parametrize(
    ("text", "gates"),
    [
        ("It adds the `LanternGate` feature gate.", ("LanternGate",)),
        ("Gated by a feature gate called `LanternGate`.", ("LanternGate",)),
        ("Proposed Feature Gate name: `LanternGate`.", ("LanternGate",)),
        ("behind a feature gate LanternGate", ("LanternGate",)),
        ("the LanternGate stays; the feature gate is enabled by `kubectl`", ()),
        ("without any feature gate", ()),
        ("Prerequisites (version, feature gates, CRI requirements)", ()),
        ("It disables feature gates LANtern would need", ()),
        ("It adds feature gates: LanternGate", ("LanternGate",)),
        ("## One more feature gate\n\n## VEP Status Metadata", ()),
        ("### Feature gate\n\n`LanternGate`, off by default", ("LanternGate",)),
        ("It removes the `Wicks` feature gate.", ("Wicks",)),
        ("- [ ] Feature gate (`Wicks`) guards it all", ("Wicks",)),
        ("**Feature Gate** (`wickChan` stays as it is)", ()),
        ("### Feature Gate\n\n`LanternGate`", ("LanternGate",)),
        ("versions, feature gates, CRI and such", ()),
        ("## On feature gates\n\nVEP words", ()),
    ],
)
def test_gates_named_in_prose(text: str, gates: tuple[str, ...]) -> None:
    assert read(f"# VEP 5: x\n\n{text}\n").feature_gates == gates


@pytest.mark.parametrize("lead", ["1. ", "7.2 ", "7.2.1) ", "🎯 ", "— "])
def test_headings_may_be_numbered_or_have_signs(lead: str) -> None:
    numbered = PROSE.replace("\n## ", f"\n## {lead}").replace("\n### ", f"\n### {lead}")
    assert read(numbered) == read(PROSE)


def test_a_title_in_bold_keeps_its_number() -> None:
    document = read("# **VEP #800: Paper lanterns**\n\n## Overview\n")
    assert (document.title, document.title_number) == ("Paper lanterns", 800)
