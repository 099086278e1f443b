"""GitHub's GraphQL nodes in a few words, for the store's tests."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]


def comment_node(n: int, body: str = "", *, author: str = "alice", at: str = "2026-06-20T10:00:00Z") -> Node:
    return {
        "id": f"IC_{n}",
        "fullDatabaseId": str(5_270_000_000 + n),
        "author": {"login": author},
        "body": body or f"comment {n}",
        "createdAt": at,
        "updatedAt": at,
        "url": f"https://github.com/kubevirt/enhancements/issues/1#issuecomment-{n}",
    }


def pull_node(number: int, *, repo: str = "kubevirt/kubevirt", state: str = "OPEN", **more: Any) -> Node:
    return {
        "__typename": "PullRequest",
        "id": f"PR_{repo}_{number}",
        "number": number,
        "title": f"Change {number}",
        "state": state,
        "repository": {"nameWithOwner": repo},
        "baseRefName": "main",
        "author": {"login": "alice"},
        "createdAt": "2026-06-01T10:00:00Z",
        "updatedAt": "2026-06-02T10:00:00Z",
        "url": f"https://github.com/{repo}/pull/{number}",
        **more,
    }


def issue_node(
    number: int,
    *,
    title: str = "",
    body: str = "",
    comments: list[Node] | None = None,
    references: list[Node] | None = None,
    labels: tuple[str, ...] = ("kind/tracker",),
    **more: Any,
) -> Node:
    comments, references = comments or [], references or []
    return {
        "id": f"I_{number}",
        "number": number,
        "title": title or f"VEP {number}: Thing {number}",
        "body": body,
        "state": "OPEN",
        "author": {"login": "alice"},
        "createdAt": "2026-05-01T10:00:00Z",
        "updatedAt": "2026-06-25T10:00:00Z",
        "url": f"https://github.com/kubevirt/enhancements/issues/{number}",
        "labels": {"nodes": [{"name": name} for name in labels]},
        "assignees": {"nodes": []},
        "comments": {"totalCount": len(comments), "nodes": comments},
        "timelineItems": {"filteredCount": len(references), "nodes": [{"source": pull} for pull in references]},
        **more,
    }
