"""Reads the comments of one conversation as GitHub has them now, newest page first; it changes and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vep_tui.core.models import Comment
from vep_tui.core.nodes import read_comment
from vep_tui.remote import queries
from vep_tui.remote.client import Answer, Remote
from vep_tui.remote.errors import DeadlineExceeded, NotFound, ServerTrouble, TooBig

PAGE_SIZES = (100, 25, 5)
"""Comments asked for at once; less when GitHub finds that too much."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation, or its newest part."""

    number: int
    viewer: str
    """Login of the person behind the token, as GitHub says."""
    nodes: tuple[Mapping[str, Any], ...]
    """Comments in GitHub's shape, oldest first."""
    comments: tuple[Comment, ...]
    """The same comments as models."""

    @property
    def last_id(self) -> str:
        """Id of the newest comment; empty when there is none."""
        return self.comments[-1].id if self.comments else ""


def read_thread(
    remote: Remote, repo: str, number: int, enough: Callable[[tuple[Comment, ...]], bool] = lambda _: False
) -> Thread:
    """Page back from the newest comment to the first, or until a page is `enough`.

    Raises a `RemoteError` unless everything asked for was seen: what is not in a `Thread` is not on GitHub.
    """
    nodes: list[Mapping[str, Any]] = []
    comments: tuple[Comment, ...] = ()
    before: str | None = None
    sizes = list(PAGE_SIZES)
    while True:
        try:
            viewer, connection = _page(remote, repo, number, sizes[0], before)
        except (TooBig, DeadlineExceeded):
            if len(sizes) == 1:
                raise
            del sizes[0]
            continue
        page = tuple(read_comment(node) for node in connection["nodes"])
        nodes[:0], comments = connection["nodes"], page + comments
        info = connection["pageInfo"]
        if not info["hasPreviousPage"] or enough(page):
            return Thread(number, viewer, tuple(nodes), comments)
        if not info["startCursor"] or info["startCursor"] == before:
            raise ServerTrouble(f"GitHub did not show the whole conversation of #{number}.")
        before = info["startCursor"]


def _page(remote: Remote, repo: str, number: int, size: int, before: str | None) -> tuple[str, Mapping[str, Any]]:
    owner, _, name = repo.partition("/")
    variables = {"owner": owner, "name": name, "number": number, "n": size, "before": before}
    answer = remote.graphql(queries.query("thread"), variables)
    repository = answer.data.get("repository")
    subject = repository.get("issueOrPullRequest") if isinstance(repository, Mapping) else None
    viewer = answer.data.get("viewer")
    if subject is None and any(error.kind == "NOT_FOUND" for error in answer.errors):
        raise NotFound(404, answer.errors[0].message)
    connection = subject.get("comments") if isinstance(subject, Mapping) else None
    if answer.errors or not isinstance(viewer, Mapping) or not _is_whole(connection):
        raise _incomplete(answer, number)
    return str(viewer["login"]), connection  # type: ignore[return-value] # _is_whole has looked at it


def _is_whole(connection: Any) -> bool:
    """A null among the nodes could be the very comment that is looked for."""
    return (
        isinstance(connection, Mapping)
        and isinstance(connection.get("pageInfo"), Mapping)
        and isinstance(connection.get("nodes"), list)
        and all(isinstance(node, Mapping) for node in connection["nodes"])
    )


def _incomplete(answer: Answer, number: int) -> ServerTrouble:
    words = f" ({answer.errors[0].message})" if answer.errors else ""
    kind = TooBig if any(error.kind == "RESOURCE_LIMITS_EXCEEDED" for error in answer.errors) else ServerTrouble
    return kind(f"GitHub did not show the whole conversation of #{number}{words}.")
