"""The records of the GitHub double: plain mutable rows without behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


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
    editor: str = ""
    """Who edited it last; empty: its author."""


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
    referenced_at: dict[str, datetime] = field(default_factory=dict)
    """When a reference was made, where that is known; else the younger of the two records counts."""
    edited_at: datetime | None = None
    """When title or body was last edited."""
    milestone: str = ""
    """Title of the milestone."""


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
    additions: int = 40
    deletions: int = 0
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
    default_branch: str = "main"
    deleted: set[int] = field(default_factory=set)
    """Numbers of deleted issues: 410 by REST, NOT_FOUND by GraphQL."""
    first_name: str = ""
    """The name before the first renaming; empty if never renamed."""

    @property
    def identity(self) -> str:
        """What node ids are made of: it outlives a renaming."""
        return self.first_name or self.name


@dataclass(slots=True)
class BoardRecord:
    """A project board: field values by issue number of the enhancements repository."""

    number: int
    title: str
    items: dict[int, dict[str, str]] = field(default_factory=dict)
    organization: str = "kubevirt"
    repository: str = "kubevirt/enhancements"
    """Whose issues `items` names."""
