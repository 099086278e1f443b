"""What people do on GitHub, with what each act does to `updatedAt`; no HTTP here."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from hashlib import sha1
from itertools import count
from threading import RLock

from vep_tui.demo.records import BoardRecord, CommentRecord, IssueRecord, PullRecord, RepoRecord, ReviewRecord
from vep_tui.demo.references import link_text

_BOX = re.compile(r"^(?P<lead>[ \t]*[-*+][ \t]+)\[(?P<mark>[ xX])\](?P<text>[^\r\n]*)", re.MULTILINE)


class Talk:
    """What people say on a site: comments, reviews, references."""

    repos: dict[str, RepoRecord]
    boards: dict[int, BoardRecord]
    renamed: dict[str, str]
    ids: count[int]
    now: datetime
    pulse: timedelta
    version: int
    edits_bump: bool
    lock: RLock

    # ------------------------------------------------------------ finding

    def find(self, ref: str) -> IssueRecord:
        """The issue or pull request; KeyError when there is none."""
        name, _, number = ref.partition("#")
        return self.repos[self.renamed.get(name, name)].issues[int(number)]

    def pull(self, ref: str) -> PullRecord:
        """The pull request; TypeError when it is an issue."""
        record = self.find(ref)
        if not isinstance(record, PullRecord):
            raise TypeError(f"{ref} is not a pull request")
        return record

    def comment(self, comment_id: int) -> tuple[str, CommentRecord]:
        """(`owner/repo#n`, comment) by database id; KeyError when there is none."""
        for repo in self.repos.values():
            for record in repo.issues.values():
                for comment in record.comments:
                    if comment.id == comment_id:
                        return f"{repo.name}#{record.number}", comment
        raise KeyError(comment_id)

    # ------------------------------------------------------------ talking

    def add_comment(self, ref: str, author: str, body: str) -> CommentRecord:
        """Write a comment; what it mentions is cross-referenced."""
        with self.lock:
            now = self._act(ref)
            comment = CommentRecord(next(self.ids), author, body, now, now)
            self.find(ref).comments.append(comment)
            link_text(self.repos, ref, body, now)
            return comment

    def edit_comment(self, comment_id: int, body: str, *, on_web: bool = True, by: str = "") -> CommentRecord:
        """Edit a comment, as its author unless `by` names another; the web editor saves CRLF line ends."""
        with self.lock:
            ref, comment = self.comment(comment_id)
            now = self._act(ref if self.edits_bump else None)
            comment.body = _crlf(body) if on_web else body
            comment.edited_at = comment.updated_at = now
            comment.editor = by or comment.author
            link_text(self.repos, ref, body, now)
            return comment

    def tick_box_on_web(self, comment_id: int, box: int | str, *, by: str = "") -> CommentRecord:
        """Click a check box of a comment: by position from 0, or by a piece of its line; its author unless `by`."""
        with self.lock:
            body = self.comment(comment_id)[1].body
            boxes = list(_BOX.finditer(body))
            found = boxes[box] if isinstance(box, int) else next(b for b in boxes if box in b["text"])
            mark = "x" if found["mark"] == " " else " "
            start, end = found.span("mark")
            return self.edit_comment(comment_id, body[:start] + mark + body[end:], by=by)

    def delete_comment(self, comment_id: int) -> None:
        """Delete a comment; its issue's `updated_at` stays."""
        with self.lock:
            ref, comment = self.comment(comment_id)
            self.find(ref).comments.remove(comment)
            self._act(None)

    def add_reference(self, ref: str, source: str) -> None:
        """Let `source` refer to `ref`; the `updated_at` of `ref` stays."""
        with self.lock:
            record, now = self.find(ref), self._act(None)
            if source not in record.references:
                record.references.append(source)
                record.referenced_at[source] = now

    def review(self, ref: str, author: str, state: str = "COMMENTED", body: str = "") -> ReviewRecord:
        """Submit a review of a pull request's present head."""
        with self.lock:
            pull, now = self.pull(ref), self._act(ref)
            review = ReviewRecord(next(self.ids), author, state, body, now, pull.head_oid)
            pull.reviews.append(review)
            if author in pull.review_requests:
                pull.review_requests.remove(author)
            link_text(self.repos, ref, body, now)
            return review

    def _act(self, ref: str | None) -> datetime:
        """Move the clock, count the change and, given a ref, bump its `updated_at`."""
        self.now += self.pulse
        self.version += 1
        if ref is not None:
            self.find(ref).updated_at = self.now
        return self.now


class Acts(Talk):
    """All acts of a site; `ref` is `owner/repo#n`. Each moves the clock by one pulse and counts as a change.

    Which acts move an issue's `updated_at` follows what is known of GitHub: not a deleted comment,
    not a new cross-reference, not a board field.
    """

    # ------------------------------------------------------------ issues and pull requests

    def close(self, ref: str, reason: str | None = "COMPLETED") -> None:
        """Close without merging."""
        with self.lock:
            record = self.find(ref)
            record.state, record.closed_at = "CLOSED", self._act(ref)
            record.state_reason = None if isinstance(record, PullRecord) else reason

    def reopen(self, ref: str) -> None:
        """Open again."""
        with self.lock:
            record = self.find(ref)
            record.state, record.closed_at = "OPEN", None
            record.state_reason = None if isinstance(record, PullRecord) else "REOPENED"
            self._act(ref)

    def rewrite(self, ref: str, *, title: str | None = None, body: str | None = None) -> None:
        """Edit title or body."""
        with self.lock:
            record = self.find(ref)
            record.edited_at = now = self._act(ref)
            record.title = record.title if title is None else title
            if body is not None:
                record.body = body
                link_text(self.repos, ref, body, now)

    def retitle(self, ref: str, title: str) -> None:
        """Edit the title."""
        self.rewrite(ref, title=title)

    def label(self, ref: str, *labels: str) -> None:
        """Add labels."""
        with self.lock:
            have = self.find(ref).labels
            have.extend(label for label in labels if label not in have)
            self._act(ref)

    def unlabel(self, ref: str, *labels: str) -> None:
        """Remove labels."""
        with self.lock:
            record = self.find(ref)
            record.labels = [label for label in record.labels if label not in labels]
            self._act(ref)

    def assign(self, ref: str, *logins: str) -> None:
        """Assign people, in place of those assigned before."""
        with self.lock:
            self.find(ref).assignees = list(logins)
            self._act(ref)

    def lock_issue(self, ref: str, locked: bool = True) -> None:
        """Lock a conversation, or unlock it."""
        with self.lock:
            self.find(ref).locked = locked
            self._act(ref)

    def delete_issue(self, ref: str) -> None:
        """Delete an issue: it vanishes from every list, and from the references of others."""
        with self.lock:
            name, _, number = ref.partition("#")
            del self.repos[name].issues[int(number)]
            self.repos[name].deleted.add(int(number))
            for repo in self.repos.values():
                for record in repo.issues.values():
                    record.references = [source for source in record.references if source != ref]
            self._act(None)

    def push(self, ref: str, oid: str | None = None) -> str:
        """Push a commit to a pull request; its oid."""
        with self.lock:
            pull = self.pull(ref)
            pull.pushed_at = now = self._act(ref)
            pull.head_oid = oid or sha1(f"{ref} {now}".encode(), usedforsecurity=False).hexdigest()
            return pull.head_oid

    def retarget(self, ref: str, base: str) -> None:
        """Change the base branch of a pull request."""
        with self.lock:
            self.pull(ref).base = base
            self._act(ref)

    def merge_pull(self, ref: str, *, also_into: tuple[str, ...] = ()) -> str:
        """Merge a pull request into its base, and into branches cut later; the merge commit's oid."""
        with self.lock:
            pull, repo = self.pull(ref), self.repos[ref.partition("#")[0]]
            pull.merged_at = pull.closed_at = now = self._act(ref)
            pull.merge_oid = pull.merge_oid or sha1(f"merge {ref} {now}".encode(), usedforsecurity=False).hexdigest()
            pull.state = "MERGED"
            for branch in (pull.base, *also_into):
                repo.branches.setdefault(branch, set()).add(pull.merge_oid)
            return pull.merge_oid

    # ------------------------------------------------------------ repositories and boards

    def write_file(self, repo: str, path: str, text: str | None) -> None:
        """Commit a file to the default branch; None removes it."""
        with self.lock:
            files = self.repos[repo].files
            if text is None:
                files.pop(path)
            else:
                files[path] = text
            self._act(None)

    def rename_repo(self, old: str, new: str) -> None:
        """Rename a repository; the old name redirects."""
        with self.lock:
            repo = self.repos.pop(old)
            repo.first_name = repo.identity
            repo.name, self.repos[new], self.renamed[old] = new, repo, new
            self._act(None)

    def set_board(self, board: int, number: int, field: str, value: str) -> None:
        """Set a field of a board item; no issue's `updated_at` moves."""
        with self.lock:
            self.boards[board].items.setdefault(number, {})[field] = value
            self._act(None)


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
