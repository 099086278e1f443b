"""The roots of GraphQL queries and mutations, and repositories: where every answer starts."""

# ruff: noqa: D102, ARG002 (GitHub's schema documents the fields; some orders and filters change nothing here)

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from vep_tui.demo.board_views import OrganizationView, TeamView
from vep_tui.demo.git_views import BlobView, CommitView, RefView, TreeView, branch_named, resolve_object, resolve_oid
from vep_tui.demo.identity import WEB, node_id, parse_stamp, read_node_id
from vep_tui.demo.paging import FieldError, Listing
from vep_tui.demo.records import CommentRecord, IssueRecord, PullRecord, RepoRecord
from vep_tui.demo.views import ActorView, CommentView, ThreadView, thread
from vep_tui.demo.visit import RefusalError, Visit, check_body

_SORT: dict[str, Callable[[IssueRecord], str | int]] = {
    "CREATED_AT": lambda record: record.created_at.isoformat(),
    "UPDATED_AT": lambda record: record.updated_at.isoformat(),
    "COMMENTS": lambda record: len(record.comments),
}


class RepositoryView:
    """A repository."""

    typename = "Repository"
    has_issues_enabled = True
    is_private = False

    def __init__(self, visit: Visit, repo: RepoRecord) -> None:
        self.visit, self.repo = visit, repo
        self.id = node_id("R", repo.identity)
        self.name_with_owner = repo.name
        self.name = repo.name.partition("/")[2]
        self.is_archived = repo.archived
        self.url = f"{WEB}/{repo.name}"
        self.viewer_permission = "WRITE" if visit.may_write() else "READ"

    @property
    def owner(self) -> OrganizationView:
        return OrganizationView(self.visit, self.repo.name.partition("/")[0])

    @property
    def default_branch_ref(self) -> RefView:
        return RefView(self.visit, self.repo, self.repo.default_branch)

    def ref(self, qualified_name: str) -> RefView | None:
        branch = branch_named(self.repo, qualified_name)
        return RefView(self.visit, self.repo, branch) if branch else None

    def object(self, expression: str | None = None, oid: str | None = None) -> BlobView | CommitView | TreeView | None:
        if oid is not None:
            return resolve_oid(self.visit, self.repo, oid)
        return resolve_object(self.visit, self.repo, expression or "HEAD")

    def issue(self, number: int) -> ThreadView:
        record = self.repo.issues.get(number)
        if record is None or isinstance(record, PullRecord):
            raise FieldError("NOT_FOUND", f"Could not resolve to an Issue with the number of {number}.")
        return thread(self.visit, self.repo, record)

    def pull_request(self, number: int) -> ThreadView:
        record = self.repo.issues.get(number)
        if not isinstance(record, PullRecord):
            raise FieldError("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
        return thread(self.visit, self.repo, record)

    def issue_or_pull_request(self, number: int) -> ThreadView:
        record = self.repo.issues.get(number)
        if record is None:
            raise FieldError("NOT_FOUND", f"Could not resolve to an issue or pull request with the number {number}.")
        return thread(self.visit, self.repo, record)

    def issues(
        self,
        states: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
        filter_by: dict[str, Any] | None = None,
        order_by: dict[str, str] | None = None,
    ) -> Listing:
        wanted = filter_by or {}
        since = parse_stamp(wanted["since"]) if wanted.get("since") else None
        records = [
            record
            for record in self.repo.issues.values()
            if not isinstance(record, PullRecord)
            and _is_in(record, wanted.get("states") or states, wanted.get("labels") or labels)
            and (since is None or record.updated_at.replace(microsecond=0) >= since)
            and wanted.get("created_by") in (None, record.author)
            and (wanted.get("assignee") in (None, "*", *record.assignees))
        ]
        return self._sorted(records, order_by)

    def pull_requests(
        self,
        states: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
        base_ref_name: str | None = None,
        head_ref_name: str | None = None,
        order_by: dict[str, str] | None = None,
    ) -> Listing:
        records = [
            record
            for record in self.repo.issues.values()
            if isinstance(record, PullRecord)
            and _is_in(record, states, labels)
            and base_ref_name in (None, record.base)
            and head_ref_name in (None, record.head)
        ]
        return self._sorted(records, order_by)

    def _sorted(self, records: Sequence[IssueRecord], order_by: dict[str, str] | None) -> Listing:
        order = order_by or {"field": "CREATED_AT", "direction": "ASC"}
        value, descending = _SORT[order["field"]], order["direction"] == "DESC"
        views = [
            thread(self.visit, self.repo, record)
            for record in sorted(records, key=lambda record: (value(record), record.number), reverse=descending)
        ]
        return Listing(views, key=lambda view: (value(view.record), view.number), descending=descending)


class RateLimitView:
    """The budget as the query's own answer shows it."""

    def __init__(self, visit: Visit) -> None:
        self.cost, self.node_count, self.limit = visit.points, visit.node_count, visit.limit
        self.used = visit.used
        self.remaining = max(0, visit.limit - visit.used)
        self.reset_at = visit.reset_at


class Payload:
    """What a mutation gives back."""

    client_mutation_id = None

    def __init__(self, comment: CommentView) -> None:
        self.issue_comment = self.node = comment
        self.subject = comment.issue

    @property
    def comment_edge(self) -> Payload:
        return self


class Root:
    """Fields of `Query` and `Mutation`."""

    id = "Query"

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    @property
    def viewer(self) -> ActorView:
        return ActorView(self.visit.viewer or "")

    def user(self, login: str) -> ActorView:
        return ActorView(login)

    def rate_limit(self, dry_run: bool = False) -> RateLimitView:
        return RateLimitView(self.visit)

    def repository(self, owner: str, name: str, follow_renames: bool = True) -> RepositoryView:
        site, full = self.visit.site, f"{owner}/{name}"
        repo = site.repos.get(site.renamed.get(full, full) if follow_renames else full)
        if repo is None:
            raise FieldError("NOT_FOUND", f"Could not resolve to a Repository with the name '{full}'.")
        return RepositoryView(self.visit, repo)

    def organization(self, login: str) -> OrganizationView:
        site = self.visit.site
        owners = {name.partition("/")[0] for name in (*site.repos, *site.teams)}
        if login not in owners | {board.organization for board in site.boards.values()}:
            raise FieldError("NOT_FOUND", f"Could not resolve to an Organization with the login of '{login}'.")
        return OrganizationView(self.visit, login)

    def node(self, id: str) -> Any:
        found = _node(self.visit, id)
        if found is None:
            raise FieldError("NOT_FOUND", f"Could not resolve to a node with the global id of '{id}'.")
        return found

    def nodes(self, ids: Sequence[str]) -> list[Any]:
        return [_node(self.visit, id) or _lost_node(id) for id in ids]

    def add_comment(self, input: dict[str, Any]) -> Payload:
        try:
            body = check_body(input["body"])
            repo, record = _thread_of(self.visit, input["subject_id"])
            self.visit.check_comment(repo, record)
        except RefusalError as refusal:
            raise _as_field_error(refusal) from None
        comment = self.visit.site.add_comment(f"{repo.name}#{record.number}", self.visit.viewer or "", body)
        return Payload(CommentView(self.visit, repo, record, comment))

    def update_issue_comment(self, input: dict[str, Any]) -> Payload:
        found = _node(self.visit, input["id"])
        if not isinstance(found, CommentView):
            raise _lost_node(input["id"])
        try:
            body = check_body(input["body"])
            self.visit.check_edit(found.repo, found.record, found.comment.author)
        except RefusalError as refusal:
            raise _as_field_error(refusal) from None
        comment = self.visit.site.edit_comment(found.comment.id, body, on_web=False, by=self.visit.viewer or "")
        return Payload(CommentView(self.visit, found.repo, found.record, comment))


def _is_in(record: IssueRecord, states: Sequence[str] | None, labels: Sequence[str] | None) -> bool:
    return (not states or record.state in states) and (not labels or bool(set(labels) & set(record.labels)))


def _as_field_error(refusal: RefusalError) -> FieldError:
    return FieldError("UNPROCESSABLE" if refusal.status == 422 else "FORBIDDEN", str(refusal))


def _lost_node(id: str) -> FieldError:
    return FieldError("NOT_FOUND", f"Could not resolve to a node with the global id of '{id}'.")


def _thread_of(visit: Visit, id: str) -> tuple[RepoRecord, IssueRecord]:
    found = _node(visit, id)
    if not isinstance(found, ThreadView):
        raise _lost_node(id)
    return found.repo, found.record


def _node(visit: Visit, id: str) -> Any:
    """The object behind a node id, or None."""
    try:
        kind, parts = read_node_id(id)
        if kind == "U":
            return ActorView(parts[0])
        if kind == "T":
            return TeamView(visit, parts[0]) if parts[0] in visit.site.teams else None
        repo = visit.site.repos[visit.site.renamed.get(parts[0], parts[0])]
        if kind == "R":
            return RepositoryView(visit, repo)
        if kind in ("I", "PR"):
            return thread(visit, repo, repo.issues[int(parts[1])])
        return _comment_node(visit, repo, int(parts[1])) if kind == "IC" else None
    except (ValueError, KeyError, IndexError):
        return None


def _comment_node(visit: Visit, repo: RepoRecord, comment_id: int) -> CommentView | None:
    rows: list[tuple[IssueRecord, CommentRecord]] = [
        (record, comment) for record in repo.issues.values() for comment in record.comments if comment.id == comment_id
    ]
    return CommentView(visit, repo, *rows[0]) if rows else None
