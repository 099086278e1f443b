"""The text of a `vep.md` as a `Document`: its front matter, else its prose; total, and never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from vep_tui.core.gates import gates_named
from vep_tui.core.models import Criterion, Document, Stage, Targets
from vep_tui.core.outline import LARGEST, Block, read_outline
from vep_tui.core.process import Process
from vep_tui.core.refs import distinct, read_pulls, read_refs, spelled_out
from vep_tui.core.sigs import sig_name
from vep_tui.core.targets import STAGE, complete, gather, read_staged_versions, read_targets, stage_named
from vep_tui.core.text import clean, even, lines, one_line, safe_store, standing, strip_html_comments
from vep_tui.core.tracker import HIGHEST_OWN, read_title
from vep_tui.core.versions import bare_versions, read_version
from vep_tui.core.yamls import read_yaml, text_at, texts

_LONGEST_FRONT_MATTER = 400
"""Lines."""
_HANDLE = re.compile(
    r"[\"'“”‘’<]*@?(?P<login>[A-Za-z0-9][A-Za-z0-9-]{0,38})[\"'“”‘’>]*@?(?:\s+[(–—-].*|,?\s+for\s.*)?", re.ASCII
)
"""A handle as people put it down, with a remark behind it: "@alice (for the API)"."""
_NOBODY = frozenset(("tbd", "tba", "none", "todo", "null", "unknown"))
_NO_GATE = re.compile(r"(?:n/?a|none|tbd|todo|null|no)\b", re.IGNORECASE)
_GATE = re.compile(r"[A-Za-z][\w-]{1,79}", re.ASCII)
_TARGETS = re.compile(r"\btarget\s+releases?\b|\brelease\s+targets?\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s]*\)|\\(?=[^\w\s])")
"""A link, of which the words stay, and the sign that takes its meaning from the next one."""
_GRADUATION = re.compile(
    r"\bgraduation\b(?:.*\b(?:requirements?|criteria|phases|plan)\b|\s*$)|\bfeature\s+lifecycle\s+phases\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(r"\bimplementation\s+history\b", re.IGNORECASE)
_STAGE_LABEL = re.compile(r"(?:\*\*|__)(?P<name>[^*_\n]{2,40}?)(?:\*\*|__)(?P<rest>[^\n]{0,40})", re.ASCII)
_STAGE_HEADING = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+|[^\w\s]{1,4}\s+)?(?:(?:phase|stage)\s*\d?\s*:?\s*)?"
    rf"(?P<name>{STAGE}(?:[ -]?\d)?\b.*)",
    re.IGNORECASE,
)
"""Its number ("7.1 Alpha"), or a sign, may stand before it."""
_RISE = re.compile(
    rf".{{0,40}}?\b(?:{STAGE}(?:[ -]?\d)?|graduat\w+|new)[*_`\s]*(?:\bto\b|-+>|=>|→)[*_`\s]*(?P<to>.*)", re.IGNORECASE
)
"""What is asked for on the way from one stage to the next, and so belongs to the stage that is reached."""
_CRITERION = re.compile(r"\[(?P<mark>[ xX+vV✓✔✅-]{0,3})\](?!\()\s*")
_SECTION_NAMES = frozenset(
    ("overview", "summary", "motivation", "goals", "design", "status metadata", "release signoff checklist")
)


def read_document(text: str, process: Process, metadata: str = "") -> Document:
    """What a document says about its proposal; an unreadable front matter counts as none.

    `metadata` is the YAML file beside it, where the process keeps the facts there; it counts before the front matter.
    """
    text = even(clean(safe_store(text if isinstance(text, str) else "")[:LARGEST]))
    front, body = _split(text)
    beside = read_yaml(metadata) if metadata else None
    front |= beside if isinstance(beside, dict) else {}
    body = bare_versions(spelled_out(strip_html_comments(body), process.addresses), process.tracker.projects)
    blocks = read_outline(body)
    title, number = _read_heading(blocks, process)
    highest = process.thresholds.get("highest_own", HIGHEST_OWN)
    repository = process.enhancements
    gates = _front_gates(front)
    own = _whole_number(text_at(front, f"{process.proposal.casefold()}-number"))
    prose = _read_targets(_section(blocks, _TARGETS))
    # "VEP #97" in a history names another proposal: a tracking issue, not a change.
    proposals = re.compile(rf"\b{re.escape(process.proposal)}[ \t]*#\d{{1,9}}", re.IGNORECASE)
    history = proposals.sub(" ", "\n".join(block.text for block in _section(blocks, _HISTORY)))
    return Document(
        title=title or one_line(text_at(front, "title")),
        title_number=number,
        targets=complete(_front_targets(front), prose),
        status=text_at(front, "status").casefold() or None,
        owning_sig=sig_name(text_at(front, "owning-sig")),
        participating_sigs=distinct(s for t in _words(front, "participating-sigs") if (s := sig_name(t))),
        reviewers=_handles(front, "reviewers"),
        approvers=_handles(front, "approvers"),
        authors=_handles(front, "authors"),
        feature_gates=gates_named(block.text for block in blocks) if gates is None else gates,
        stage=stage_named(text_at(front, "stage")),
        tracking_issue=own or number,
        graduation=_read_graduation(blocks),
        history=read_pulls(history, repository, highest=highest),
        mentioned=read_refs(body, repository, highest=highest),
        has_front_matter=bool(front),
    )


# ---------------------------------------------------------------- front matter


def _split(text: str) -> tuple[dict[Any, Any], str]:
    """Front matter as a mapping, and the text behind it; the whole text where there is none."""
    all_lines = lines(text)
    if all_lines[0].rstrip() != "---":
        return {}, text
    for index, line in enumerate(all_lines[1:_LONGEST_FRONT_MATTER], start=1):
        if line.rstrip() in ("---", "..."):
            front = read_yaml("\n".join(all_lines[1:index]))
            return (front if isinstance(front, dict) else {}), "\n".join(all_lines[index + 1 :])
    return {}, text


def _words(front: dict[Any, Any], key: str) -> tuple[str, ...]:
    """A list of words, also when it was written as one string with commas."""
    return tuple(word.strip() for text in texts(front.get(key)) for word in text.split(",") if word.strip())


def _handles(front: dict[Any, Any], key: str) -> tuple[str, ...]:
    found = (_HANDLE.fullmatch(word) for word in _words(front, key))
    return distinct(match["login"] for match in found if match and match["login"].casefold() not in _NOBODY)


def _front_gates(front: dict[Any, Any]) -> tuple[str, ...] | None:
    """None where nothing is said of gates; an empty list says that there is none."""
    if front.get("feature-gate") is None and front.get("feature-gates") is None:
        return None
    listed = front.get("feature-gates")
    entries = [text_at(entry, "name") for entry in listed] if isinstance(listed, list) else []
    named = (word.strip("`") for key in ("feature-gate", "feature-gates") for word in (*_words(front, key), *entries))
    return distinct(word for word in named if _GATE.fullmatch(word) and not _NO_GATE.match(word))


def _front_targets(front: dict[Any, Any]) -> Targets:
    """`milestone` by stage; one version (there, or as `latest-milestone`) is that of the present `stage`."""
    milestone = front.get("milestone")
    if isinstance(milestone, dict):
        named = ((stage_named(str(key)), value) for key, value in milestone.items() if isinstance(value, str))
        return gather((stage, read_version(value)) for stage, value in named if stage)
    stage = stage_named(text_at(front, "stage"))
    version = read_version(milestone if isinstance(milestone, str) else text_at(front, "latest-milestone"))
    return gather([(stage, version)]) if stage and version else Targets()


def _whole_number(text: str) -> int | None:
    digits = text.lstrip("#")
    return (int(digits) or None) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


# ---------------------------------------------------------------- prose


def _read_heading(blocks: Sequence[Block], process: Process) -> tuple[str, int | None]:
    """Text and number of the first heading, unless it is only the name of a section."""
    first = next((block for block in blocks if block.level), None)
    if first is None:
        return "", None
    text = one_line(_MARKDOWN.sub(r"\1", first.text).replace("**", ""))
    prefixed, number, rest = read_title(text, process)
    if prefixed:
        return rest, number
    name = text.casefold().removeprefix(f"{process.proposal.casefold()} ")
    return ("" if first.level > 1 or name in _SECTION_NAMES else text), None


def _section(blocks: Sequence[Block], name: re.Pattern[str]) -> tuple[Block, ...]:
    """The blocks under the first heading of that name, up to the next heading of its level or above.

    Headings of stages stay inside, whatever their level: authors put them beside the heading they belong under.
    """
    return next(_sections(blocks, name), ())


def _sections(blocks: Sequence[Block], name: re.Pattern[str]) -> Iterator[tuple[Block, ...]]:
    """The same for every heading of that name, in their order; one inside another's blocks opens none of its own."""
    head: Block | None = None
    found: list[Block] = []
    for block in blocks:
        if head and block.level and block.level <= head.level and not _STAGE_HEADING.match(block.text):
            yield tuple(found)
            head, found = None, []
        if head:
            found.append(block)
        elif block.level and name.search(block.text):
            head = block
    if head:
        yield tuple(found)


def _read_targets(section: Sequence[Block]) -> Targets:
    """The lines of "Target releases", each with the lines it continues on; sections nested in it do not count."""
    said: list[str] = []
    for block in section:
        if block.level:
            break
        for index, line in enumerate(lines(block.text)):
            if index == 0 or "target" in line.casefold() or read_staged_versions(line):
                said.append(line)
            else:
                said[-1] += f" {line.strip()}"
    return gather(target for line in said for target in read_targets(line))


def _read_graduation(blocks: Sequence[Block]) -> tuple[tuple[Stage, tuple[Criterion, ...]], ...]:
    """The list items under each stage's heading, or under its name in bold, in the first section that has some.

    The title is no section, though it may speak of graduation.
    """
    title = next((i for i, block in enumerate(blocks) if block.level), 0)
    criteria: dict[Stage, list[Criterion]] = {}
    for section in _sections(blocks[title + 1 :], _GRADUATION):
        for stage, block in _staged(section):
            if (criterion := _criterion(block.text)) is not None:
                criteria.setdefault(stage, []).append(criterion)
        if criteria:
            break
    return tuple((stage, tuple(criteria[stage])) for stage in Stage if stage in criteria)


def _staged(section: Sequence[Block]) -> Iterator[tuple[Stage, Block]]:
    stage: Stage | None = None
    level = 0
    for block in section:
        opened = _stage_opened(block)
        if opened is not None:
            stage, level = opened, block.level
        elif block.level and block.level <= level:
            stage = None
        elif stage is not None and block.item:
            yield stage, block


def _stage_opened(block: Block) -> Stage | None:
    if block.level:
        return _stage_of_heading(block.text.strip("*_` "))
    label = _STAGE_LABEL.match(block.text)
    if label is None or not (label["rest"].strip(": ") == "" or label["name"].rstrip().endswith(":")):
        return None
    return _stage_of_heading(label["name"]) if _RISE.match(label["name"]) else stage_named(label["name"])


def _stage_of_heading(text: str) -> Stage | None:
    if rise := _RISE.match(text):
        return stage_named(rise["to"].replace("G.A", "GA"))
    found = _STAGE_HEADING.match(text)
    return stage_named(found["name"]) if found else None


def _criterion(text: str) -> Criterion | None:
    """One requirement; None for an empty one and for one that is struck out."""
    box = _CRITERION.match(text)
    words = one_line(text[box.end() if box else 0 :])
    if not standing(words).strip():
        return None
    return Criterion(words, None if box is None else box["mark"].strip(" -") != "")
