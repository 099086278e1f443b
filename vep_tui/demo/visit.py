"""Who asks, and on which site: what every answer of the double depends on; answers nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from vep_tui.demo.records import IssueRecord, RepoRecord
from vep_tui.demo.state import Site

LONGEST_BODY = 65_536
"""Characters, as GitHub's refusal says."""
LARGEST_BODY = 262_144
"""Bytes, as has been measured."""


class RefusalError(Exception):
    """A write or read that GitHub refuses, in REST's terms."""

    def __init__(self, status: int, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.field = field
        """Set for a validation failure: the field GitHub names."""


@dataclass(slots=True)
class Visit:
    """One request's view of the site."""

    site: Site
    viewer: str | None
    """Login; None for an anonymous visitor."""
    points: int = 0
    """Cost of the present GraphQL query."""
    node_count: int = 0
    limit: int = 5000
    used: int = 0
    reset_at: str = ""
    complaints: list[str] = field(default_factory=list)
    """What the client or the double did wrong: violations."""

    def may_write(self) -> bool:
        """True when the viewer may edit other people's comments."""
        return self.viewer in self.site.writers

    def association(self, login: str) -> str:
        """`authorAssociation` of a person, as this visitor sees it."""
        return "MEMBER" if login in self.site.members else "CONTRIBUTOR"

    def why_not_update(self, record: IssueRecord, author: str) -> list[str]:
        """`viewerCannotUpdateReasons` for a comment of that author; empty when the viewer may edit it."""
        if self.viewer is None:
            return ["LOGIN_REQUIRED"]
        if self.may_write():
            return []
        if record.locked:
            return ["LOCKED"]
        return [] if author.casefold() == self.viewer.casefold() else ["INSUFFICIENT_ACCESS"]

    def check_comment(self, repo: RepoRecord, record: IssueRecord) -> None:
        """Refuse a new comment where the viewer may not speak."""
        if repo.archived:
            raise RefusalError(403, "Repository was archived so is read-only.")
        if record.locked and not self.may_write():
            raise RefusalError(403, "Unable to create comment because issue is locked.")

    def check_edit(self, repo: RepoRecord, record: IssueRecord, author: str) -> None:
        """Refuse an edit of a comment that is not the viewer's to change."""
        if repo.archived:
            raise RefusalError(403, "Repository was archived so is read-only.")
        if self.may_write():
            return
        if author.casefold() != (self.viewer or "").casefold():
            raise RefusalError(403, "Must have admin rights to Repository.")
        if record.locked:
            raise RefusalError(403, "Unable to update comment because issue is locked.")


def check_body(body: object) -> str:
    """The body of a comment, or the refusal GitHub gives."""
    if not isinstance(body, str):
        raise RefusalError(422, 'Invalid request.\n\n"body" wasn\'t supplied.')
    if not body.strip():
        raise RefusalError(422, "Body cannot be blank", field="data")
    if len(body) > LONGEST_BODY or len(body.encode("utf-8", "surrogatepass")) > LARGEST_BODY:
        raise RefusalError(422, f"Body is too long (maximum is {LONGEST_BODY} characters)", field="data")
    return body
