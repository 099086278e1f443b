"""Pull requests, reviews and their commits as GraphQL shows them."""

# ruff: noqa: D102, ARG002 (GitHub's schema documents the fields; some orders and filters change nothing here)

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vep_tui.demo.board_views import TeamView
from vep_tui.demo.git_views import CommitView
from vep_tui.demo.identity import node_id, stamp, stamp_or_none
from vep_tui.demo.paging import Listing
from vep_tui.demo.records import PullRecord, RepoRecord, ReviewRecord
from vep_tui.demo.views import ActorView, ThreadView, actor, head_of, thread_url
from vep_tui.demo.visit import Visit

_OPINIONS = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")


class FileView:
    """A changed file."""

    change_type = "MODIFIED"
    additions = 1
    deletions = 0

    def __init__(self, path: str) -> None:
        self.path = path


class PullCommitView:
    """A commit of a pull request."""

    typename = "PullRequestCommit"

    def __init__(self, pull: PullView) -> None:
        record, repo = pull.pull, pull.repo
        self.moment: datetime = record.pushed_at or record.created_at
        self.commit = CommitView(pull.visit, repo, head_of(record, repo), self.moment)
        self.id = node_id("PRC", pull.id, self.commit.oid)


class RequestView:
    """A review request still open."""

    typename = "ReviewRequest"
    as_code_owner = False

    def __init__(self, pull: PullView, who: str) -> None:
        self.id = node_id("RR", pull.id, who)
        self.requested_reviewer = TeamView(pull.visit, who) if "/" in who else ActorView(who)


class ReviewView:
    """A submitted review."""

    typename = "PullRequestReview"

    def __init__(self, pull: PullView, review: ReviewRecord) -> None:
        self.pull_request, self.review = pull, review
        self.id = node_id("PRR", pull.repo.identity, pull.number, review.id)
        self.full_database_id = str(review.id)
        self.author = actor(review.author)
        self.author_association = pull.visit.association(review.author)
        self.state = review.state
        self.body = review.body
        self.moment = review.submitted_at
        self.submitted_at = self.created_at = self.updated_at = stamp(review.submitted_at)
        self.url = f"{thread_url(pull.repo, pull.record)}#pullrequestreview-{review.id}"

    @property
    def commit(self) -> CommitView:
        pull = self.pull_request
        return CommitView(pull.visit, pull.repo, self.review.commit or head_of(pull.pull, pull.repo), self.moment)

    @property
    def comments(self) -> list[Any]:
        return []


class PullView(ThreadView):
    """A pull request."""

    typename = "PullRequest"
    mergeable = "MERGEABLE"

    def __init__(self, visit: Visit, repo: RepoRecord, record: PullRecord) -> None:
        super().__init__(visit, repo, record)
        self.pull = record
        self.is_draft = record.draft
        self.base_ref_name = record.base
        self.head_ref_name = record.head
        self.merged = record.state == "MERGED"
        self.changed_files = len(record.files)
        self.additions, self.deletions = record.additions, record.deletions

    @property
    def head_ref_oid(self) -> str:
        return head_of(self.pull, self.repo)

    @property
    def merged_at(self) -> str | None:
        return stamp_or_none(self.pull.merged_at)

    @property
    def merge_commit(self) -> CommitView | None:
        if not self.pull.merge_oid:
            return None
        return CommitView(self.visit, self.repo, self.pull.merge_oid, self.pull.merged_at or self.pull.updated_at)

    @property
    def files(self) -> list[FileView]:
        return [FileView(path) for path in self.pull.files]

    @property
    def commits(self) -> list[PullCommitView]:
        return [PullCommitView(self)]

    @property
    def review_requests(self) -> list[RequestView]:
        return [RequestView(self, who) for who in self.pull.review_requests]

    @property
    def review_decision(self) -> str | None:
        latest = [view.state for view in self.latest_opinionated_reviews()]
        if "CHANGES_REQUESTED" in latest:
            return "CHANGES_REQUESTED"
        return "APPROVED" if "APPROVED" in latest else None

    def reviews(self, author: str | None = None, states: Sequence[str] | None = None) -> Listing:
        views = [
            ReviewView(self, review)
            for review in self.pull.reviews
            if (states is None or review.state in states)
            and (author is None or review.author.casefold() == author.casefold())
        ]
        return Listing(views, key=lambda view: (view.review.id,))

    def latest_opinionated_reviews(self, writers_only: bool = False) -> list[ReviewView]:
        latest = {review.author: review for review in self.pull.reviews if review.state in _OPINIONS}
        return [ReviewView(self, review) for review in latest.values()]

    def timeline(self) -> list[tuple[str, Any]]:
        rows = super().timeline()
        rows.extend(("PULL_REQUEST_REVIEW", view) for view in self.reviews().items)
        rows.extend(("PULL_REQUEST_COMMIT", view) for view in self.commits)
        return rows
