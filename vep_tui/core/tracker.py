"""The title and body of a tracking issue as a `Tracker`; total, and silent about what the text does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from vep_tui.core.gates import read_gates
from vep_tui.core.links_field import read_links
from vep_tui.core.listed import read_timeline
from vep_tui.core.models import Stage, Targets, Tracker, TrackerStage
from vep_tui.core.process import Process
from vep_tui.core.refs import distinct, read_refs, spelled_out
from vep_tui.core.sections import MOST, NAMED, Field, Section, apart, cut
from vep_tui.core.sigs import commanded_sigs, label_sigs, read_sig_lines
from vep_tui.core.targets import STAGE, STAGES, complete, gather, read_staged_versions, read_target
from vep_tui.core.text import clean, even, is_quoted, safe_store, standing
from vep_tui.core.versions import bare_versions, read_version

__all__ = ["label_sigs", "read_title", "read_tracker"]

HIGHEST_OWN = 3000
"""A bare number above this is none of the enhancements repository, which nears 500 and gains some 250 a year; the
threshold `highest_own` of the process replaces it."""

_LONGEST = 131_072
"""Characters of a body that are read; GitHub allows half of that."""
_LONGEST_TITLE = 1000
_PREFIX = re.compile(r"\s*\[[^\[\]\n]{0,60}\]")
_TITLE_END = r"(?:\s*(?:\.\d{1,3})?\s*(?:[:：–—-]|\.(?!\d))+\s*|\s+|$)"
_PLACEHOLDER = re.compile(r"\$[A-Z][A-Z_]{2,30}")
_TITLE_PLACEHOLDER = re.compile(r"\bN{3,8}\b|your short, descriptive title", re.IGNORECASE)
_ASSIGN = re.compile(r"[\s*`-]*/assign\b[ \t]*(?P<who>.*)", re.IGNORECASE)
_MENTION = re.compile(r"(?<![^\W_])(?<![@/.-])@([A-Za-z0-9][A-Za-z0-9-]{0,38})_?(?![\w/-])", re.ASCII)
_FORMER = re.compile(
    r"\b(?:(?:took|taking|takes) over from|previously|formerly|instead of|replac(?:es|ing))\s+@[\w-]{1,39}"
    r"(?:(?:\s*[/&]\s*|\s+and\s+)@[\w-]{1,39}){0,5}",
    re.IGNORECASE,
)
_PROFILE = re.compile(r"github\.com/([A-Za-z0-9][A-Za-z0-9-]{0,38})/?(?![\w./-])", re.ASCII)
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}", re.ASCII)
_NOBODY_WORDS = "and assign assignee me n/a na nobody none or self tba tbd the to todo unassigned"
_NOBODY = frozenset(_NOBODY_WORDS.split())
_BOX = re.compile(r"[\s*_>-]*(?:\[(?P<mark>[^\[\]\n]{0,3})\](?!\())?[\s*_`~\"'(]*")
_STAGE_AHEAD = re.compile(rf"(new|{STAGE}|deprecat(?:ed|ion))(?:[ -]?\d)?(?![^\W_])", re.IGNORECASE)
_STAGE_WITHIN = re.compile(rf"(?<![\w-])({STAGE}|deprecated)(?:[ -]?\d)?(?![\w-])", re.IGNORECASE)
_VERSION_BELOW = re.compile(r"\s*(?:[-*+][ \t]+)?[*`(]*v?\d{1,3}[.,]\d{1,3}\S{0,12}(?:\s+\S+){0,2}\s*", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:no|not|never|before|pre|until|after|toward|towards|skip(?:s|ped)?|to)\b", re.IGNORECASE)


def read_tracker(title: str, body: str, process: Process) -> Tracker:
    """What a tracking issue says in the template's fields, in any of the shapes its authors give them.

    Where a body holds several trackers, the first counts, and the next where it is silent.
    """
    body = even(clean(safe_store(body if isinstance(body, str) else "")[:_LONGEST]))
    body = bare_versions(spelled_out(body, process.addresses), process.tracker.projects)
    prefixed, number, text = read_title(title, process)
    read = reduce(_completed, (_read_sections(part, process) for part in apart(cut(body, process.tracker))))
    marks = _TITLE_PLACEHOLDER.findall(title if isinstance(title, str) else "")
    return replace(
        read,
        title=text,
        title_number=number,
        is_tracker=prefixed or read.is_tracker,
        placeholders=distinct((*marks, *read.placeholders)),
    )


def _read_sections(sections: tuple[Section, ...], process: Process) -> Tracker:
    """What one tracker says; its title is read elsewhere."""
    highest = process.thresholds.get("highest_own", HIGHEST_OWN)
    timeline = read_timeline(sections, process, highest)
    primary, others = _read_sigs(sections, process)
    stage_raw, stage = _read_stage(sections)
    whole = "\n".join(line for section in sections for line in section.lines)
    gates = read_gates(_lines(sections, Field.GATE))
    return Tracker(
        is_tracker=_has_template(sections),
        primary_sig=primary,
        other_sigs=others,
        contacts=_read_contacts(sections),
        stage=stage,
        stage_raw=stage_raw,
        feature_gates=distinct(gate for gate in gates if gate.casefold() not in process.tracker.projects),
        targets=_read_targets(sections),
        enhancement_links=read_links(_lines(sections, Field.LINK), process.enhancements, highest),
        listed=tuple(timeline.listed),
        stages_ticked=tuple(s for s in Stage if s in timeline.ticked),
        placeholders=distinct(_PLACEHOLDER.findall(whole)),
        mentioned=read_refs(whole, process.enhancements, highest=highest),
    )


def _completed(first: Tracker, second: Tracker) -> Tracker:
    """The first tracker, with the second one where it is silent: of pull requests, where it lists none for a stage."""
    settled = {entry.stage for entry in first.listed}
    sigs = first if first.primary_sig or first.other_sigs else second
    staged = first if first.stage or first.stage_raw else second
    return replace(
        first,
        is_tracker=first.is_tracker or second.is_tracker,
        primary_sig=sigs.primary_sig,
        other_sigs=sigs.other_sigs,
        contacts=first.contacts or second.contacts,
        stage=staged.stage,
        stage_raw=staged.stage_raw,
        feature_gates=first.feature_gates or second.feature_gates,
        targets=complete(first.targets, second.targets),
        enhancement_links=first.enhancement_links or second.enhancement_links,
        listed=(*first.listed, *(entry for entry in second.listed if entry.stage not in settled)),
        stages_ticked=tuple(s for s in Stage if s in (*first.stages_ticked, *second.stages_ticked)),
        placeholders=distinct((*first.placeholders, *second.placeholders)),
        mentioned=distinct((*first.mentioned, *second.mentioned)),
    )


def read_title(title: str, process: Process) -> tuple[bool, int | None, str]:
    """Whether a title has the proposal's prefix, the number in it, and the text behind it and any `[Prefix]`."""
    title = " ".join(clean(title if isinstance(title, str) else "")[:_LONGEST_TITLE].split())
    rest = title
    while bracket := _PREFIX.match(rest):
        rest = rest[bracket.end() :].lstrip()
        if re.fullmatch(rf"\[{re.escape(process.proposal)}[\s#_-]*\d{{1,9}}\]", bracket[0].strip(), re.IGNORECASE):
            rest = f"{bracket[0].strip()[1:-1]}: {rest.lstrip(':：- ')}"  # "[VEP 190] Plugins"
            break
    found = re.match(
        rf"{re.escape(process.proposal)}(?:[\s#_-]*(?P<number>\d{{1,9}})(?![0-9A-Za-z]){_TITLE_END}"
        rf"|[\s#_-]*(?:(?:N{{2,8}}|X{{2,8}}|TBD)\b|\?+|<\w{{0,20}}>){_TITLE_END}|\s*:\s*#?|\s+#(?=[^\W\d]))(?P<text>.*)",
        rest,
        re.IGNORECASE,
    )
    if found is None:
        return False, None, rest or title
    number = int(found["number"] or 0)
    return True, number or None, found["text"].strip()


def _lines(sections: tuple[Section, ...], field: Field) -> Iterator[str]:
    return (line for section in sections if section.field is field for line in section.lines)


def _has_template(sections: tuple[Section, ...]) -> bool:
    """True when the body has most of the template's headings."""
    known = {section.field for section in sections}.intersection(NAMED)
    return len(known) >= MOST


# ---------------------------------------------------------------- people and SIGs


def _read_contacts(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Handles under Primary contact; where it names nobody, those of /assign lines anywhere."""
    contact = tuple(line for line in _lines(sections, Field.CONTACT) if not is_quoted(line))
    named = distinct(login for line in contact for login in _logins(line))
    if named:
        return named
    lone = _lone_login(contact)
    if lone:
        return (lone,)
    return distinct(
        login for section in sections for line in section.lines if _ASSIGN.match(line) for login in _logins(line)
    )


def _logins(line: str) -> tuple[str, ...]:
    line = _FORMER.sub(" ", standing(line[:500])).replace("/@", " @")
    assigned = _ASSIGN.match(line)
    if assigned is None and line.lstrip().startswith("/"):  # another command: "/cc @ann"
        return ()
    mentioned = (*_MENTION.findall(line), *_PROFILE.findall(line))
    if mentioned or assigned is None:
        return tuple(login for login in mentioned if login.casefold() not in _NOBODY)
    words = (word.strip(".,;:()`*") for word in re.split(r"[\s,;&]+", assigned["who"]))
    return tuple(word for word in words if _LOGIN.fullmatch(word) and word.casefold() not in _NOBODY)


def _lone_login(lines: tuple[str, ...]) -> str | None:
    """A handle without "@" that is all the field says."""
    values = [line.strip(" \t*_`.") for line in lines if line.strip() and not line.lstrip().startswith("/")]
    if len(values) != 1 or not _LOGIN.fullmatch(values[0]) or values[0].casefold() in _NOBODY:
        return None
    return values[0]


def _read_sigs(sections: tuple[Section, ...], process: Process) -> tuple[str | None, tuple[str, ...]]:
    """SIGs of their field; commands elsewhere set labels too, and so count as additional ones."""
    said = (line for line in _lines(sections, Field.SIGS) if not is_quoted(line))
    primary, others = read_sig_lines(said, process)
    elsewhere = (line for s in sections if s.field is not Field.SIGS for line in s.lines)
    stray = commanded_sigs(line for line in elsewhere if not is_quoted(line))
    if primary is None and not others and len(stray) == 1:
        return stray[0], ()
    return primary, tuple(sig for sig in distinct((*others, *stray)) if sig != primary)


# ---------------------------------------------------------------- stage and targets


def _read_stage(sections: tuple[Section, ...]) -> tuple[str, TrackerStage | None]:
    """The words under the first Current Feature Stage, and the stage that any of these headings names."""
    raw: list[str] = []
    stage: TrackerStage | None = None
    for section in sections:
        if section.field is Field.STAGE:
            kept = [line.rstrip() for line in section.lines if not is_quoted(line)]
            raw.append("\n".join(kept).strip())
            stage = stage or _stage_of(kept)
    return next((text for text in raw if text), ""), stage


def _stage_of(lines: list[str]) -> TrackerStage | None:
    """The stage of the first line that says something; of a list with boxes, the ticked one."""
    for line in lines:
        line = standing(line)
        box = _BOX.match(line)
        text = line[box.end() if box else 0 :].strip()
        if not text or (box and box["mark"] is not None and not box["mark"].strip()):
            continue
        if found := _STAGE_AHEAD.match(text):
            return _tracker_stage(found[1])
        named = {_tracker_stage(word) for word in _STAGE_WITHIN.findall(text)}
        if len(named) == 1 and len(text.split()) <= 4 and not _NOT_YET.search(text):
            return named.pop()
        return None
    return None


def _tracker_stage(word: str) -> TrackerStage:
    if stage := STAGES.get(word.casefold()):
        return TrackerStage(stage.value)
    return TrackerStage.NEW if word.casefold() == "new" else TrackerStage.DEPRECATED


def _read_targets(sections: tuple[Section, ...]) -> Targets:
    """Target lines; for a stage without one, what the timeline says beside the stage's name."""
    said: list[tuple[Stage, str | None]] = []
    beside: list[tuple[Stage, str | None]] = []
    for section in sections:
        waiting: Stage | None = None
        for line in section.lines:
            if is_quoted(line):
                continue
            target = read_target(line)
            if target:
                said.append(target)
            elif section.field is Field.TIMELINE and (staged := read_staged_versions(line)):
                beside.extend(staged)
            elif waiting and (version := _version_below(line)):
                said.append((waiting, version))
            if line.strip():
                waiting = target[0] if target and not target[1] else None
    return complete(gather(said), gather(beside))


def _version_below(line: str) -> str | None:
    """The version of a line that holds little else: the value of a target line that stands on the next one."""
    return read_version(line) if len(line) <= 60 and _VERSION_BELOW.fullmatch(line) else None
