"""Cross-references as GitHub derives them from written text; it changes no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from vep_tui.demo.records import IssueRecord, PullRecord, RepoRecord

_UNREAD = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|<!--.*?(?:-->|\Z)", re.DOTALL)
_MENTION = re.compile(
    r"https?://github\.com/(?P<url_repo>[\w.-]+/[\w.-]+)/(?:issues|pull)/(?P<url_number>\d+)"
    r"|(?<![\w/#])(?P<repo>[\w.-]+/[\w.-]+)?#(?P<number>\d+)\b"
)


def mentions(text: str, home: str) -> Iterator[str]:
    """Every `owner/repo#n` that a text written in repository `home` refers to; code and HTML comments do not refer."""
    for found in _MENTION.finditer(_UNREAD.sub(" ", text)):
        repo = found["url_repo"] or found["repo"] or home
        yield f"{repo}#{int(found['url_number'] or found['number'])}"


def link_text(repos: Mapping[str, RepoRecord], source: str, text: str, at: datetime) -> int:
    """Record what one text written in `source` (`owner/repo#n`) at a moment refers to; how many were new."""
    home = source.partition("#")[0]
    fresh = 0
    for ref in mentions(text, home):
        name, _, number = ref.partition("#")
        target = repos[name].issues.get(int(number)) if name in repos else None
        if target is None or ref == source or source in target.references:
            continue
        target.references.append(source)
        target.referenced_at[source] = max(at, target.created_at)
        fresh += 1
    return fresh


def link_all(repos: Mapping[str, RepoRecord]) -> int:
    """Record the references of every text, oldest text first; how many were new."""
    written = [
        (at, f"{repo.name}#{record.number}", text)
        for repo in repos.values()
        for record in repo.issues.values()
        for at, text in _texts(record)
        if "#" in text or "github.com/" in text
    ]
    written.sort(key=lambda row: row[0])
    return sum(link_text(repos, source, text, at) for at, source, text in written)


def _texts(record: IssueRecord) -> Iterator[tuple[datetime, str]]:
    yield record.created_at, record.body
    for comment in record.comments:
        yield comment.created_at, comment.body
    if isinstance(record, PullRecord):
        for review in record.reviews:
            yield review.submitted_at, review.body
