"""Issues, comments and people as REST shows them; pure functions from records to JSON."""

from __future__ import annotations

from typing import Any

from vep_tui.demo.identity import node_id, number_of, stamp, stamp_or_none
from vep_tui.demo.records import CommentRecord, IssueRecord, PullRecord, RepoRecord
from vep_tui.demo.views import thread_url
from vep_tui.demo.visit import Visit

Json = dict[str, Any]


def user(base: str, login: str) -> Json:
    """A "simple user"; `base` is the double's own address, because clients follow these URLs."""
    own = f"{base}/users/{login}"
    links = ("followers", "subscriptions", "organizations", "repos", "received_events")
    return {
        "login": login,
        "id": number_of("user", login),
        "node_id": node_id("U", login),
        "avatar_url": f"https://avatars.githubusercontent.com/u/{number_of('user', login)}",
        "gravatar_id": "",
        "url": own,
        "html_url": f"https://github.com/{login}",
        **{f"{name}_url": f"{own}/{name}" for name in links},
        "following_url": f"{own}/following{{/other_user}}",
        "gists_url": f"{own}/gists{{/gist_id}}",
        "starred_url": f"{own}/starred{{/owner}}{{/repo}}",
        "events_url": f"{own}/events{{/privacy}}",
        "type": "Bot" if login.endswith("[bot]") else "User",
        "site_admin": False,
    }


def author(base: str, login: str) -> Json | None:
    """The author of a text; None for a deleted account."""
    return user(base, login) if login and login != "ghost" else None


def private_user(base: str, visit: Visit) -> Json:
    """The viewer as `GET /user` shows them."""
    login = visit.viewer or ""
    names = ("name", "company", "blog", "location", "email", "hireable", "bio")
    counts = ("public_repos", "public_gists", "followers", "following", "private_gists", "total_private_repos")
    more = ("owned_private_repos", "disk_usage", "collaborators")
    return {
        **user(base, login),
        **dict.fromkeys(names),
        **dict.fromkeys(counts + more, 0),
        "two_factor_authentication": True,
        "created_at": "2015-01-01T00:00:00Z",
        "updated_at": "2015-01-01T00:00:00Z",
    }


def reactions(url: str) -> Json:
    """Nobody has reacted."""
    names = ("+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket")
    return {"url": f"{url}/reactions", "total_count": 0, **dict.fromkeys(names, 0)}


def comment(base: str, visit: Visit, repo: RepoRecord, record: IssueRecord, row: CommentRecord) -> Json:
    """An issue comment, its body exactly as it was sent."""
    url = f"{base}/repos/{repo.name}/issues/comments/{row.id}"
    return {
        "url": url,
        "html_url": f"{thread_url(repo, record)}#issuecomment-{row.id}",
        "issue_url": f"{base}/repos/{repo.name}/issues/{record.number}",
        "id": row.id,
        "node_id": node_id("IC", repo.identity, row.id),
        "user": author(base, row.author),
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
        "author_association": visit.association(row.author),
        "body": row.body,
        "reactions": reactions(url),
    }


def issue(base: str, visit: Visit, repo: RepoRecord, record: IssueRecord) -> Json:
    """An issue, or a pull request in the shape of one."""
    url = f"{base}/repos/{repo.name}/issues/{record.number}"
    people = [user(base, login) for login in record.assignees]
    shape: Json = {
        "url": url,
        "repository_url": f"{base}/repos/{repo.name}",
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "timeline_url": f"{url}/timeline",
        "html_url": thread_url(repo, record),
        "id": 3_000_000_000 + number_of("thread", repo.name, str(record.number)),
        "node_id": node_id("PR" if isinstance(record, PullRecord) else "I", repo.identity, record.number),
        "number": record.number,
        "title": record.title,
        "user": author(base, record.author),
        "labels": [_label(base, repo, name) for name in record.labels],
        "state": "open" if record.state == "OPEN" else "closed",
        "state_reason": record.state_reason.lower() if record.state_reason else None,
        "locked": record.locked,
        "active_lock_reason": None,
        "assignee": people[0] if people else None,
        "assignees": people,
        "milestone": None,
        "comments": len(record.comments),
        "created_at": stamp(record.created_at),
        "updated_at": stamp(record.updated_at),
        "closed_at": stamp_or_none(record.closed_at),
        "author_association": visit.association(record.author),
        "body": record.body,
        "reactions": reactions(url),
    }
    if isinstance(record, PullRecord):
        web = thread_url(repo, record)
        shape["draft"] = record.draft
        shape["pull_request"] = {
            "url": f"{base}/repos/{repo.name}/pulls/{record.number}",
            "html_url": web,
            "diff_url": f"{web}.diff",
            "patch_url": f"{web}.patch",
            "merged_at": stamp_or_none(record.merged_at),
        }
    return shape


def _label(base: str, repo: RepoRecord, name: str) -> Json:
    return {
        "id": number_of("label", repo.name, name),
        "node_id": node_id("LA", repo.identity, name),
        "url": f"{base}/repos/{repo.name}/labels/{name}".replace(" ", "%20"),
        "name": name,
        "description": None,
        "color": f"{number_of('label', name) & 0xFFFFFF:06x}",
        "default": False,
    }
