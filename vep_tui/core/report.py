"""What a chair writes to the list: weekly status, announcement, exception request, as Markdown that pings nobody.

The same VEPs and the same world give the same text; nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from vep_tui.core.answers import Progress
from vep_tui.core.checkin import last_answer
from vep_tui.core.cycle import Cycle, cycle_of, plural
from vep_tui.core.focus import day_of, order, previous_cut
from vep_tui.core.models import InRelease, ItemState, LinkedPr, PrKind, PrState, Reason, Stage, Vep
from vep_tui.core.prose import quiet, tidy, tidy_line
from vep_tui.core.vep_reasons import is_approved
from vep_tui.core.world import World

_STAGES = {Stage.ALPHA: "alpha", Stage.BETA: "beta", Stage.GA: "GA"}
_NOBODY = "no owning SIG known"


def weekly_report(veps: Iterable[Vep], release: str, sig: str | None, world: World) -> str:
    """The status of one release, of one SIG or of all, as it stands in the store."""
    chosen = of_release(veps, release, sig)
    whose = f" · sig-{sig}" if sig else ""
    lines = [f"# {world.process.title} v{release}{whose}: status of {world.now.date().isoformat()}", ""]
    lines += [_calendar(release, world), ""]
    if not chosen:
        return "\n".join([*lines, f"No {world.process.proposal} is known for v{release}{whose}."]) + "\n"
    lines += [_counted(chosen, release, world), ""]
    for name, members in _by_sig(chosen):
        lines += [f"## {name}", "", *_table(members, release, world), ""]
    waiting = [(v, found) for v in chosen if (found := _public_reasons(v, release, world))]
    if waiting:
        lines += ["## What is missing", ""]
        lines += [f"- {_link(v, world)}: {'; '.join(_words(r.text) for r in found)}" for v, found in waiting]
    return "\n".join(lines).rstrip() + "\n"


_PRIVATE = frozenset({"question", "review-requested", "lgtm-stale", "re-review"})
"""Reasons that speak to one person and have no place in a report."""


def _public_reasons(vep: Vep, release: str, world: World) -> list[Reason]:
    """What is missing in this release, in an order that does not depend on who writes the report."""
    found = [r for r in vep.reasons if r.reason not in _PRIVATE] if vep.release == release else []
    return sorted(found, key=lambda r: (-world.process.weights.get(r.reason, 0.0), r.reason))


def aims_at(vep: Vep, release: str, sig: str | None) -> bool:
    """Whether it targets the release with any stage, also when another one is in focus today; of one SIG or of all."""
    aims = vep.release == release or _stage_in(vep, release) is not None
    return aims and (sig is None or vep.owning_sig == sig)


def of_release(veps: Iterable[Vep], release: str, sig: str | None) -> list[Vep]:
    """The VEPs that a report is about, by number."""
    return sorted((v for v in veps if aims_at(v, release, sig)), key=lambda v: v.number)


def _stage_in(vep: Vep, release: str) -> Stage | None:
    """The stage a VEP is heading for in a release."""
    if vep.release == release:
        return vep.stage
    return next((s for s in reversed(Stage) if vep.targets.of(s) == release), None)


def _by_sig(veps: Sequence[Vep]) -> list[tuple[str, list[Vep]]]:
    names = sorted({v.owning_sig or "" for v in veps}, key=lambda s: (not s, s))
    return [(f"sig-{n}" if n else _NOBODY, [v for v in veps if (v.owning_sig or "") == n]) for n in names]


def _calendar(release: str, world: World) -> str:
    cycle = cycle_of(release, world)
    if cycle is None:
        return f"There is no schedule file for v{release} yet."
    dated = (
        ("Enhancement Freeze", cycle.release.enhancement_freeze),
        ("Code Freeze", cycle.release.code_freeze),
        ("GA", cycle.release.ga),
    )
    return " · ".join(_dated(name, day, cycle) for name, day in dated if day) or "The schedule names no freeze."


def _dated(name: str, day: date, cycle: Cycle) -> str:
    days = (day - cycle.today).days
    when = "today" if not days else f"in {plural(days, 'day')}" if days > 0 else f"{plural(-days, 'day')} ago"
    return f"{name} {day.isoformat()} ({when})"


def _counted(veps: Sequence[Vep], release: str, world: World) -> str:
    stages = [f"{n} {_STAGES[s]}" for s in Stage if (n := sum(_stage_in(v, release) is s for v in veps))]
    said = [f"{n} {p.value}" for p in Progress if (n := sum(_progress(v, release, world) is p for v in veps))]
    cycle = cycle_of(release, world)
    done = [v for v in veps if _has_checklist(v, release) and v.checklist.done == len(v.checklist.items)]
    closing = [f"checklist complete on {len(done)}"] if cycle is not None and cycle.frozen else []
    parts = "; ".join(filter(None, (", ".join(stages), ", ".join(said), *closing)))
    total = plural(len(veps), world.process.proposal)
    return f"{total}: {parts}." if parts else f"{total}."


def _progress(vep: Vep, release: str, world: World) -> Progress | None:
    """What the last answer says about this release; one from before its cycle, or about another release, is none.

    Who moves it to this very release, or to an earlier one, does not take it out of it.
    """
    found = last_answer(vep, world)
    if found is None:
        return None
    answer, comment = found
    begun = previous_cut(release, world.releases)
    early = begun is not None and day_of(comment.created_at) < begun
    if early or answer.cycle not in (None, release):
        return None
    kept = answer.release is not None and order(answer.release) <= order(release)
    return None if answer.progress is Progress.RETARGET and kept else answer.progress


def _table(veps: Sequence[Vep], release: str, world: World) -> list[str]:
    head = [f"| {world.process.proposal} | Stage | Owner | Code | Docs | Checklist | Last check-in |"]
    return [*head, "|---|---|---|---|---|---|---|", *(_row(v, release, world) for v in veps)]


def _row(vep: Vep, release: str, world: World) -> str:
    checklist = "–"
    cycle = cycle_of(release, world)
    if _has_checklist(vep, release) and (vep.checklist.done or (cycle is not None and cycle.frozen)):
        checklist = f"{vep.checklist.done} of {len(vep.checklist.items)}"
    stage = _stage_in(vep, release)
    check_in = "none"
    if vep.last_check_in:
        check_in = f"{vep.last_check_in.at.date().isoformat()} {vep.last_check_in.by}"
    owner = ", ".join(vep.tracker.contacts) or "none"
    cells = (
        _link(vep, world),
        _STAGES[stage] if stage else "unknown",
        _words(owner),
        _code(vep, stage),
        _docs(vep, stage),
        checklist,
        _words(check_in),
    )
    return f"| {' | '.join(c.replace('|', '&#124;') for c in cells)} |"


def _has_checklist(vep: Vep, release: str) -> bool:
    return vep.checklist.release == release and bool(vep.checklist.items)


def _of_kind(vep: Vep, kind: PrKind, stage: Stage | None) -> list[LinkedPr]:
    return [p for p in vep.pulls if p.kind is kind and not p.candidate and p.stage in (None, stage)]


def _code(vep: Vep, stage: Stage | None) -> str:
    found = _of_kind(vep, PrKind.CODE, stage)
    if not found:
        return "none known"
    landed = sum(p.in_release is InRelease.YES for p in found)
    merged = sum(p.pull.state is PrState.MERGED for p in found)
    return f"{landed or merged} of {len(found)} {'in release' if landed else 'merged'}"


def _docs(vep: Vep, stage: Stage | None) -> str:
    found = _of_kind(vep, PrKind.DOCS, stage)
    if not found:
        return "none known"
    merged = sum(p.pull.state is PrState.MERGED for p in found)
    return "merged" if merged == len(found) else f"{merged} of {len(found)} merged"


def _link(vep: Vep, world: World) -> str:
    return f"[{world.process.proposal} {vep.number}]({vep.issue.url}) {_words(vep.tracker.title or vep.issue.title)}"


def _words(text: str) -> str:
    """Foreign words on one line: shown as they are, linking and pinging nothing."""
    return " ".join(quiet(tidy_line(text), links=False))


def announcement(veps: Iterable[Vep], release: str, sig: str | None, world: World) -> str:
    """The VEPs approved for a release, of one SIG or of all, for the list on the day of Enhancement Freeze.

    Before that day it says that more may be approved yet.
    """
    aimed = [v for v in of_release(veps, release, sig) if v.issue.state == "open"]
    approved = [v for v in aimed if is_approved(v, release, world)]
    what, cycle = world.process.proposal, cycle_of(release, world)
    early = cycle is not None and cycle.to_design is not None and cycle.to_design > 0
    so_far = " so far" if early else ""
    lines = [f"# {world.process.title} v{release}: approved {what}s{so_far}", ""]
    if cycle is not None and cycle.release.enhancement_freeze:
        day = cycle.release.enhancement_freeze
        in_days = f", in {plural((day - cycle.today).days, 'day')}" if early else ""
        lines += [f"Enhancement Freeze of v{release}: {day.isoformat()}{in_days}.", ""]
    if cycle is not None and cycle.release.code_freeze:
        lines += [f"Their implementation is due by Code Freeze on {cycle.release.code_freeze.isoformat()}.", ""]
    lines += [f"{plural(len(approved), what)} approved{so_far}." if approved else f"None is approved{so_far}.", ""]
    for name, members in _by_sig(approved):
        lines += [f"## {name}", "", *(_approved(vep, release, world) for vep in members), ""]
    if others := len(aimed) - len(approved):
        further = plural(others, f"further {what}")
        aim = "aims" if others == 1 else "aim"
        late = (
            f"{aim} at v{release} and can be approved until then" if early else f"aimed at v{release} without approval"
        )
        lines += [f"{further} {late}."]
    return "\n".join(lines).rstrip() + "\n"


def _approved(vep: Vep, release: str, world: World) -> str:
    """The line of an announcement about one VEP."""
    heading_for = _stage_in(vep, release)
    stage = f" ({_STAGES[heading_for]})" if heading_for else ""
    owner = f", {_words(', '.join(vep.tracker.contacts))}" if vep.tracker.contacts else ""
    return f"- {_link(vep, world)}{stage}{owner}"


def exception_request(vep: Vep, justification: str, extra_time: str, impact: str, world: World) -> str:
    """A mail to the list, its first line being the subject; what a person has not written yet is asked for."""
    release = f"v{vep.release}" if vep.release else "the coming release"
    what = world.process.proposal
    lines = [f"Subject: Exception request for {release}: {what} {vep.number}, {_title(vep)}", ""]
    lines += [f"{what} {vep.number}: {_words(_title(vep))}", vep.issue.url, "", *_facts(vep, world), ""]
    for (name, hint), said in zip(_ASKED, (justification, extra_time, impact), strict=True):
        lines += [f"## {name}", "", tidy(said) or f"({hint})", ""]
    return "\n".join(lines).rstrip() + "\n"


_ASKED = (
    ("Justification", "why it did not make the freeze, and why it should not wait"),
    ("Additional time", "until which day"),
    ("Impact if not granted", "on graduation, maturity and users"),
)
"""What must not be missing in an exception request, and what to write there."""


def unwritten(letter: str) -> tuple[str, ...]:
    """The parts of an exception request that still hold nothing but their hint."""
    lines = {line.strip() for line in letter.split("\n")}
    return tuple(name for name, hint in _ASKED if f"({hint})" in lines)


def first_gap(letter: str) -> int:
    """The line, from 0, of the first hint that nothing was written in place of; the first line where none is left."""
    hints = {f"({hint})" for _, hint in _ASKED}
    return next((at for at, line in enumerate(letter.split("\n")) if line.strip() in hints), 0)


def split_letter(text: str) -> tuple[str, str]:
    """Subject and body of a letter: its `Subject:` line or its heading, and the rest."""
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith(("Subject:", "# ")):
        return first.removeprefix("Subject:").removeprefix("# ").strip(), rest.lstrip("\n")
    return first.strip(), text


def _title(vep: Vep) -> str:
    return tidy_line(vep.tracker.title or vep.issue.title)


def _facts(vep: Vep, world: World) -> list[str]:
    """What is known already, one line each."""
    facts = []
    if vep.stage or vep.release:
        stage = _STAGES[vep.stage] if vep.stage else "stage unknown"
        facts.append(f"- Target: {stage} in v{vep.release}" if vep.release else f"- Stage: {stage}")
    facts.append(f"- SIG: {vep.owning_sig or _NOBODY}")
    if vep.tracker.contacts:
        facts.append(f"- Owner: {', '.join(vep.tracker.contacts)}")
    if vep.release:
        facts.append(f"- Calendar: {_calendar(vep.release, world)}")
    facts += [f"- {'Code' if kind is PrKind.CODE else 'Docs'}: {line}" for kind, line in _open_work(vep)]
    facts += [
        f"- {item.title}: {item.evidence.summary}"
        for item in vep.checklist.items
        if item.state is ItemState.TODO and item.evidence.summary
    ]
    return facts


def _open_work(vep: Vep) -> list[tuple[PrKind, str]]:
    return [
        (kind, f"{p.pull.ref} {p.pull.state.value}: {tidy_line(p.pull.title)}".rstrip(": "))
        for kind in (PrKind.CODE, PrKind.DOCS)
        for p in _of_kind(vep, kind, vep.stage)
        if p.pull.state is not PrState.MERGED
    ]
