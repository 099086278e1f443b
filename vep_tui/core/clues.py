"""What a pull request's own text says about the proposals it serves; it does not decide whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from vep_tui.core.models import Bug, PullRequest
from vep_tui.core.process import Process
from vep_tui.core.refs import spelled_out
from vep_tui.core.text import FENCED, standing

# Every repetition is bounded and starts at a word boundary, so that a megabyte of one letter stays linear.
_LINK = re.compile(r"(?<![\w.-])([\w.-]{1,100}/[\w.-]{1,100})/(pulls?|issues?)/(\d{1,9})(?!\d)")
_HASH = re.compile(r"(?<![\w./-])((?:[\w.-]{1,100}/)?[\w.-]{1,100})?#(\d{1,9})(?!\w)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCED = re.compile(FENCED, re.DOTALL | re.MULTILINE)
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"0*(\d{1,6})(?=[-_.]|$)")
_OWNS = (
    r"track(?:ing|er)\b|\bimplement(?:s|ing|ation of)?\b"
    r"|\b(?:fix(?:es|ed)?|close[sd]?|resolve[sd]?|part of|addresses)\b"
)
_ASIDE = re.compile(
    r"\b(?:(?:un)?relat(?:ed|es)|see also|(?:in)?depend(?:s|ing|ent|ently)?|similar|unlike|follow[- ]?up|blocked"
    r"|requires?|inspired|instead of|not part of|conflicts?|compare|supersedes?|cc|prior art|builds on"
    r"|prerequisites?)\b[^\d\n]{0,60}$",
    re.IGNORECASE,
)
_PICK = re.compile(r"cherry[- ]?pick|manual(?:ly)? pick|back-?port|\[release-[\w.-]{1,20}\]", re.IGNORECASE)
_REVERT = re.compile(r"\breverts?\b", re.IGNORECASE)
_RELEASE_PREFIX = re.compile(r"^\s*(?:\[[^\]]{1,40}\]\s*)+")


@dataclass(frozen=True, slots=True)
class Clues:
    """Numbers are those of the enhancements repository, where issues and pull requests share one space."""

    tracked: frozenset[int] = frozenset()
    """Named as what it tracks or implements: "Tracking issue: #190"."""
    named: frozenset[int] = frozenset()
    """Named without a word about why."""
    aside: frozenset[int] = frozenset()
    """Named as something else: "related to", "depends on"."""
    as_pull: frozenset[int] = frozenset()
    """Those only ever linked as `/pull/N`: perhaps a proposal, perhaps of this very VEP."""
    worded: frozenset[int] = frozenset()
    """Written as "VEP-190" in the body, which is often a wrong number."""
    title_number: int | None = None
    """The number behind "VEP" in the title, which is often a wrong number."""
    folders: frozenset[str] = frozenset()
    """Proposal folders linked in the body, as `sig-x/190-name`."""
    touched: frozenset[str] = frozenset()
    """Proposal folders among the changed files."""
    refs: frozenset[str] = frozenset()
    """Every `owner/repo#n` named, in lower case."""
    originals: tuple[str, ...] = ()
    """What a pull request against a release branch says it picks, in lower case."""
    reverts: tuple[str, ...] = ()
    """What it says it reverts, in lower case."""

    @property
    def numbers(self) -> frozenset[int]:
        """Every number of the enhancements repository it links to."""
        return self.tracked | self.named | self.aside


@dataclass(slots=True)
class _Found:
    tracked: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    aside: set[int] = field(default_factory=set)
    worded: set[int] = field(default_factory=set)
    not_pull: set[int] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    refs: set[str] = field(default_factory=set)
    picked: list[str] = field(default_factory=list)
    reverted: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text stands and what names mean there; hashable, so that reading is cached."""

    repository: str
    enhancements: str
    repositories: tuple[str, ...]
    proposal: str
    documents: str

    def full_name(self, name: str) -> str | None:
        """`owner/name` of a repository written in full, in short or not at all."""
        low = name.casefold()
        if not low:
            return self.repository
        if "/" in low:
            return low
        return next((r for r in self.repositories if r.rpartition("/")[2] == low), None)


def clues_of(pull: PullRequest, process: Process) -> Clues:
    """The clues of a pull request; cached by its text, so that asking for every VEP is cheap."""
    body = spelled_out(pull.body, process.addresses)
    return _read(_place(pull.repository, process), pull.title, body, pull.files, pull.base)


def clues_of_bug(bug: Bug, process: Process) -> Clues:
    """The clues of an issue or pull request that is labelled as a bug."""
    body = spelled_out(bug.body, process.addresses)
    return _read(_place(bug.ref.partition("#")[0], process), bug.title, body, (), "")


def plain_title(title: str) -> str:
    """A title without leading `[release-1.9]` marks, folded for comparison."""
    return _RELEASE_PREFIX.sub("", title).strip().casefold()


def folder_of(path: str, documents: str) -> str | None:
    """`sig-x/190-name` of a path below the documents folder; None for other paths and for the template.

    Where a SIG keeps the proposals of a part of it in a folder of their own: `sig-x/part/190-name`.
    """
    parts = path.strip("/").split("/")
    if len(parts) < 3 or parts[0] != documents or any(p.upper().startswith("NNNN") for p in parts):
        return None
    inner = len(parts) > 4 or (len(parts) == 4 and "." not in parts[3])
    inner = inner and bool(_NUMBERED.match(parts[3])) and not any(map(_NUMBERED.match, parts[1:3]))
    return "/".join(parts[1 : 4 if inner else 3])


def own_folder(document_path: str | None, process: Process) -> str | None:
    """The folder of a proposal's document, as `folder_of` tells it; None without a document."""
    return folder_of(document_path or "", process.paths.get("documents", "veps"))


def folder_number(folder: str) -> int | None:
    """The number a proposal folder begins with, at any level."""
    for part in reversed(folder.split("/")):
        if found := _NUMBERED.match(part):
            return int(found.group(1))
    return None


def _place(repository: str, process: Process) -> _Place:
    names = tuple(r.casefold() for r in process.repositories.values())
    documents = process.paths.get("documents", "veps")
    return _Place(repository.casefold(), process.enhancements.casefold(), names, process.proposal, documents)


@lru_cache(maxsize=128)
def _read(place: _Place, title: str, body: str, files: tuple[str, ...], base: str) -> Clues:
    found = _Found()
    proposal = place.proposal
    words = _Words(
        _worded(proposal), _paths(place.documents), _owns(proposal), _labelled(proposal), _filled_in(proposal)
    )
    # "VEP #21:" of a title is a number people get wrong, not a link, though it looks like "#21".
    _read_line(words.number.sub(" ", title), "", place, words, found)
    for line, sense in _lines(standing(_FENCED.sub(_shown, _COMMENT.sub("", body))), words.owns):
        _read_line(line, sense, place, words, found)
    in_title = words.number.search(title)
    touched = {f for f in (folder_of(path, place.documents) for path in files) if f}
    picks = base.startswith("release-") or _PICK.search(title)
    return Clues(
        tracked=frozenset(found.tracked),
        named=frozenset(found.named - found.tracked),
        aside=frozenset(found.aside - found.tracked - found.named),
        as_pull=frozenset((found.tracked | found.named | found.aside) - found.not_pull),
        worded=frozenset(found.worded),
        title_number=int(in_title.group(1)) if in_title else None,
        folders=frozenset(found.folders),
        touched=frozenset(touched) if place.repository == place.enhancements else frozenset(),
        refs=frozenset(found.refs),
        originals=tuple(dict.fromkeys(found.picked)) if picks else (),
        reverts=tuple(dict.fromkeys(found.reverted)),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    number: re.Pattern[str]
    path: re.Pattern[str]
    owns: re.Pattern[str]
    """What says that the number on the line is the one it serves."""
    label: re.Pattern[str]
    """How a line begins that says so whatever stands above it."""
    filled_in: re.Pattern[str]
    """A whole line with a bare number: "VEP tracking issue: #190"."""


@lru_cache(maxsize=8)
def _paths(documents: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(documents)}/[\w.-]{{1,100}}/[\w.-]{{1,150}}(?:/\d[\w.-]{{0,150}})?")


@lru_cache(maxsize=8)
def _owns(proposal: str) -> re.Pattern[str]:
    return re.compile(rf"{_OWNS}|\bissue link:|\b{_label(proposal)}", re.IGNORECASE)


@lru_cache(maxsize=8)
def _labelled(proposal: str) -> re.Pattern[str]:
    return re.compile(rf"\W{{0,5}}{_label(proposal)}", re.IGNORECASE)


def _label(proposal: str) -> str:
    """Pattern of "KEP:", "VEP issue:" and "[KEP]:"."""
    return rf"(?:KEP|{re.escape(proposal)})(?:\s+(?:PR|issue|link))?\W{{0,3}}:"


@lru_cache(maxsize=8)
def _worded(proposal: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![A-Za-z]){re.escape(proposal)}[\s#_\[-]{{0,4}}0{{0,6}}(\d{{1,6}})(?!\d|\.\d)", re.IGNORECASE
    )


@lru_cache(maxsize=8)
def _filled_in(proposal: str) -> re.Pattern[str]:
    name = rf"{re.escape(proposal)}(?:[ \t]+(?:tracking[ \t]+issue|tracker|issue))?"
    return re.compile(rf"\W{{0,5}}{name}\W{{0,3}}:\W{{0,6}}0{{0,6}}(\d{{1,6}})\W{{0,5}}", re.IGNORECASE)


def _shown(block: re.Match[str]) -> str:
    """A fenced block is an example, except the one that a template wants filled in: "```docs"."""
    return block[0] if block[0].lstrip(" \t`~").startswith("docs") else ""


def _lines(text: str, owns: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Lines with the sense a label above them lends: "owns", "aside", "picks", "quoted" or ""."""
    sense, alert = "", False
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = raw.strip()
        if not line:
            continue
        alert = line.startswith(">") and (alert or line.lstrip("> ").startswith("[!"))  # GitHub's own words, boxed
        if line.startswith(">") and not alert:
            yield line, "quoted"
            continue
        bare = line.strip("*_ \t-+>")
        if not _DIGIT.search(line):
            label = bare.endswith(":") or line.startswith(("#", "**"))
            sense = _sense(bare, owns) if label else ""
            continue
        if bare.endswith(":") and _PICK.search(bare):  # "Cherry-pick to release-1.9 of:"
            yield line, sense
            sense = "picks"
            continue
        yield line, sense
        if not line.startswith(("-", "*", "+", "#", "http", "[")):
            sense = ""


def _sense(label: str, owns: re.Pattern[str]) -> str:
    if owns.search(label):
        return "owns"
    return "aside" if _ASIDE.search(label) else "picks" if _PICK.search(label) else ""


def _read_line(line: str, sense: str, place: _Place, words: _Words, found: _Found) -> None:
    quoted = sense == "quoted"
    sense = "owns" if words.label.match(line) and not quoted else sense
    owns = not quoted and (bool(words.owns.search(line)) or sense == "owns")
    picks, reverts = sense == "picks" or bool(_PICK.search(line)), bool(_REVERT.search(line))
    for start, repository, number, form in _references(line, place, words):
        ref = f"{repository}#{number}"
        found.refs.add(ref)
        if picks:
            found.picked.append(ref)
        if reverts:
            found.reverted.append(ref)
        if repository == place.enhancements:
            aside = sense == "aside" or bool(_ASIDE.search(line[:start][-120:]))
            (found.aside if aside else found.tracked if owns else found.named).add(number)
            if not form.startswith("pull"):
                found.not_pull.add(number)
    for match in words.number.finditer(line):
        if not _ASIDE.search(line[: match.start()][-120:]):
            found.worded.add(int(match.group(1)))
    if not quoted and (whole := words.filled_in.fullmatch(line)):
        found.worded.add(int(whole.group(1)))
    for match in words.path.finditer(line):
        if folder := folder_of(match.group(0), place.documents):
            found.folders.add(folder)


def _references(line: str, place: _Place, words: _Words) -> Iterator[tuple[int, str, int, str]]:
    """(position, repository in lower case, number, form) of every reference in a line."""
    for match in _LINK.finditer(line):
        yield match.start(), match.group(1).casefold(), int(match.group(3)), match.group(2)
    if place.repository != place.enhancements:
        # "VEP #21" is no pull request of this repository; blanks keep the positions.
        line = words.number.sub(lambda match: " " * len(match.group(0)), line)
    for match in _HASH.finditer(line):
        if repository := place.full_name(match.group(1) or ""):
            yield match.start(), repository, int(match.group(2)), "#"
