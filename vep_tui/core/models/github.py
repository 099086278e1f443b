"""What GitHub says, as frozen values: comments, reviews, pull requests, issues and bugs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vep_tui.core.models.words import PrState


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of an issue or pull request, or the body of a review."""

    id: str
    """GraphQL node id."""
    database_id: str
    """`fullDatabaseId`; a string because live ids passed 2^31. Empty when unknown."""
    author: str
    """Login, or "ghost" for a deleted account."""
    body: str
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None = None
    """When the body was last edited, if ever."""
    url: str = ""
    minimized: bool = False
    editor: str = ""
    """Login of who last edited the body; empty when nobody did, or when GitHub did not say."""

    @property
    def edited_by_another(self) -> bool:
        """True when the words are not, or not only, those of its author."""
        return bool(self.editor) and self.editor.casefold() != self.author.casefold()


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted review of a pull request."""

    author: str
    state: str
    """GitHub's word: APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED."""
    body: str
    submitted_at: datetime
    commit: str = ""
    """Oid of the head that was reviewed."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request as GitHub shows it.

    Labels and all other lists are fetched of VEP pull requests only: that they are empty says nothing of another one.
    """

    ref: str
    """`owner/repo#number`."""
    title: str = ""
    state: PrState = PrState.UNKNOWN
    url: str = ""
    node_id: str = ""
    author: str = ""
    body: str = ""
    is_draft: bool = False
    base: str = ""
    """Name of the base branch."""
    head_oid: str = ""
    merge_oid: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    closed_at: datetime | None = None
    merged_at: datetime | None = None
    labels: tuple[str, ...] = ()
    changed_files: int | None = None
    changed_lines: int | None = None
    """Added and deleted lines together; None when not fetched."""
    files: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    comments: tuple[Comment, ...] = ()
    review_requests: tuple[str, ...] = ()
    """Logins, and teams as `org/team`."""
    last_push_at: datetime | None = None
    """Committed date of the newest commit."""

    @property
    def repository(self) -> str:
        """`owner/repo`."""
        return self.ref.partition("#")[0]

    @property
    def number(self) -> int:
        """The number behind the `#`."""
        return int(self.ref.partition("#")[2] or 0)


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the enhancements repository with its conversation and the references to it."""

    number: int
    title: str
    body: str
    state: str
    """"open" or "closed"."""
    url: str
    author: str
    created_at: datetime
    updated_at: datetime
    node_id: str = ""
    closed_at: datetime | None = None
    locked: bool = False
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    milestone: str = ""
    """Title of GitHub's milestone, as in "v1.33"."""
    comments: tuple[Comment, ...] = ()
    """In thread order, oldest first."""
    references: tuple[PullRequest, ...] = ()
    """Pull requests that refer to this issue (cross-references)."""


@dataclass(frozen=True, slots=True)
class Bug:
    """An issue or pull request labelled as a bug in one of the code repositories."""

    ref: str
    title: str
    body: str
    state: str
    """"open" or "closed"."""
    url: str = ""
    labels: tuple[str, ...] = ()
