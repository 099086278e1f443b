"""SIG names in a tracker's labels, commands and prose; it does not decide which SIG owns a VEP."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from vep_tui.core.process import Process
from vep_tui.core.refs import distinct
from vep_tui.core.text import standing

_LABEL = re.compile(
    r"[\s*_>-]*(?P<which>primary|owning|additional|other|participating)[ \t]+sigs?\b[ \t*_]*"
    r"(?:\([^()\n]{0,60}\))?[ \t*_]*:?[ \t*_]*(?P<value>.*)",
    re.IGNORECASE,
)
_NEXT_LABEL = re.compile(
    r"(?<=\S)[\s,;|]{1,8}(?=(?:primary|owning|additional|other|participating)[ \t]+sigs?\b)", re.IGNORECASE
)
_COMMAND = re.compile(r"[\s*>`-]*/(?P<command>sig|label)\b[ \t]*(?P<value>.*)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_ADDRESS = re.compile(r"https?://\S+|#\d+")
_WORD = re.compile(r"[A-Za-z$][\w$/-]{0,60}")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
_NO_SIG_WORDS = (
    "all and any each every everyone everything for many multiple n/a na nil no none not null only optional or"
    " other others primary see several the todo tbd various with"
)
_NOTHING = frozenset(_NO_SIG_WORDS.split())
_DENIAL = re.compile(r"[\s*_`<(-]*(?:n/?a|none|no|tbd|todo|nil|null)\b", re.IGNORECASE)


def label_sigs(labels: Iterable[str], process: Process) -> tuple[str, ...]:
    """The SIGs among an issue's labels, in their order."""
    prefix = process.labels["sig_prefix"].casefold()
    return distinct(label[len(prefix) :] for label in labels if label.casefold().startswith(prefix))


def sig_name(text: str) -> str | None:
    """A SIG's plain name from "sig-compute", "sig/compute", "/sig compute" or "@kubevirt/sig-compute"."""
    name = text.strip().strip("@`*_.,;:\"'<>[]").casefold()
    name = name.rpartition("/")[2] if "/" in name else name
    name = name.removeprefix("sig-").removeprefix("sig ").strip().replace(" ", "-").replace("_", "-")
    return name if _NAME.fullmatch(name) and name not in _NOTHING and name not in ("sig", "sigs") else None


def read_sig_lines(lines: Iterable[str], process: Process) -> tuple[str | None, tuple[str, ...]]:
    """The primary SIG and the others of a tracker's Responsible SIGs.

    The primary is the first name under its label; without that label, the first name of all. "Primary SIG: N/A" says
    that there is none, and what follows counts as additional. Names that no list knows are kept: they were written.
    """
    primary: list[str] = []
    named: list[str] = []
    additional: list[str] = []
    denied = False
    current = named
    for line in (part for whole in lines for part in _NEXT_LABEL.split(whole)):
        if label := _LABEL.match(line):
            wanted = label["which"].casefold() in ("primary", "owning")
            current = primary if wanted else additional
            line = label["value"]
            if wanted and _DENIAL.match(line):
                denied, current = True, additional
                continue
        current.extend(read_sigs_of_line(line, process))
    owner = None if denied and not primary else next(iter((*primary, *named)), None)
    return owner, tuple(sig for sig in distinct((*named, *primary, *additional)) if sig != owner)


def commanded_sigs(lines: Iterable[str]) -> tuple[str, ...]:
    """The SIGs of the /sig commands (and of /label sig/...) among some lines."""
    return distinct(sig for line in lines for sig in _commanded(line) or ())


def read_sigs_of_line(line: str, process: Process) -> tuple[str, ...]:
    """The SIGs one line names: by command, as a list of names, or as "sig-x" in prose."""
    line = standing(line[:300])
    if not line.strip():
        return ()
    commanded = _commanded(line)
    if commanded is not None:
        return commanded
    if line.lstrip().startswith("/"):  # another command: "/cc @org/sig-x", "/kind api-change"
        return ()
    text = _ADDRESS.sub(" ", _ASIDE.sub(" ", line))
    if _DENIAL.match(text):
        return ()
    known = _known(text, process)
    words = [word.casefold() for word in _WORD.findall(text)]
    rest = [word for word in words if word not in ("sig", "sigs") and word not in _NOTHING]
    if known and len(rest) <= 2 * len(known) + 1:
        return known
    if len(rest) == 1 and len(words) <= 2 and "$" not in rest[0]:
        name = sig_name(rest[0])
        return (name,) if name else ()
    return tuple(sig for sig in known if re.search(rf"\bsig[-/ ]{re.escape(sig)}\b", text, re.IGNORECASE))


def _commanded(line: str) -> tuple[str, ...] | None:
    """The SIGs of a command line, or None when the line is no SIG command."""
    found = _COMMAND.match(line)
    if found is None:
        return None
    words = _ASIDE.sub(" ", found["value"][:300]).replace(",", " ").split()
    if found["command"].casefold() == "label":
        words = [word for word in words if word.casefold().startswith("sig")]
    return distinct(name for word in words if not word.startswith(("$", "(")) and (name := sig_name(word)))


def _known(text: str, process: Process) -> tuple[str, ...]:
    """The SIGs of the process that a text names, in its order."""
    folded = text.casefold().replace("_", "-")
    places: list[tuple[int, str]] = []
    for sig in process.known_sigs:
        if found := _pattern_of(sig).search(folded):
            places.append((found.start(), sig))
    return tuple(sig for _, sig in sorted(places))


@cache
def _pattern_of(sig: str) -> re.Pattern[str]:
    pattern = re.escape(sig).replace(r"\-", "[- ]")
    return re.compile(rf"(?<![a-z])(?:sig[-/ ]?)?{pattern}(?![a-z])")
