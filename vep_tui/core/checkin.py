"""Who last checked in on a VEP, and who waits for an answer; it reads conversations and decides no turn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from vep_tui.core.answers import Answer, read_answer, unquoted
from vep_tui.core.commands import without_commands
from vep_tui.core.comment import parse_comment
from vep_tui.core.focus import order
from vep_tui.core.marker import holds_checklist, lines_of, marker_of
from vep_tui.core.models import CheckIn, Comment, Issue, ItemState, PullRequest, Vep
from vep_tui.core.process import Process
from vep_tui.core.signoff import Voice, voices
from vep_tui.core.text import one_line
from vep_tui.core.world import World

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_LINK = re.compile(r"https?://\S+")
_ASKS = re.compile(
    r"\b(?:ptal|wdyt|please|pls|can you|could you|would you|will you|do you|mind|ping|thoughts"
    r"|any (?:news|plans|update)|take a look|have a look|let (?:me|us) know|what do i|need your"
    r"|waiting (?:for|on) you)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\W*?(?:@[\w-]+(?:[ ,:&]|and\b)*)+")
_SHORT = 160
_FAR = 5
"""So many minor releases ahead nobody plans."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something somebody asked that is still open."""

    by: str
    at: datetime
    text: str
    """The words, shortened to one line."""
    url: str = ""


def is_bot(login: str, process: Process) -> bool:
    """True for the accounts of machines."""
    name = login.casefold()
    return name in process.bots or name.endswith("[bot]")


def is_checklist(comment: Comment) -> bool:
    """True for a checklist comment: it has our marker, which names a release."""
    marker = marker_of(comment.body, author=comment.author if comment.edited_at else "")
    return marker is not None and marker.release is not None


def own_words(body: str) -> str:
    """What the author says: no quotes, hidden text, code, commands; as one line."""
    return " ".join(without_commands(unquoted(_visible(body))).split())


def _visible(body: str) -> str:
    """The text without hidden parts and code."""
    return _CODE.sub(" ", _HIDDEN.sub(" ", body))


def shortened(text: str, limit: int = _SHORT) -> str:
    """One line of at most `limit` characters."""
    line = one_line(text)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def owners_of(vep: Vep) -> frozenset[str]:
    """Case-folded logins of those who answer for a VEP: authors of tracker and document, contacts, assignees."""
    authors = vep.document.authors if vep.document else ()
    people = (vep.issue.author, *authors, *vep.tracker.contacts, *vep.issue.assignees)
    return frozenset(p.casefold() for p in people)


def last_check_in(issue: Issue, world: World, contacts: Iterable[str] = ()) -> CheckIn | None:
    """The last word of a reviewer: no bot, not the owner answering, more than a command.

    A checklist or check-in comment counts whoever of the reviewers wrote it, also the owner.
    """
    answering = {issue.author.casefold(), *(a.casefold() for a in issue.assignees), *(c.casefold() for c in contacts)}
    for comment in reversed(issue.comments):
        if is_bot(comment.author, world.process) or not world.people.may_speak(comment.author):
            continue
        formal = is_checklist(comment)
        answer = read_answer(comment.body, world.process.tracker.projects)
        if not formal and comment.author.casefold() in answering and not (answer and answer.formal and answer.cycle):
            continue
        if words := _ticked(comment, world.process) if formal else _said(comment, answer):
            own_edit = comment.edited_at if formal and not comment.edited_by_another else None
            at = max(comment.created_at, own_edit or comment.created_at)
            return CheckIn(comment.author, at, shortened(words), comment.url)
    return None


def _said(comment: Comment, answer: Answer | None) -> str:
    """A check-in in our form without its markup; other comments in their own words."""
    return answer.words if answer is not None and answer.formal else own_words(comment.body)


def _ticked(comment: Comment, process: Process) -> str:
    """A checklist comment in a few words; its own text is for GitHub, and says five sentences about the tool."""
    parsed = parse_comment(comment, process)
    if parsed is None:
        return ""
    done = sum(item.state is ItemState.DONE for item in parsed.items)
    spared = sum(item.state is ItemState.NA for item in parsed.items)
    notes = "; ".join(item.note for item in parsed.items if item.note)
    tail = f", {spared} not applicable" if spared else ""
    return f"ticked {done or 'none'} of {len(process.checklist)} for v{parsed.release}{tail}" + (
        f": {notes}" if notes else ""
    )


def heard(vep: Vep, world: World) -> Iterator[Comment]:
    """What those said who may say where a VEP stands, newest first: its owners and people who may speak for a SIG."""
    owners = owners_of(vep)
    for comment in reversed(vep.issue.comments):
        may_tell = comment.author.casefold() in owners or world.people.may_speak(comment.author)
        if may_tell and not is_bot(comment.author, world.process):
            yield comment


def last_answer(vep: Vep, world: World) -> tuple[Answer, Comment] | None:
    """The newest comment that says where the VEP stands, of those who may say it."""
    for comment in heard(vep, world):
        answer = read_answer(comment.body, world.process.tracker.projects)
        if answer is not None and not _of_another_project(answer, world):
            return answer, comment
    return None


def _of_another_project(answer: Answer, world: World) -> bool:
    """A release far beyond the newest that is known: "bumped it to 1.24" speaks of a compiler."""
    named, newest = order(answer.release), max((order(r.version) for r in world.releases), default=())
    return bool(named and newest) and named[0] == newest[0] and named[1] > newest[1] + _FAR


def last_activity(issue: Issue, world: World) -> datetime:
    """When a person last said something on the tracker, else when it was opened."""
    spoken = [c.created_at for c in issue.comments if not is_bot(c.author, world.process)]
    return max((issue.created_at, *spoken))


def thread(subject: Issue | PullRequest) -> tuple[Voice, ...]:
    """The conversation of an issue or pull request, oldest first."""
    if isinstance(subject, PullRequest):
        return voices(subject)
    return tuple(Voice(c.author, c.created_at, c.body, "", c.url) for c in subject.comments)


def open_question(said: Iterable[Voice], me: str, process: Process) -> Question | None:
    """The oldest question or request that is put to me and that I have said nothing after.

    A check-in in our form and a checklist are written for everybody and answer nobody.
    """
    waiting: Question | None = None
    for voice in said:
        if voice.by.casefold() == me.casefold():
            waiting = waiting if waiting and _is_of_form(voice.body, process) else None
        elif waiting is None and not is_bot(voice.by, process) and asks_me(voice.body, me):
            waiting = Question(voice.by, voice.at, shortened(own_words(voice.body)), voice.url)
    return waiting


def _is_of_form(body: str, process: Process) -> bool:
    answer = read_answer(body, process.tracker.projects)
    return holds_checklist(body) or (answer is not None and answer.formal)


def asks_me(body: str, me: str) -> bool:
    """True when a text asks something and names me in a line that does not begin by addressing somebody else."""
    if f"@{me}".casefold() not in body.casefold():
        return False  # most comments name nobody, and a pattern is slow to say so
    named = re.compile(rf"(?<![\w`/@-])@{re.escape(me)}(?![\w/-])", re.IGNORECASE)
    if not named.search(body):
        return False
    lines = [own_words(line) for line in lines_of(_visible(body))]
    return any(named.search(line) and _is_addressed(line, named) for line in lines) and asks(" ".join(lines))


def _is_addressed(line: str, named: re.Pattern[str]) -> bool:
    leading = _ADDRESSED.match(line)
    return leading is None or named.search(leading.group()) is not None


def unanswered(said: Iterable[Voice], owners: Iterable[str], process: Process) -> Question | None:
    """A question of an owner that nobody else has said anything after."""
    asking = {o.casefold() for o in owners}
    waiting: Question | None = None
    for voice in said:
        if is_bot(voice.by, process):
            continue
        if voice.by.casefold() not in asking:
            waiting = None
        elif waiting is None and "?" in (words := _LINK.sub(" ", own_words(voice.body))):
            waiting = Question(voice.by, voice.at, shortened(words), voice.url)
    return waiting


def asks(words: str) -> bool:
    """True for a question mark or the words of a request."""
    plain = _LINK.sub(" ", words)
    return "?" in plain or _ASKS.search(plain) is not None
