"""Stage words and the target lines of trackers and documents; a line that names no stage or no version says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from vep_tui.core.models import Stage, Targets
from vep_tui.core.text import standing
from vep_tui.core.versions import denies_version, read_version

STAGES = {
    "alpha": Stage.ALPHA,
    "alfa": Stage.ALPHA,
    "beta": Stage.BETA,
    "stable": Stage.GA,
    "ga": Stage.GA,
    "general availability": Stage.GA,
}
"""What people call the stages, in lower case."""
STAGE = f"(?:{'|'.join(STAGES)})"
"""Pattern of a stage's name."""

_STAGE_WORD = re.compile(rf"({STAGE})(?:[ -]?\d)?(?!\w)", re.IGNORECASE)
_TRACKER_TARGET = re.compile(rf"({STAGE})(?:[ -]?\d)?(?!\w)[^:\n]{{0,40}}?\btargets?\b(.*)", re.IGNORECASE)
_DOCUMENT_TARGET = re.compile(
    rf"\btarget(?:s|ed|ing)?\s+(?:the\s+)?({STAGE})(?:[ -]?\d)?(?!\w)(?:\s+(?:for|in))?(?:\s+(?:version|release))?(.*)",
    re.IGNORECASE,
)
_NOT_AHEAD = re.compile(r"\b(?:not|n['’]t|no longer|never)\s+(?:\w+\s+)?$", re.IGNORECASE)
_SHIP_TARGET = re.compile(r"\bship(?:s|ping)?\s+target(?:\s+(?:version|release))?\b(.*)", re.IGNORECASE)
_VERSION_AHEAD = re.compile(rf"v?\d{{1,3}}[.,]\d\S{{0,12}}[\s:(–—-]{{1,4}}({STAGE})\W*", re.IGNORECASE)
_VERSION_BEHIND = re.compile(
    rf"({STAGE})(?:[ -]?\d)?(?!\w)[\s:(\[|*_`–—-]{{0,8}}(?:(?:in|for|targets?|release)\s+)*(v?\d.*)",
    re.IGNORECASE,
)
_NEXT_STAGE = re.compile(rf"[,;]\s{{1,3}}(?={STAGE}(?:[ -]?\d)?\s{{0,2}}[:(]?\s{{0,2}}v?\d)", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*\*|__|`")
_ADDRESS = re.compile(r"https?://\S+")
_BEGINNING = re.compile(r"[\s>]*(?:(?:[-*+|]|\d{1,2}[.)])\s+)?(?:\[[^\]\w]{0,2}[xX+vV]?[^\]\w]{0,2}\](?!\())?[\s*_|]*")


def stage_named(word: str) -> Stage | None:
    """The stage a word or short phrase begins with: "Stable", "alpha 2", "GA (v1.9)"; None when with none."""
    found = _STAGE_WORD.match(word.strip())
    return STAGES[found[1].casefold()] if found else None


def read_target(line: str) -> tuple[Stage, str | None] | None:
    """The stage and version of a line such as "* Alpha release target (x.y): 1.9", or None for any other line.

    A version of None means that the line is a target line without one. Reads the template's line in all its
    deviations, the document's "This VEP targets alpha for version: v1.9", and "Ship target version", which is what a
    feature without stages says for GA.
    """
    if "target" not in line.casefold():
        return None  # nearly all of them
    line = _plain(line)
    if found := _TRACKER_TARGET.match(line) or _DOCUMENT_TARGET.search(line):
        stage = stage_named(found[1])
        denied = _NOT_AHEAD.search(line[: found.start()]) is not None
        return (stage, None if denied else _target_version(found[2])) if stage else None
    found = _SHIP_TARGET.search(line)
    return (Stage.GA, _target_version(found[1])) if found else None


def read_staged_version(line: str) -> tuple[Stage, str] | None:
    """The stage and version of a line without the word target: "* [x] Beta (v1.8.0)", "Alpha: 1.9", "1.9 Alpha"."""
    if not line.strip():
        return None
    line = _plain(line)
    if found := _VERSION_BEHIND.match(line):
        version = read_version(found[2])
    elif found := _VERSION_AHEAD.fullmatch(line):
        version = read_version(line)
    else:
        return None
    stage = stage_named(found[1])
    return (stage, version) if stage and version else None


def read_staged_versions(line: str) -> tuple[tuple[Stage, str], ...]:
    """Those of a line that may name several stages: "Alpha: v1.9, Beta: v1.10"."""
    if len(parts := _NEXT_STAGE.split(line[:400])) == 1 or stage_named(_plain(parts[0])) is None:
        return (staged,) if (staged := read_staged_version(line)) else ()
    return tuple(staged for part in parts if (staged := read_staged_version(part)))


def read_targets(line: str) -> tuple[tuple[Stage, str | None], ...]:
    """What a line says of targets in either form."""
    target = read_target(line)
    return (target,) if target else read_staged_versions(line)


def gather(named: Iterable[tuple[Stage, str | None]]) -> Targets:
    """Targets of which the last version named for a stage counts."""
    targets = Targets()
    for stage, version in named:
        if version:
            targets = replace(targets, **{stage.value: version})
    return targets


def complete(targets: Targets, fallback: Targets) -> Targets:
    """The first targets, with the second ones where they are silent."""
    return Targets(
        alpha=targets.alpha or fallback.alpha,
        beta=targets.beta or fallback.beta,
        ga=targets.ga or fallback.ga,
    )


def _plain(line: str) -> str:
    """A line without emphasis, what is struck out, addresses, bullet and box; cut to what such a line can need."""
    line = _ADDRESS.sub("", standing(_EMPHASIS.sub("", line[:400])))
    beginning = _BEGINNING.match(line)
    return line[beginning.end() if beginning else 0 :].strip(" \t[(<\"'")


def _target_version(rest: str) -> str | None:
    """The version behind the colon; in front of it ("(1.8):", "1.8:") only when nothing is behind it."""
    label, _, value = rest.partition(":")
    value = value.strip(" \t*_`]|")
    if not value:
        return read_version(label.strip(" \t|"))
    return read_version(value) or (None if denies_version(value) else read_version(label))
