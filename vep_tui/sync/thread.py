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
    """The newest page of comments if that is all of them or `enough`, else every comment from the first.

    Raises a `RemoteError` unless everything asked for was seen: what is not in a `Thread` is not on GitHub.
    """
    sizes = list(PAGE_SIZES)
    newest = _sized(sizes, lambda size: _page(remote, repo, number, "thread", {"n": size}))
    if newest.total <= len(newest.nodes) or enough(tuple(read_comment(node) for node in newest.nodes)):
        return _thread(number, newest.viewer, newest.nodes)
    older: dict[Any, Mapping[str, Any]] = {}
    after: str | None = None
    while len(older) < newest.total - len(newest.nodes):
        at = after
        page = _sized(sizes, lambda size: _page(remote, repo, number, "thread_from", {"n": size, "after": at}))  # noqa: B023
        older |= {node.get("id"): node for node in page.nodes}
        if page.following is None:
            break
        if page.following == after:
            raise ServerTrouble(f"GitHub did not show the whole conversation of #{number}.")
        after = page.following
    # The two stretches may overlap; a dict keeps the first place of each comment, which is its own.
    return _thread(number, newest.viewer, tuple((older | {node.get("id"): node for node in newest.nodes}).values()))


@dataclass(frozen=True, slots=True)
class _Page:
    """Some comments of a conversation."""

    viewer: str
    nodes: tuple[Mapping[str, Any], ...]
    total: int
    following: str | None
    """Cursor of the next page; None when this was the last."""


def _sized(sizes: list[int], ask: Callable[[int], _Page]) -> _Page:
    """Ask for the largest page that GitHub still gives; a size that was too much is not tried again."""
    while True:
        try:
            return ask(sizes[0])
        except (TooBig, DeadlineExceeded):
            if len(sizes) == 1:
                raise
            del sizes[0]


def _thread(number: int, viewer: str, nodes: tuple[Mapping[str, Any], ...]) -> Thread:
    return Thread(number, viewer, nodes, tuple(read_comment(node) for node in nodes))


def _page(remote: Remote, repo: str, number: int, query: str, paging: Mapping[str, Any]) -> _Page:
    owner, _, name = repo.partition("/")
    answer = remote.graphql(queries.query(query), {"owner": owner, "name": name, "number": number, **paging})
    repository = answer.data.get("repository")
    subject = repository.get("issueOrPullRequest") if isinstance(repository, Mapping) else None
    viewer = answer.data.get("viewer")
    if subject is None and any(error.kind == "NOT_FOUND" for error in answer.errors):
        raise NotFound(404, answer.errors[0].message)
    connection = subject.get("comments") if isinstance(subject, Mapping) else None
    if answer.errors or not isinstance(viewer, Mapping) or not _is_whole(connection):
        raise _incomplete(answer, number)
    info, nodes = connection["pageInfo"], tuple(connection["nodes"])  # type: ignore[index] # _is_whole has looked at it
    total = connection.get("totalCount")  # type: ignore[union-attr]
    following = info.get("endCursor") if info.get("hasNextPage") else None
    return _Page(str(viewer["login"]), nodes, total if isinstance(total, int) else len(nodes), following)


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
