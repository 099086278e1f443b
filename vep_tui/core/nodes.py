"""GitHub's JSON, in the shape of its GraphQL (or REST) answers, as models; total: nulls and junk never raise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from vep_tui.core import models
from vep_tui.core.models import PrState

if TYPE_CHECKING:
    from vep_tui.core.models import Bug, Comment, Issue, PullRequest, Review

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a required moment that GitHub did not tell."""

MOST = 10_000_000
"""The highest number an issue may have: a hundred times that of the busiest repository, and junk beyond.

Sets of rows (store/sets.py) have a bit for each number up to the highest."""

GHOST = "ghost"
"""GitHub's name for the author of what a deleted account wrote."""


def read_issue(
    node: Any, *, comments: Iterable[Any] | None = None, references: Iterable[PullRequest] | None = None
) -> Issue:
    """An issue; `comments` and `references`, where given, replace those inside the node."""
    node = _mapping(node)
    if references is None:
        references = (read_pull(source) for source in referring_pulls(node))
    return models.Issue(
        number=number_of(node),
        title=_text(node.get("title")),
        body=_text(node.get("body")),
        state="closed" if state_of(node).casefold() == "closed" else "open",
        url=_url(node),
        author=_login(node),
        created_at=moment(_of(node, "createdAt")) or EPOCH,
        updated_at=moment(_of(node, "updatedAt")) or EPOCH,
        node_id=node_id(node),
        closed_at=moment(_of(node, "closedAt")),
        locked=node.get("locked") is True,
        labels=_names(node.get("labels"), "name"),
        assignees=_names(node.get("assignees"), "login"),
        milestone=_text(_mapping(node.get("milestone")).get("title")),
        comments=_comments(nodes_of(node, "comments") if comments is None else comments),
        references=tuple(references),
    )


def read_pull(node: Any, *, comments: Iterable[Any] | None = None) -> PullRequest:
    """A pull request, with as much as the node holds; `comments`, where given, replace those inside it."""
    node = _mapping(node)
    changed = _of(node, "changedFiles")
    lines = (_of(node, "additions"), _of(node, "deletions"))
    return models.PullRequest(
        ref=ref_of(node) or "",
        title=_text(node.get("title")),
        state=pull_state_of(node),
        url=_url(node),
        node_id=node_id(node),
        author=_login(node) if "author" in node or "user" in node else "",
        body=_text(node.get("body")),
        is_draft=_of(node, "isDraft") is True,
        base=_text(node.get("baseRefName")),
        head_oid=_text(node.get("headRefOid")),
        merge_oid=_text(_mapping(node.get("mergeCommit")).get("oid")),
        created_at=moment(_of(node, "createdAt")),
        updated_at=moment(_of(node, "updatedAt")),
        closed_at=moment(_of(node, "closedAt")),
        merged_at=moment(_of(node, "mergedAt")),
        labels=_names(node.get("labels"), "name"),
        changed_files=changed if isinstance(changed, int) and not isinstance(changed, bool) else None,
        changed_lines=sum(lines) if all(isinstance(n, int) for n in lines) else None,
        files=_names(node.get("files"), "path"),
        reviews=tuple(read_review(r) for r in nodes_of(node, "reviews") if isinstance(r, Mapping)),
        comments=_comments(nodes_of(node, "comments") if comments is None else comments),
        review_requests=tuple(filter(None, map(_requested, nodes_of(node, "reviewRequests")))),
        last_push_at=_last_push(node),
    )


def read_comment(node: Any) -> Comment:
    """A comment of an issue or pull request, from GraphQL or as REST answers a POST."""
    node = _mapping(node)
    database_id = node.get("fullDatabaseId") or node.get("databaseId") or node.get("id")
    created = moment(_of(node, "createdAt")) or EPOCH
    return models.Comment(
        id=node_id(node),
        database_id=str(database_id) if str(database_id).isascii() and str(database_id).isdigit() else "",
        author=_login(node),
        body=_text(node.get("body")),
        created_at=created,
        updated_at=moment(_of(node, "updatedAt")) or created,
        edited_at=moment(_of(node, "lastEditedAt")),
        url=_url(node),
        minimized=_of(node, "isMinimized") is True,
        editor=_login({"author": node["editor"]}) if isinstance(node.get("editor"), Mapping) else "",
    )


def read_review(node: Any) -> Review:
    """A submitted review; one that is still pending carries the epoch."""
    node = _mapping(node)
    return models.Review(
        author=_login(node),
        state=_text(node.get("state")).upper(),
        body=_text(node.get("body")),
        submitted_at=moment(_of(node, "submittedAt")) or moment(_of(node, "createdAt")) or EPOCH,
        commit=_text(_mapping(node.get("commit")).get("oid")),
        url=_url(node),
    )


def read_bug(node: Any) -> Bug:
    """An issue or pull request with a bug label; merged counts as closed."""
    node = _mapping(node)
    return models.Bug(
        ref=ref_of(node) or "",
        title=_text(node.get("title")),
        body=_text(node.get("body")),
        state="open" if state_of(node).casefold() in ("open", "") else "closed",
        url=_url(node),
        labels=_names(node.get("labels"), "name"),
    )


def referring_pulls(node: Any) -> tuple[Mapping[str, Any], ...]:
    """The pull requests among an issue's cross-references, as nodes, each once, oldest first."""
    found: dict[str, Mapping[str, Any]] = {}
    for event in nodes_of(node, "timelineItems"):
        source = _mapping(_mapping(event).get("source"))
        ref = ref_of(source)
        kind = source.get("__typename")
        is_pull = kind == "PullRequest" or (kind is None and ("baseRefName" in source or "mergedAt" in source))
        if ref and (is_pull or "/pull/" in _text(source.get("url"))):
            found.setdefault(ref.casefold(), source)
    return tuple(found.values())


def ref_of(node: Any) -> str | None:
    """`owner/repo#number` of an issue or pull request; None when the node does not say."""
    node = _mapping(node)
    number = number_of(node)
    repository = _text(_mapping(node.get("repository")).get("nameWithOwner"))
    if not repository:
        parts = _url(node).split("/")
        if len(parts) >= 4 and parts[-2] in ("pull", "issues"):
            repository = "/".join(parts[-4:-2])
    return f"{repository}#{number}" if number and repository.count("/") == 1 else None


def number_of(node: Any) -> int:
    """The number of an issue or pull request; 0 when the node does not say, or says what no repository has."""
    return _number(_mapping(node).get("number"))


def node_id(node: Any) -> str:
    """GraphQL's global id, in either shape; empty when there is none."""
    node = _mapping(node)
    found = node.get("node_id") or node.get("id")
    return found if isinstance(found, str) else ""


def state_of(node: Any) -> str:
    """GitHub's word for the state, whatever alias the query gave it; empty when unknown."""
    node = _mapping(node)
    return next((_text(node[k]) for k in ("state", "issueState", "pullState", "prState") if node.get(k)), "")


def pull_state_of(node: Mapping[str, Any]) -> PrState:
    """Where a pull request stands."""
    if node.get("merged") is True or moment(_of(node, "mergedAt")):
        return PrState.MERGED
    word = state_of(node).casefold()
    return PrState(word) if word in ("open", "merged", "closed") else PrState.UNKNOWN


def nodes_of(node: Any, name: str) -> tuple[Any, ...]:
    """The elements of a connection (or plain list) that are there."""
    return _elements(_mapping(node).get(name))


def moment(value: Any) -> datetime | None:
    """An ISO moment with its zone (UTC where none is named); None for anything else."""
    if not isinstance(value, str) or len(value) < 10:
        return None
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is UTC:
            return found
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


_NOTHING: Mapping[str, Any] = {}
_REST = {
    "createdAt": "created_at",
    "updatedAt": "updated_at",
    "closedAt": "closed_at",
    "mergedAt": "merged_at",
    "submittedAt": "submitted_at",
    "isDraft": "draft",
    "changedFiles": "changed_files",
}


def _of(node: Mapping[str, Any], name: str) -> Any:
    """A field by its GraphQL name, or by REST's."""
    found = node.get(name)
    return node.get(_REST[name]) if found is None and name in _REST else found


def _mapping(value: Any) -> Mapping[str, Any]:
    # A dict is asked for first: over a hundred thousand nodes the general question is felt.
    return value if isinstance(value, dict) or isinstance(value, Mapping) else _NOTHING  # noqa: SIM101


def _elements(value: Any) -> tuple[Any, ...]:
    if isinstance(value, Mapping):
        value = value.get("nodes")
    return tuple(e for e in value if e is not None) if isinstance(value, list | tuple) else ()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST else 0


def _url(node: Mapping[str, Any]) -> str:
    return _text(node.get("html_url")) or _text(node.get("url"))


def _login(node: Mapping[str, Any]) -> str:
    """Who wrote it; a machine as REST names it, "dependabot[bot]": GraphQL leaves the mark out and gives the kind."""
    actor = _mapping(node.get("author")) or _mapping(node.get("user"))
    login = _text(actor.get("login"))
    machine = "Bot" in (actor.get("__typename"), actor.get("type"))
    return f"{login}[bot]" if login and machine and not login.endswith("[bot]") else login or GHOST


def _names(connection: Any, key: str) -> tuple[str, ...]:
    names = (_text(e.get(key) if isinstance(e, Mapping) else e) for e in _elements(connection))
    return tuple(n for n in names if n)


def _comments(nodes: Iterable[Any]) -> tuple[Comment, ...]:
    return tuple(read_comment(n) for n in nodes if isinstance(n, Mapping))


def _requested(request: Any) -> str:
    """Login of a requested reviewer, or `org/team`."""
    who = _mapping(_mapping(request).get("requestedReviewer"))
    login = _text(who.get("login"))
    if login:
        return login
    combined = _text(who.get("combinedSlug"))
    if combined:
        return combined
    organization, slug = _text(_mapping(who.get("organization")).get("login")), _text(who.get("slug"))
    return f"{organization}/{slug}" if organization and slug else slug


def _last_push(node: Mapping[str, Any]) -> datetime | None:
    commits = (_mapping(_mapping(c).get("commit")) for c in nodes_of(node, "commits"))
    dates = (moment(c.get("pushedDate")) or moment(c.get("committedDate")) for c in commits)
    return max(filter(None, dates), default=None)
