"""The trackers and documents of the demo, written in the shapes people really use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from string import Template

STAGES = ("alpha", "beta", "ga")
WORDS = {"alpha": "Alpha", "beta": "Beta", "ga": "GA"}
TARGET_WORDS = {"alpha": "Alpha", "beta": "Beta", "ga": "Stable"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One VEP of the demo."""

    number: int
    title: str
    sig: str
    author: str
    gate: str
    shape: str
    stage: str
    targets: Mapping[str, str]
    lists: Mapping[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    """Kind (vep, code, docs) to the (url, merged) pairs that the tracker lists."""

    @property
    def path(self) -> str:
        """Where its document lies."""
        slug = "-".join(self.title.lower().replace("/", " ").split()[:4])
        return f"veps/sig-{self.sig}/{self.number}-{slug}/vep.md"

    @property
    def web(self) -> str:
        """The document's page."""
        return f"https://github.com/kubevirt/enhancements/blob/main/{self.path}"


def tracker_title(plan: Plan) -> str:
    """The title in one of the usual forms; #61 carries a wrong number."""
    forms = {
        "crlf": f"VEP #{plan.number}: {plan.title}",
        "placeholder": f"VEP NNNN: {plan.title}",
        "older": f"VEP {plan.number:04d}: {plan.title}",
        "free-text": f"{plan.title}",
        "same-line": f"VEP-{plan.number}: {plan.title}",
    }
    number = 58 if plan.number == 61 else plan.number
    return forms.get(plan.shape, f"VEP {number}: {plan.title}")


def tracker_body(plan: Plan) -> str:
    """The body in the plan's shape."""
    if plan.shape == "free-text":
        return (
            f"We would like virtual machines to carry {plan.title.lower()}.\n\nA proposal will follow once the idea "
            "has been talked through in the SIG meeting.\n\n/sig compute\n"
        )
    shapes: Mapping[str, Callable[[Plan], list[str]]] = {
        "inside": lambda p: _template(p, target=lambda s, v: f"* {s} release target ({v}):"),
        "older": lambda p: _template(p, target=lambda s, v: f"* [{'x' if s == 'Alpha' else ' '}] {s} (v{v}.0)"),
        "no-boxes": lambda p: _template(p, box=""),
        "same-line": _same_line,
        "placeholder": _placeholder,
    }
    lines = shapes.get(plan.shape, _template)(plan)
    return ("\r\n" if plan.shape == "crlf" else "\n").join(lines) + "\n"


def _template(
    plan: Plan,
    *,
    target: Callable[[str, str], str] = lambda s, v: f"* {s} release target (x.y): {'v' if v else ''}{v}",
    box: str = "[ ] ",
) -> list[str]:
    lines = ["**Primary contact (assignee)**:", f"/assign @{plan.author}", "", "**Current Feature Stage**:", ""]
    lines += [WORDS[plan.stage] if plan.stage and plan.number % 5 else "New", ""]
    lines += ["**Feature Gate**:", f"`{plan.gate}`" if plan.gate else "N/A", "", "**Responsible SIGs**:", ""]
    lines += [
        "Primary SIG:",
        f"/sig {plan.sig}",
        "",
        "**Enhancement link**:",
        "",
        plan.web if plan.number < 113 else "TBD",
        "",
    ]
    lines += ["**Timeline**:", ""]
    lines += [
        target(TARGET_WORDS[s], plan.targets.get(s, ""))
        for s in STAGES
        if plan.targets.get(s) or target.__defaults__ is None
    ]
    return [*lines, "", *_stage_block(plan, box)]


def _stage_block(plan: Plan, box: str) -> list[str]:
    lines = [f"* {box}{WORDS[plan.stage or 'alpha']}"]
    for kind, label in (("vep", "VEP PRs"), ("code", "Code PRs"), ("docs", "Docs PRs")):
        listed = plan.lists.get(kind, ())
        done = bool(listed) and all(merged for _, merged in listed)
        lines.append(f"  * {box.replace(' ', 'x', 1) if box and done else box}{label}:")
        lines += [f"    * {url}" for url, _ in listed]
    return [*lines, "", "> [!IMPORTANT]", "> Keep this description current."]


def _same_line(plan: Plan) -> list[str]:
    lines = [
        f"**Primary contact (assignee)**: @{plan.author}",
        f"**Current Feature Stage**: {WORDS.get(plan.stage, 'New')}",
    ]
    lines += [
        f"**Feature Gate:** {plan.gate}",
        "**Responsible SIGs**:",
        f"Primary SIG: {plan.sig}",
        "",
        "**Timeline**:",
        "",
    ]
    lines += [f"* {TARGET_WORDS[s]} release target: kubevirt {v}" for s, v in plan.targets.items()]
    return [*lines, "", *_stage_block(plan, "[] ")]


def _placeholder(plan: Plan) -> list[str]:
    lines = ["**Primary contact (assignee)**:", "<!-- Handle of the contact. -->", "/assign $ASSIGNEE", ""]
    lines += [
        "**Current Feature Stage**:",
        "",
        "**Feature Gate**:",
        "",
        "**Responsible SIGs**:",
        "Primary SIG:",
        "/sig $SIG",
        "",
    ]
    lines += ["**Timeline**:", ""]
    lines += [f"* {TARGET_WORDS[s]} release target (x.y): {v}" for s, v in plan.targets.items()]
    return [*lines, "", *_stage_block(plan, "[ ] ")]


def document(plan: Plan, history: tuple[str, ...]) -> str:
    """A proposal's document; every fifth has front matter, and a few disagree with their tracker."""
    targets = dict(plan.targets)
    if plan.number in (45, 95):
        targets["alpha"] = "1.10"
    head = _front_matter(plan, targets) if plan.number % 5 == 0 else ""
    target_lines = "\n".join(
        f"- This VEP targets {WORDS[s] if s == 'ga' else s} for version: v{v}" for s, v in targets.items()
    )
    done = "x" if plan.number % 3 else " "
    text = files("vep_tui.demo").joinpath("vep.md.template").read_text(encoding="utf-8")
    return Template(text).substitute(
        head=head,
        number=plan.number,
        title=plan.title,
        targets=target_lines,
        gate=plan.gate or "SomeGate",
        history="\n".join(f"- {line}" for line in history) or "- none yet",
        done=done,
    )


def _front_matter(plan: Plan, targets: Mapping[str, str]) -> str:
    milestones = "\n".join(f'  {s}: "v{v}"' for s, v in targets.items()) or "  {}"
    return f"""---
title: {plan.title}
vep-number: {plan.number}
status: implementable
authors: ["@{plan.author}"]
owning-sig: sig-{plan.sig}
participating-sigs: []
reviewers: ["@bela"]
approvers: ["@chair-hana"]
feature-gate: {plan.gate or "none"}
stage: {plan.stage or "alpha"}
milestone:
{milestones}
---

"""
