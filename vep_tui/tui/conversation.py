"""The conversation of a tracker or pull request: who said what when, with what bots say folded away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from vep_tui.core.text import clean
from vep_tui.tui.glyphs import ACCENT, DIM, EMPTY
from vep_tui.tui.sheet import Sheet
from vep_tui.tui.when import absolute, ago, both

if TYPE_CHECKING:
    from vep_tui.core.models import Comment, Issue, PullRequest
    from vep_tui.tui.scene import Scene


@dataclass(frozen=True, slots=True)
class Post:
    """One contribution to a thread: a body, a comment or a review."""

    author: str
    body: str
    at: datetime
    url: str = ""
    what: str = ""
    """What it is when it is no plain comment: "tracker", "approved"."""
    edited: str = ""
    """"edited", and by whom when it was not its author."""
    minimized: bool = False


def posts_of_issue(issue: Issue) -> tuple[Post, ...]:
    """The tracker's own text, then its comments."""
    opening = Post(issue.author, issue.body, issue.created_at, issue.url, "tracker")
    return (opening, *(_of_comment(c) for c in issue.comments))


def posts_of_pull(pull: PullRequest) -> tuple[Post, ...]:
    """Comments and reviews in the order of time; the description stands on the overview."""
    posts = [_of_comment(c) for c in pull.comments]
    for review in pull.reviews:
        word = review.state.replace("_", " ").lower()
        if review.body.strip() or word in ("approved", "changes requested"):
            posts.append(Post(review.author, review.body, review.submitted_at, review.url, word))
    return tuple(sorted(posts, key=lambda p: p.at))


def _of_comment(comment: Comment) -> Post:
    edited = "edited" if comment.edited_at else ""
    if comment.edited_by_another:
        edited = f"edited by {comment.editor}"
    return Post(comment.author, comment.body, comment.created_at, comment.url, "", edited, comment.minimized)


def write_conversation(
    sheet: Sheet, posts: Iterable[Post], scene: Scene, *, folded: bool, seen: datetime | None = None
) -> int:
    """Write a thread; returns the line on which to begin: the first contribution that is new, else the last one.

    New is what others said after `seen`; None, and nothing is marked.
    """
    last, first_new = 0, -1
    hidden: list[Post] = []
    for post in posts:
        sheet.check()
        if folded and (scene.is_bot(post.author) or post.minimized):
            hidden.append(post)
            continue
        _write_folded(sheet, hidden)
        hidden = []
        sheet.blank()
        last = sheet.line
        new = seen is not None and post.at > seen and not scene.is_me(post.author)
        if new and first_new < 0:
            first_new = last
            _write_rule(sheet, seen, scene)
        _write_post(sheet, post, scene, new=new)
    _write_folded(sheet, hidden)
    if not sheet.line:
        sheet.write(Content.styled("Nobody has said anything yet. c writes a comment.", DIM))
    return last if first_new < 0 else first_new


def _write_rule(sheet: Sheet, seen: datetime | None, scene: Scene) -> None:
    """A line between what was read and what is new."""
    words = f" new since you looked {both(seen, scene.now)} "
    rule = sheet.glyphs("─")
    sheet.put(Content.styled(f"{rule * 2}{words}{rule * max(0, sheet.width - len(words) - 2)}", f"bold {ACCENT}"))


def _write_folded(sheet: Sheet, hidden: list[Post]) -> None:
    if not hidden:
        return
    names = ", ".join(dict.fromkeys(clean(p.author) for p in hidden))
    count = f"{len(hidden)} comment{'s' if len(hidden) > 1 else ''}"
    sheet.blank()
    sheet.write(Content.styled(sheet.glyphs(f"▸ {count} by {names} (f unfolds)"), DIM))


def _write_post(sheet: Sheet, post: Post, scene: Scene, *, new: bool) -> None:
    dot = sheet.glyphs.dot
    name = Content.styled(clean(scene.who(post.author)), f"bold {ACCENT}")
    rest = dot + dot.join(
        p
        for p in (
            "bot" if scene.is_bot(post.author) else "",
            clean(post.what),
            ago(post.at, scene.now),
            absolute(post.at),
            clean(post.edited),
            "hidden on GitHub" if post.minimized else "",
        )
        if p
    )
    mark = [Content.styled(sheet.glyphs("• new "), f"bold {ACCENT}")] if new else []
    parts = [*mark, name, Content.styled(rest, DIM)]
    if post.url:
        parts += [Content("  "), sheet.linked("link", post.url)]
    sheet.heading(2, f"{post.author} {absolute(post.at)}")
    sheet.write(EMPTY.join(parts))
    from vep_tui.tui.markdown import write_markdown

    bar = Content.styled(sheet.glyphs("│ "), DIM)
    write_markdown(sheet, post.body, lead=bar, breaks=True)
