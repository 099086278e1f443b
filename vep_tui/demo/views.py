"""Issues, pull requests and comments as GraphQL shows them: attributes are the schema's fields in snake case."""

# ruff: noqa: D102, ARG002 (GitHub's schema documents the fields; some orders and filters change nothing here)

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vep_tui.demo.identity import WEB, node_id, number_of, oid_of, parse_stamp, stamp, stamp_or_none
from vep_tui.demo.paging import Listing
from vep_tui.demo.records import CommentRecord, IssueRecord, PullRecord, RepoRecord
from vep_tui.demo.visit import Visit


class ActorView:
    """A person or bot."""

    def __init__(self, login: str) -> None:
        self.typename = "Bot" if login.endswith("[bot]") else "User"
        self.login = login.removesuffix("[bot]")
        self.id = node_id("U", login)
        self.database_id = number_of("user", login)
        self.url = f"{WEB}/{self.login}"


def actor(login: str) -> ActorView | None:
    """The author to show; None for a deleted account."""
    return ActorView(login) if login and login != "ghost" else None


class LabelView:
    """A label of a repository."""

    typename = "Label"

    def __init__(self, repo: RepoRecord, name: str) -> None:
        self.name = name
        self.id = node_id("LA", repo.identity, name)
        self.color = f"{number_of('label', name) & 0xFFFFFF:06x}"


class MilestoneView:
    """A milestone of a repository."""

    typename = "Milestone"

    def __init__(self, repo: RepoRecord, title: str) -> None:
        self.title = title
        self.id = node_id("MI", repo.identity, title)


class CommentView:
    """A comment of an issue or pull request."""

    typename = "IssueComment"
    minimized_reason = None

    def __init__(self, visit: Visit, repo: RepoRecord, record: IssueRecord, comment: CommentRecord) -> None:
        self.visit, self.repo, self.record, self.comment = visit, repo, record, comment
        self.id = node_id("IC", repo.identity, comment.id)
        self.full_database_id = str(comment.id)
        self.database_id = comment.id
        self.author = actor(comment.author)
        self.body = comment.body
        self.is_minimized = comment.minimized
        self.includes_created_edit = comment.edited_at is not None

    @property
    def moment(self) -> datetime:
        """Its place in the timeline."""
        return self.comment.created_at

    @property
    def created_at(self) -> str:
        return stamp(self.comment.created_at)

    @property
    def updated_at(self) -> str:
        return stamp(self.comment.updated_at)

    @property
    def last_edited_at(self) -> str | None:
        return stamp_or_none(self.comment.edited_at)

    @property
    def editor(self) -> ActorView | None:
        return actor(self.comment.editor or self.comment.author) if self.comment.edited_at else None

    @property
    def url(self) -> str:
        return f"{thread_url(self.repo, self.record)}#issuecomment-{self.comment.id}"

    @property
    def author_association(self) -> str:
        return self.visit.association(self.comment.author)

    @property
    def issue(self) -> IssueView:
        return IssueView(self.visit, self.repo, self.record)

    @property
    def pull_request(self) -> ThreadView | None:
        return thread(self.visit, self.repo, self.record) if isinstance(self.record, PullRecord) else None

    @property
    def viewer_did_author(self) -> bool:
        return self.comment.author.casefold() == (self.visit.viewer or "").casefold()

    @property
    def viewer_cannot_update_reasons(self) -> list[str]:
        return self.visit.why_not_update(self.record, self.comment.author)

    @property
    def viewer_can_update(self) -> bool:
        return not self.viewer_cannot_update_reasons

    @property
    def user_content_edits(self) -> list[EditView]:
        return [EditView(self)] if self.comment.edited_at else []


class EditView:
    """The newest edit of a comment; the double keeps no older ones."""

    typename = "UserContentEdit"
    deleted_at = None

    def __init__(self, comment: CommentView) -> None:
        self.id = node_id("UCE", comment.id)
        self.editor = comment.editor
        self.edited_at = comment.last_edited_at
        self.diff = comment.body


class ReferenceView:
    """A cross-reference from one record to another."""

    typename = "CrossReferencedEvent"
    will_close_target = False

    def __init__(self, source: ThreadView, target: ThreadView) -> None:
        self.source, self.target = source, target
        self.id = node_id("CRE", target.repo.identity, target.number, source.repo.identity, source.number)
        self.is_cross_repository = source.repo is not target.repo
        self.actor = source.author

    @property
    def moment(self) -> datetime:
        """When the reference was made."""
        known = self.target.record.referenced_at.get(f"{self.source.repo.name}#{self.source.number}")
        return known or max(self.source.record.created_at, self.target.record.created_at)

    @property
    def referenced_at(self) -> str:
        return stamp(self.moment)

    created_at = referenced_at


class ThreadView:
    """What issues and pull requests have in common."""

    typename = ""
    active_lock_reason = None

    def __init__(self, visit: Visit, repo: RepoRecord, record: IssueRecord) -> None:
        self.visit, self.repo, self.record = visit, repo, record
        self.number = record.number
        self.title = record.title
        self.body = record.body
        self.locked = record.locked
        self.state = record.state

    @property
    def id(self) -> str:
        return node_id("PR" if isinstance(self.record, PullRecord) else "I", self.repo.identity, self.number)

    @property
    def full_database_id(self) -> str:
        return str(3_000_000_000 + number_of("thread", self.repo.name, str(self.number)))

    @property
    def author(self) -> ActorView | None:
        return actor(self.record.author)

    @property
    def author_association(self) -> str:
        return self.visit.association(self.record.author)

    @property
    def url(self) -> str:
        return thread_url(self.repo, self.record)

    @property
    def created_at(self) -> str:
        return stamp(self.record.created_at)

    @property
    def updated_at(self) -> str:
        return stamp(self.record.updated_at)

    @property
    def closed_at(self) -> str | None:
        return stamp_or_none(self.record.closed_at)

    @property
    def closed(self) -> bool:
        return self.record.state != "OPEN"

    @property
    def last_edited_at(self) -> str | None:
        return stamp_or_none(self.record.edited_at)

    @property
    def repository(self) -> Any:
        from vep_tui.demo.root import RepositoryView

        return RepositoryView(self.visit, self.repo)

    @property
    def viewer_can_update(self) -> bool:
        return self.visit.may_write() or self.viewer_did_author

    @property
    def viewer_did_author(self) -> bool:
        return self.record.author.casefold() == (self.visit.viewer or "").casefold()

    @property
    def assignees(self) -> list[ActorView]:
        return [ActorView(login) for login in self.record.assignees]

    def labels(self, order_by: Any = None) -> list[LabelView]:
        return [LabelView(self.repo, name) for name in self.record.labels]

    def comments(self, order_by: dict[str, str] | None = None) -> Listing:
        views = [CommentView(self.visit, self.repo, self.record, comment) for comment in self.record.comments]
        if order_by is None:
            return Listing(views, key=lambda view: (view.comment.id,))
        descending = order_by["direction"] == "DESC"
        views.sort(key=lambda view: (view.updated_at, view.comment.id), reverse=descending)
        return Listing(views, key=lambda view: (view.updated_at, view.comment.id), descending=descending)

    def timeline(self) -> list[tuple[str, Any]]:
        """(item type, view) of everything the double remembers."""
        rows: list[tuple[str, Any]] = [("ISSUE_COMMENT", view) for view in self.comments().items]
        for ref in self.record.references:
            name, _, number = ref.partition("#")
            repo = self.visit.site.repos.get(self.visit.site.renamed.get(name, name))
            source = repo.issues.get(int(number)) if repo else None
            if repo is None or source is None:
                self.visit.complaints.append(f"{self.repo.name}#{self.number} is referred to by {ref}, not on the site")
            else:
                rows.append(("CROSS_REFERENCED_EVENT", ReferenceView(thread(self.visit, repo, source), self)))
        return rows

    def timeline_items(
        self, item_types: Sequence[str] | None = None, since: str | None = None, skip: int | None = None
    ) -> list[Any]:
        views = [view for kind, view in self.timeline() if item_types is None or kind in item_types]
        if since is not None:
            after = parse_stamp(since)
            views = [view for view in views if view.moment >= after]
        views.sort(key=lambda view: view.moment)
        return views[skip or 0 :]


class IssueView(ThreadView):
    """An issue, or the issue that every pull request also is."""

    typename = "Issue"

    def __init__(self, visit: Visit, repo: RepoRecord, record: IssueRecord) -> None:
        super().__init__(visit, repo, record)
        self.state = "OPEN" if record.state == "OPEN" else "CLOSED"
        self.milestone = MilestoneView(repo, record.milestone) if record.milestone else None

    def state_reason(self, enable_duplicate: bool = False) -> str | None:
        return self.record.state_reason


def thread(visit: Visit, repo: RepoRecord, record: IssueRecord) -> ThreadView:
    """The view of an issue or a pull request."""
    from vep_tui.demo.pull_views import PullView

    return PullView(visit, repo, record) if isinstance(record, PullRecord) else IssueView(visit, repo, record)


def thread_url(repo: RepoRecord, record: IssueRecord) -> str:
    """Its page on the web."""
    kind = "pull" if isinstance(record, PullRecord) else "issues"
    return f"{WEB}/{repo.name}/{kind}/{record.number}"


def head_of(pull: PullRecord, repo: RepoRecord) -> str:
    """Oid of the newest commit, made up where the record has none."""
    return pull.head_oid or oid_of("head", repo.name, str(pull.number))
