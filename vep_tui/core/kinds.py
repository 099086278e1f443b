"""What one pull request is for and what it carries, by repository, path and text; it knows no VEP."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vep_tui.core.clues import clues_of, plain_title
from vep_tui.core.models import PrKind, PullRequest
from vep_tui.core.process import Process

_DOCS_AREA = re.compile(r"^\s*(?:\[[^\]]{1,40}\]\s*)*[\w /,-]{0,40}\bdocs?\b[\w /,-]{0,40}:", re.IGNORECASE)
_SHORTEST_TITLE = 15


def originals_of(pull: PullRequest, titles: Mapping[str, str], process: Process) -> tuple[str, ...]:
    """What a pull request against a release branch carries there: what it names, else the one with its very title."""
    named = clues_of(pull, process).originals
    if named or not pull.base.startswith("release-"):
        return named
    title = plain_title(pull.title)
    return (titles[title],) if len(title) >= _SHORTEST_TITLE and title in titles else ()


def kind_of(pull: PullRequest, process: Process) -> PrKind:
    """What a pull request is for by its repository and its paths; its title counts only where it says "docs:"."""
    kind = process.kinds.get(pull.repository.casefold(), PrKind.OTHER)
    documents = process.paths.get("documents", "veps")
    if kind is PrKind.CODE:
        by_path = pull.files and all(p.startswith("docs/") or p.endswith(".md") for p in pull.files)
        return PrKind.DOCS if by_path or (not pull.files and _DOCS_AREA.match(pull.title)) else kind
    if kind is PrKind.VEP and pull.repository.casefold() == process.enhancements.casefold() and pull.files:
        return kind if any(p.startswith(f"{documents}/") for p in pull.files) else PrKind.OTHER
    return kind
