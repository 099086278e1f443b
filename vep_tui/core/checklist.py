"""The checklist you see: every reviewer's statements merged, waiting wishes laid over them; it changes neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from vep_tui.core.comment import title_of
from vep_tui.core.models import (
    Checklist,
    ChecklistComment,
    ChecklistItem,
    Delivery,
    Evidence,
    ItemSpec,
    ItemState,
    People,
    Statement,
    Tick,
    Verdict,
)
from vep_tui.core.process import Process

_VERDICT = re.compile(r"(not met|unmet|met|unknown)\b", re.IGNORECASE)
_WORDS = {Verdict.MET: "met", Verdict.UNMET: "not met", Verdict.UNKNOWN: "unknown"}
_NOTHING = Evidence(Verdict.UNKNOWN, "")


def evidence_sentence(evidence: Evidence) -> str:
    """What is written down about the evidence when an item is ticked: the verdict first, "met, 7 of 7 merged"."""
    if not evidence.summary:
        return ""
    return f"{_WORDS[evidence.verdict]}, {evidence.summary}"


def recorded_verdict(sentence: str) -> Verdict | None:
    """The verdict such a sentence begins with; None when nothing was recorded."""
    match = _VERDICT.match(sentence.strip())
    if match is None:
        return None
    word = match[1].casefold()
    return Verdict.UNMET if word in ("not met", "unmet") else Verdict(word)


def statements_of(author: str, release: str, comments: Iterable[ChecklistComment]) -> dict[str, Statement]:
    """What one person says now about each item; of several comments of theirs, the latest word on each."""
    said: dict[str, Statement] = {}
    for comment in comments:
        if comment.release == release and _same(comment.author, author):
            for statement in comment.statements:
                known = said.get(statement.key)
                if known is None or statement.at >= known.at:
                    said[statement.key] = statement
    return said


def merge(
    release: str,
    comments: Iterable[ChecklistComment],
    ticks: Iterable[Tick],
    process: Process,
    people: People,
    me: str | None,
    evidence: Mapping[str, Evidence],
    branch: str | None = None,
) -> Checklist:
    """The checklist of one release.

    The latest explicit "done" or "does not apply" of those who may speak wins; an open box says nothing against
    others. Comments of `me` always count here, and my wishes that are not yet sent lie over what GitHub shows.
    """
    comments = [c for c in comments if c.release == release]
    authors: dict[str, str] = {}
    for comment in comments:
        authors.setdefault(comment.author.casefold(), comment.author)
    voices = {name: statements_of(name, release, comments) for name in authors.values()}
    counting = {name for name in voices if people.may_speak(name) or (me is not None and _same(name, me))}
    wishes = {
        t.item: t for t in sorted(ticks, key=lambda t: t.id) if t.release == release and t.delivery is not Delivery.SENT
    }
    items = (
        _item(spec, voices, counting, wishes.get(spec.key), me, evidence.get(spec.key, _NOTHING), branch)
        for spec in process.checklist
    )
    return Checklist(release, tuple(_with_foreign(item, comments) for item in items))


def _with_foreign(item: ChecklistItem, comments: Iterable[ChecklistComment]) -> ChecklistItem:
    """The item with boxes that were changed in other people's comments: whoever did it is heard, and not counted."""
    meddled = ((c.comment.editor, state, False) for c in comments for key, state in c.foreign if key == item.key)
    return replace(item, voices=tuple(dict.fromkeys((*item.voices, *meddled))))  # boxes of many comments say it once


def _item(
    spec: ItemSpec,
    voices: Mapping[str, Mapping[str, Statement]],
    counting: set[str],
    wish: Tick | None,
    me: str | None,
    evidence: Evidence,
    branch: str | None,
) -> ChecklistItem:
    said = {name: of[spec.key] for name, of in voices.items() if spec.key in of}
    explicit = tuple((name, s.state, name in counting) for name, s in said.items() if s.state is not ItemState.TODO)
    mine = {name for name in said if me is not None and _same(name, me)}
    heard = [(s, name) for name, s in said.items() if name in counting and not (wish and name in mine)]
    item = ChecklistItem(spec.key, title_of(spec, branch), evidence=evidence, voices=explicit)
    recorded = ""
    if wish is None or wish.state is ItemState.TODO:
        winner = _latest(heard)
        if winner:
            statement, name = winner
            recorded = statement.evidence
            item = replace(
                item, state=statement.state, by=name, at=statement.at, note=statement.note, delivery=Delivery.SENT
            )
    if wish is not None:
        item = _lay_over(item, wish, me)
        recorded = recorded if wish.state is ItemState.TODO else wish.evidence
    turned = (
        item.state is ItemState.DONE
        and evidence.verdict is Verdict.UNMET
        and recorded_verdict(recorded) is not Verdict.UNMET
    )
    return replace(item, turned=turned)


def _latest(heard: list[tuple[Statement, str]]) -> tuple[Statement, str] | None:
    """The statement that counts: the latest explicit one, else the latest note on an open item."""
    explicit = [h for h in heard if h[0].state is not ItemState.TODO] or [h for h in heard if h[0].note]
    return max(explicit, key=lambda h: (h[0].at, h[1].casefold()), default=None)


def _lay_over(item: ChecklistItem, wish: Tick, me: str | None) -> ChecklistItem:
    """The item with a wish over it; taking back one's own tick leaves what others say."""
    if wish.state is ItemState.TODO and item.state is not ItemState.TODO:
        return replace(item, delivery=wish.delivery, reason=wish.reason)
    at: datetime = wish.created_at
    return replace(item, state=wish.state, by=me, at=at, note=wish.note, delivery=wish.delivery, reason=wish.reason)


def _same(login: str, other: str) -> bool:
    return login.casefold() == other.casefold()
