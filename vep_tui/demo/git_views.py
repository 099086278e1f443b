"""Branches, commits, trees and files as GraphQL shows them; the double keeps only each branch's present state."""

# ruff: noqa: D102 (GitHub's schema documents the fields)

from __future__ import annotations

from datetime import datetime

from vep_tui.demo.identity import WEB, blob_oid, node_id, oid_of, stamp
from vep_tui.demo.records import PullRecord, RepoRecord
from vep_tui.demo.visit import Visit

_TEXT_LIMIT = 512_000
"""Bytes of a file that `Blob.text` shows."""


class BlobView:
    """A file's contents."""

    typename = "Blob"

    def __init__(self, repo: RepoRecord, text: str) -> None:
        raw = text.encode("utf-8", "surrogatepass")
        self.oid = blob_oid(text)
        self.abbreviated_oid = self.oid[:7]
        self.id = node_id("B", repo.identity, self.oid)
        self.byte_size = len(raw)
        self.is_binary = "\0" in text
        self.is_truncated = len(raw) > _TEXT_LIMIT
        self.text = (
            None if self.is_binary else raw[:_TEXT_LIMIT].decode("utf-8", "ignore") if self.is_truncated else text
        )


class EntryView:
    """A row of a folder."""

    def __init__(self, repo: RepoRecord, path: str) -> None:
        self.repo, self.path = repo, path
        self.name = path.rpartition("/")[2]
        self.is_file = path in repo.files
        self.type = "blob" if self.is_file else "tree"
        self.mode = 0o100644 if self.is_file else 0o040000
        self.extension = f".{self.name.rpartition('.')[2]}" if self.is_file and "." in self.name else ""

    @property
    def object(self) -> BlobView | TreeView:
        return BlobView(self.repo, self.repo.files[self.path]) if self.is_file else TreeView(self.repo, self.path)

    @property
    def oid(self) -> str:
        return blob_oid(self.repo.files[self.path]) if self.is_file else TreeView(self.repo, self.path).oid

    @property
    def size(self) -> int:
        return len(self.repo.files[self.path].encode("utf-8", "surrogatepass")) if self.is_file else 0


class TreeView:
    """A folder; "" is the root."""

    typename = "Tree"

    def __init__(self, repo: RepoRecord, path: str) -> None:
        self.repo = repo
        self.prefix = f"{path}/" if path else ""

    @property
    def oid(self) -> str:
        inside = sorted(
            (path, blob_oid(text)) for path, text in self.repo.files.items() if path.startswith(self.prefix)
        )
        return oid_of("tree", *(f"{path.removeprefix(self.prefix)}:{oid}" for path, oid in inside))

    @property
    def abbreviated_oid(self) -> str:
        return self.oid[:7]

    @property
    def id(self) -> str:
        return node_id("TR", self.repo.identity, self.oid)

    @property
    def entries(self) -> list[EntryView]:
        size = len(self.prefix)
        names = {path[size:].partition("/")[0] for path in self.repo.files if path.startswith(self.prefix)}
        return [EntryView(self.repo, self.prefix + name) for name in sorted(names)]


class CommitView:
    """A commit; only a branch's newest one has files."""

    typename = "Commit"

    def __init__(self, visit: Visit, repo: RepoRecord, oid: str, at: datetime) -> None:
        self.visit, self.repo, self.oid = visit, repo, oid
        self.abbreviated_oid = oid[:7]
        self.id = node_id("C", repo.identity, oid)
        self.committed_date = self.authored_date = stamp(at)
        self.url = f"{WEB}/{repo.name}/commit/{oid}"

    @property
    def tree(self) -> TreeView:
        return TreeView(self.repo, "")

    def file(self, path: str) -> EntryView | None:
        wanted = path.strip("/")
        return EntryView(self.repo, wanted) if _is_path(self.repo, wanted) else None


class ComparisonView:
    """How a head compares with a branch."""

    typename = "Comparison"

    def __init__(self, ref: RefView, head: str, status: str) -> None:
        self.id = node_id("CMP", ref.id, head)
        self.status = status
        self.ahead_by = 0 if status in ("BEHIND", "IDENTICAL") else 1
        self.behind_by = 0 if status in ("AHEAD", "IDENTICAL") else 1


class RefView:
    """A branch."""

    typename = "Ref"
    prefix = "refs/heads/"

    def __init__(self, visit: Visit, repo: RepoRecord, name: str) -> None:
        self.visit, self.repo, self.name = visit, repo, name
        self.id = node_id("REF", repo.identity, name)

    @property
    def target(self) -> CommitView:
        return CommitView(self.visit, self.repo, head_oid(self.repo, self.name), self.visit.site.now)

    def compare(self, head_ref: str) -> ComparisonView | None:
        """Contained in the branch: BEHIND or IDENTICAL; known but not contained: DIVERGED; unknown: None."""
        own = head_oid(self.repo, self.name)
        if branch := branch_named(self.repo, head_ref):
            return ComparisonView(self, head_ref, "IDENTICAL" if branch == self.name else "DIVERGED")
        if head_ref == own:
            return ComparisonView(self, head_ref, "IDENTICAL")
        if head_ref in self.repo.branches.get(self.name, ()):
            return ComparisonView(self, head_ref, "BEHIND")
        return ComparisonView(self, head_ref, "DIVERGED") if head_ref in _known_oids(self.repo) else None


def branch_named(repo: RepoRecord, name: str) -> str | None:
    """The branch behind a full or short name, or None."""
    short = name.removeprefix("refs/heads/")
    return short if short == repo.default_branch or short in repo.branches else None


def head_oid(repo: RepoRecord, branch: str) -> str:
    """Oid of a branch's newest commit: another one whenever its files or its merges change."""
    merges = sorted(repo.branches.get(branch, ()))
    files = TreeView(repo, "").oid if branch == repo.default_branch else ""
    return oid_of("branch", repo.name, branch, files, *merges)


def resolve_object(visit: Visit, repo: RepoRecord, expression: str) -> BlobView | CommitView | TreeView | None:
    """What `git rev-parse` would name: `REV`, `REV:path`."""
    revision, colon, path = expression.partition(":")
    branch = repo.default_branch if revision == "HEAD" else branch_named(repo, revision)
    if branch is None:
        return _commit_by_oid(visit, repo, revision, path if colon else None)
    if not colon:
        return RefView(visit, repo, branch).target
    return _at_path(repo, path)


def resolve_oid(visit: Visit, repo: RepoRecord, oid: str) -> BlobView | CommitView | TreeView | None:
    """A commit or a file by its object id."""
    if found := _commit_by_oid(visit, repo, oid, None):
        return found
    return next((BlobView(repo, text) for text in repo.files.values() if blob_oid(text) == oid), None)


def _commit_by_oid(
    visit: Visit, repo: RepoRecord, oid: str, path: str | None
) -> BlobView | CommitView | TreeView | None:
    for branch in {repo.default_branch: None, **dict.fromkeys(repo.branches)}:
        if oid == head_oid(repo, branch):
            return RefView(visit, repo, branch).target if path is None else _at_path(repo, path)
    return CommitView(visit, repo, oid, visit.site.now) if path is None and oid in _known_oids(repo) else None


def _known_oids(repo: RepoRecord) -> set[str]:
    pulls = [record for record in repo.issues.values() if isinstance(record, PullRecord)]
    own = {oid for pull in pulls for oid in (pull.merge_oid, pull.head_oid) if oid}
    return own.union(*repo.branches.values())


def _is_path(repo: RepoRecord, path: str) -> bool:
    return path in repo.files or any(name.startswith(f"{path}/") for name in repo.files)


def _at_path(repo: RepoRecord, path: str) -> BlobView | TreeView | None:
    wanted = path.strip("/")
    if wanted in repo.files:
        return BlobView(repo, repo.files[wanted])
    return TreeView(repo, wanted) if not wanted or _is_path(repo, wanted) else None
