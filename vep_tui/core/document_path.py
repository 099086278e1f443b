"""Which document of the enhancements repository is a VEP's; it reads paths and links, never a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from vep_tui.core.clues import clues_of, folder_number, folder_of
from vep_tui.core.models import Issue, PrKind, PullRequest, Tracker
from vep_tui.core.process import Process
from vep_tui.core.sources import key_of

_PULL_LINK = re.compile(r"(?<![\w.-])([\w.-]{1,100}/[\w.-]{1,100})(?:/pulls?/|#)(\d{1,9})(?!\d)")


def document_path_for(
    issue: Issue, tracker: Tracker, paths: Iterable[str], process: Process, proposals: Iterable[PullRequest] = ()
) -> str | None:
    """The path of a VEP's document among `paths`, or None; a title number never leads to one.

    By the tracker's enhancement link, then the folder that bears the issue's number, then the files of proposals that
    the tracker lists or that track the issue. A linked folder with another number loses to a folder with the right one.
    """
    documents = process.paths.get("documents", "veps")
    known = sorted(p for p in paths if p.endswith(".md") and folder_of(p, documents))
    numbered = [p for p in known if folder_number(folder_of(p, documents) or "") == issue.number]
    linked = [p for link in tracker.enhancement_links for p in _linked_paths(unquote(link), known, documents)]
    right = [p for p in linked if p in numbered]
    touched: list[str] = []
    if not (linked or numbered):
        seeds = {key_of(item.ref) for item in tracker.listed if item.kind is PrKind.VEP}
        seeds |= {key_of(ref) for ref in linked_refs(tracker)}
        for pull in proposals:
            clues = clues_of(pull, process)
            if issue.number in clues.tracked or (key_of(pull.ref) in seeds and not clues.tracked):
                touched += [p for p in known if p in pull.files]
    return _best(right or (numbered and _same_folder(numbered, documents)) or linked or touched, process)


def _best(paths: list[str], process: Process) -> str | None:
    """The document proper among the files of a folder, else the first."""
    name = process.paths.get("document", "vep.md")
    return next((p for p in paths if p.rpartition("/")[2] == name), paths[0] if paths else None)


def _same_folder(paths: list[str], documents: str) -> list[str]:
    return [p for p in paths if folder_of(p, documents) == folder_of(paths[0], documents)]


def _linked_paths(link: str, known: list[str], documents: str) -> list[str]:
    start = link.find(f"{documents}/")
    if start < 0:
        return []
    path = re.split(r"[?#\s)>\]]", link[start:], maxsplit=1)[0].rstrip("/.")
    return [p for p in known if p == path] or [p for p in known if p.startswith(f"{path}/")]


def linked_refs(tracker: Tracker) -> tuple[str, ...]:
    """The pull requests among the tracker's enhancement links."""
    return tuple(f"{m[1]}#{m[2]}" for link in tracker.enhancement_links for m in _PULL_LINK.finditer(link))
