"""What the GitHub double knows: plain mutable records, as an administrator of the site would see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count


@dataclass(slots=True)
class CommentRecord:
    """A comment; `id` is GitHub's database id."""

    id: int
    author: str
    body: str
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None = None
    minimized: bool = False


@dataclass(slots=True)
class ReviewRecord:
    """A submitted review."""

    id: int
    author: str
    state: str
    body: str
    submitted_at: datetime
    commit: str = ""


@dataclass(slots=True)
class IssueRecord:
    """An issue."""

    number: int
    title: str
    body: str
    author: str
    created_at: datetime
    updated_at: datetime
    state: str = "OPEN"
    state_reason: str | None = None
    closed_at: datetime | None = None
    locked: bool = False
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    comments: list[CommentRecord] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    """`owner/repo#n` of pull requests or issues that refer to this one, oldest first."""


@dataclass(slots=True)
class PullRecord(IssueRecord):
    """A pull request; `state` is OPEN, MERGED or CLOSED."""

    base: str = "main"
    head: str = "topic"
    head_oid: str = ""
    merge_oid: str = ""
    merged_at: datetime | None = None
    draft: bool = False
    files: list[str] = field(default_factory=list)
    reviews: list[ReviewRecord] = field(default_factory=list)
    review_requests: list[str] = field(default_factory=list)
    """Logins, or `org/team`."""
    pushed_at: datetime | None = None
    """Committed date of the newest commit."""


@dataclass(slots=True)
class RepoRecord:
    """A repository: issues and pull requests share one number space; files are those of the default branch."""

    name: str
    """`owner/name`."""
    issues: dict[int, IssueRecord] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """Path to text."""
    branches: dict[str, set[str]] = field(default_factory=dict)
    """Branch to the oids of the merge commits it contains."""
    archived: bool = False


@dataclass(slots=True)
class BoardRecord:
    """A project board: field values by issue number of the enhancements repository."""

    number: int
    title: str
    items: dict[int, dict[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class Site:
    """A whole GitHub: repositories, people, boards and one clock."""

    viewer: str = "reviewer"
    scopes: str = "public_repo, read:org"
    now: datetime = field(default_factory=lambda: datetime(2026, 6, 30, 9, 0, tzinfo=UTC))
    """The site's clock; every request may move it on by a moment."""
    repos: dict[str, RepoRecord] = field(default_factory=dict)
    boards: dict[int, BoardRecord] = field(default_factory=dict)
    teams: dict[str, list[str]] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    """Old `owner/name` to new."""
    ids: count[int] = field(default_factory=lambda: count(5_270_000_001))

    def repo(self, name: str) -> RepoRecord:
        """The repository of that name, made if it is not there."""
        return self.repos.setdefault(name, RepoRecord(name))
