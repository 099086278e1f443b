"""The addresses under a tracker's Enhancement link, without what authors wrapped around them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vep_tui.core.refs import decoded, distinct, find_refs
from vep_tui.core.text import is_quoted

_LINK = re.compile(r"\[([^\[\]]*)\]\(<?([^()\s<>]*)>?[^()]*\)")
_ADDRESS = re.compile(r"(?<![\w/.])(?:https?://|www\.|github\.com/)(?:(?!,https?:)[^\s<>\"'`|])+", re.IGNORECASE)
_STRUCK = re.compile(r"(?<![\w/])~{1,2}[^~\n]+~{1,2}(?![\w/])")
_TRAILING = ".,;:!?)]}*_~"
_REDIRECT = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/(?:url|search)\?", re.IGNORECASE)
_INNER = re.compile(r"[?&](?:q|url)=(https?://[^\s&#]+)", re.IGNORECASE)


def read_links(lines: Iterable[str], repository: str, highest: int) -> tuple[str, ...]:
    """Addresses as they are, references in short as `owner/repo#n`, in the order of the text, once each.

    Of a Markdown link the target counts, and of a search engine's redirect what it leads to. What is quoted or struck
    out does not.
    """
    said = (_STRUCK.sub(" ", decoded(line[:4000])) for line in lines if not is_quoted(line))
    return distinct(link for line in said for link in _links_of(line, repository, highest))


def _links_of(line: str, repository: str, highest: int) -> list[str]:
    line = _LINK.sub(lambda link: f" {_target(link[1], link[2], repository)} ", line)
    found = [(match.start(), match.end(), _trimmed(match[0])) for match in _ADDRESS.finditer(line)]
    for reference in find_refs(line, repository, highest=highest):
        if not any(start <= reference.start < end for start, end, _ in found):
            found.append((reference.start, reference.end, reference.ref))
    return [link for _, _, link in sorted(found)]


def _target(text: str, target: str, repository: str) -> str:
    """Where a Markdown link leads; its text where the target is a redirect to the very reference the text gives."""
    if not _REDIRECT.match(target):
        return target or text
    inner = _INNER.search(target)
    if inner is None:
        return target
    leads_to = [reference.ref for reference in find_refs(inner[1], repository)]
    said = [reference.ref for reference in find_refs(text, repository)]
    return said[0] if said and said == leads_to else inner[1]


def _trimmed(address: str) -> str:
    address = address.rstrip(_TRAILING)
    return address if "://" in address else f"https://{address}"
