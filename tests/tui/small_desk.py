"""A desk in memory with a small rich world, for the tests and the pictures of the screen."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from vep_tui.core.filter import parse
from vep_tui.core.models import (
    CheckIn,
    Checklist,
    ChecklistItem,
    Comment,
    Criterion,
    Delivery,
    Document,
    Evidence,
    InRelease,
    Issue,
    ItemState,
    LinkedPr,
    Lint,
    People,
    Phase,
    PrKind,
    PrState,
    PullRequest,
    QueueRow,
    Reason,
    Review,
    SignOff,
    SignOffState,
    Stage,
    Targets,
    Tick,
    Tracker,
    Vep,
    Verdict,
)
from vep_tui.core.process import Process, read_process
from vep_tui.core.query import FilterError
from vep_tui.core.world import World
from vep_tui.store.desk import DocumentText, Header, OutboxEntry, QueuePage
from vep_tui.store.errors import DeskError

NOW = datetime(2026, 10, 9, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
NASTY = "[/hold] [red]x[/] \x1b]0;PWN\x07\x1b[31m\x9b31m\u202eevil\u202c [@click=app.quit]q[/]"


@cache
def process() -> Process:
    return read_process(tomllib.loads((ROOT / "vep_tui" / "process.toml").read_text(encoding="utf-8")))


def days(n: float) -> datetime:
    return NOW - timedelta(days=n)


DOCUMENT = """---
title: Structured plugins
owning-sig: sig-compute
status: implementable
---
# VEP #190: Structured plugins

## Overview

Plugins let an operator change a *domain* before it starts. Today this is done by a **sidecar**, which
needs a `hook` and a [side channel](https://example.com/hooks). See also https://github.com/kubevirt/kubevirt/pull/17000.

> [!NOTE]
> Only trusted images may be used.

## Graduation

### Alpha

- [x] Feature gate `Plugins`
- [ ] End to end tests
  - on x86
  - on arm64
- [ ] User guide

1. First the API
2. then the controller

| Field | Type | Meaning |
|---|---|---|
| `spec.image` | string | the image that is run before the domain starts, pulled by digest |
| `spec.order` | int | when |

```go
func (p *Plugin) Mutate(d *api.Domain) error {
    return p.next(d) // a comment
}
```

<!-- guidance that nobody should see -->
<details><summary>More</summary>

Hidden &#x202e;text and 漢字 wide letters.

</details>
"""


def comment(n: int, author: str, body: str, at: datetime, *, edited: bool = False) -> Comment:
    url = f"https://github.com/kubevirt/enhancements/issues/190#issuecomment-{n}"
    return Comment(f"C{n}", str(n), author, body, at, at, at if edited else None, url)


def pull(ref: str, title: str, state: PrState, **rest: object) -> PullRequest:
    repo, _, number = ref.partition("#")
    merged = days(20) if state is PrState.MERGED else None
    return PullRequest(
        ref,
        title,
        state,
        f"https://github.com/{repo}/pull/{number}",
        base="main",
        author="alice",
        created_at=days(60),
        updated_at=days(3),
        merged_at=merged,
        **rest,  # type: ignore[arg-type]
    )


def items(branch: str = "release-1.10") -> tuple[ChecklistItem, ...]:
    titles = {i.key: i.title.format(branch=branch) for i in process().checklist}
    return (
        ChecklistItem(
            "prs-merged",
            titles["prs-merged"],
            ItemState.DONE,
            "alice",
            days(3),
            "",
            Delivery.SENT,
            "",
            Evidence(
                Verdict.UNMET,
                "7 of 8 are in release-1.10; kubevirt#17135 is open since the tick.",
                ("kubevirt#17135 is open: https://github.com/kubevirt/kubevirt/pull/17135",),
            ),
            turned=True,
            voices=(("alice", ItemState.DONE, True), ("mallory", ItemState.TODO, False)),
        ),
        ChecklistItem(
            "docs-merged",
            titles["docs-merged"],
            evidence=Evidence(Verdict.UNKNOWN, "One candidate, user-guide#1021, that nobody has confirmed."),
        ),
        ChecklistItem(
            "implemented",
            titles["implemented"],
            ItemState.DONE,
            "edna",
            days(0.01),
            "checked on a cluster",
            Delivery.WAITING,
            evidence=Evidence(Verdict.MET, "The gate Plugins is in the code and no later target is named."),
        ),
        ChecklistItem(
            "bugs-tracked",
            titles["bugs-tracked"],
            evidence=Evidence(Verdict.MET, "2 open bugs name the gate, both are listed."),
        ),
        ChecklistItem(
            "tracker-complete",
            titles["tracker-complete"],
            ItemState.NA,
            "edna",
            days(1),
            "",
            Delivery.HELD,
            "GitHub refused the comment (403: locked)",
            Evidence(Verdict.UNMET, "3 pull requests are missing from the lists."),
        ),
    )


def pulls() -> tuple[LinkedPr, ...]:
    k, merged, is_open = "kubevirt/kubevirt#", PrState.MERGED, PrState.OPEN
    found = ("tracker", "cross-reference")
    yes, no = InRelease.YES, InRelease.NO
    return (
        LinkedPr(pull(k + "17000", "plugins: add the API", merged), PrKind.CODE, Stage.ALPHA, True, True, found, yes),
        LinkedPr(
            pull(k + "17044", "[release-1.10] plugins: run them in order", merged),
            PrKind.CODE,
            Stage.ALPHA,
            False,
            True,
            ("cross-reference",),
            yes,
            "kubevirt/kubevirt#17100",
        ),
        LinkedPr(
            pull(k + "17135", "plugins: e2e tests for the life of a plugin, with failures", is_open, is_draft=True),
            PrKind.CODE,
            Stage.ALPHA,
            True,
            True,
            found,
            no,
        ),
        LinkedPr(pull("kubevirt/enhancements#188", "VEP 190: Structured plugins", merged), PrKind.VEP, None, True),
        LinkedPr(
            pull("kubevirt/user-guide#1021", "Describe plugins", merged),
            PrKind.DOCS,
            found=("docs-repo",),
            candidate=True,
        ),
    )


def reason(key: str, text: str, age: float, weight: float = 50, mine: bool = True) -> Reason:
    return Reason(key, text, days(age), weight, mine)


def issue(number: int, title: str, updated: float = 3) -> Issue:
    body = "/sig compute\n\n- [x] Alpha\n  - [x] VEP PRs: https://github.com/kubevirt/enhancements/pull/188\n"
    thread = (
        comment(1, "kubevirt-bot", "/assign @alice", days(50)),
        comment(2, "kubevirt-bot", "Issues go stale after 90d of inactivity.", days(30)),
        comment(3, "bob", "Where do the **e2e tests** stand?\n\n> and the docs\n\n- [ ] docs\n- [x] code", days(12)),
        comment(4, "edna", "I will look at it this week. `virtctl plugin list` works for me.", days(2), edited=True),
    )
    url = f"https://github.com/kubevirt/enhancements/issues/{number}"
    return Issue(
        number,
        f"VEP {number}: {title}",
        body,
        "open",
        url,
        "alice",
        days(90),
        days(updated),
        comments=thread,
        labels=("sig/compute", "kind/tracker"),
        assignees=("alice",),
    )


def vep(number: int, title: str, reasons: tuple[Reason, ...] = (), sig: str = "compute") -> Vep:
    stage, release = Stage.ALPHA, "1.10"
    return Vep(
        issue(number, title),
        Tracker(title, number, True, sig, ("network",), ("alice",), None, "", ("Plugins",), Targets(alpha="1.9")),
        Document(
            targets=Targets(alpha="1.10"),
            reviewers=("edna", "bob"),
            approvers=("carol",),
            graduation=((stage, (Criterion("Feature gate", True), Criterion("End to end tests", False))),),
        ),
        f"veps/sig-{sig}/{number}-structured-plugins/vep.md",
        sig,
        ("network",),
        targets=Targets(alpha="1.10"),
        stage=stage,
        release=release,
        board_status="Tracked",
        pulls=pulls(),
        checklist=Checklist(release, items()),
        sign_offs=(
            SignOff("compute", SignOffState.GIVEN, ("edna",)),
            SignOff("network", SignOffState.STALE, ("nils",)),
            SignOff("storage", SignOffState.NONE),
        ),
        last_check_in=CheckIn("bob", days(12), "on track, e2e tests are still missing", "https://github.com/x"),
        reasons=reasons,
        lint=(Lint("targets", "The tracker says alpha in v1.9, the document v1.10: ask alice to change it."),),
        score=120,
    )


def proposal() -> PullRequest:
    return replace(
        pull("kubevirt/enhancements#431", "VEP 227: Secure boot for arm64", PrState.OPEN),
        body="### VEP Metadata\n\n**Tracking issue**: #227\n**SIG label**: /sig compute\n",
        labels=("sig/compute", "size/L"),
        reviews=(Review("edna", "APPROVED", "Looks right to me.", days(5)),),
        last_push_at=days(2),
        review_requests=("edna", "kubevirt/sig-network"),
        files=("veps/sig-compute/227-arm64-secure-boot/vep.md",),
        comments=(comment(9, "carol", "Who owns the firmware?", days(4)),),
    )


ROWS = (
    ("Structured plugins", "compute", reason("docs-missing", "docs PR found but not in the tracker", 3)),
    ("ARM64 secure boot", "compute", reason("question", "bob asked you a question on Tuesday", 6, 85)),
    (
        "Ordinal naming of interfaces and upgrades",
        "network",
        reason("lgtm-stale", "your LGTM is older than the last push", 4),
    ),
    ("Incremental backup", "storage", reason("checklist-open", "3 items are yours to tick, the evidence is ready", 15)),
    ("vGPU live migration", "compute", reason("check-in", "no check-in for 19 days", 19, 20)),
    (NASTY, "network", reason("targets-disagree", NASTY, 40)),
    ("漢字 wide letters in a title that goes on", "storage", reason("no-owner", "nobody is assigned", 80, 10, False)),
)


def rows() -> tuple[QueueRow, ...]:
    out = []
    for n in range(40):
        title, sig, why = ROWS[n % len(ROWS)]
        number = (190, 227, 111, 25, 168, 300, 301)[n] if n < 7 else 302 + n
        mine = n < 12
        second = (reason("check-in", "no check-in for 12 days", 12, 20),) if n % 3 == 0 else ()
        out.append(
            QueueRow(
                number,
                "vep",
                number,
                title,
                sig,
                ("alpha", "beta", "ga")[n % 3],
                ("1.10", "1.9", None)[n % 3],
                "open",
                (why, *second) if mine else (),
                100.0 - n,
                n % 6,
                5 if n % 3 != 2 else 0,
                days(n * 2.3 + 0.2),
                unread=n % 4 == 1,
            )
        )
    pr = QueueRow(
        431,
        "pr",
        227,
        "VEP 227: Secure boot for arm64",
        "compute",
        "alpha",
        "1.10",
        "open",
        (reason("review-requested", "alice asked you for a review", 2, 90),),
        99.5,
        0,
        0,
        days(2),
    )
    return (out[0], pr, *out[1:])


PEOPLE = People(sigs=(("compute", ("edna", "bob")), ("network", ("nils",)), ("storage", ("sam",))))


@dataclass
class SmallDesk:
    """Answers as the desk does, from memory; its filter knows a few words only."""

    all_rows: tuple[QueueRow, ...] = field(default_factory=rows)
    entries: list[OutboxEntry] = field(default_factory=list)
    ticks: dict[tuple[int, str], Tick] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    kept: dict[str, object] = field(default_factory=dict)
    decisions_made: dict[str, bool | None] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)
    looked: dict[int, datetime] = field(default_factory=dict)
    snoozed: dict[int, object] = field(default_factory=dict)
    synced_at: datetime | None = NOW - timedelta(minutes=3)
    dirty: bool = False
    world: World = field(default_factory=lambda: World(process(), PEOPLE, (), NOW, "edna", ("compute",)))

    def page(self, query: str = "", *, sort: str = "attention", offset: int = 0, limit: int = 200) -> QueuePage:
        parse(query)
        found = [r for r in self.all_rows if self._fits(r, query.replace("(", " ").replace(")", " "))]
        keys = {"number": lambda r: r.number, "title": lambda r: r.title, "age": lambda r: r.updated_at}
        if sort in keys:
            found.sort(key=keys[sort])
        return QueuePage(tuple(found[offset : offset + limit]), len(found))

    def authors(self) -> tuple[str, ...]:
        return ("alice", "edna")

    def row(self, number: int) -> QueueRow | None:
        return next((row for row in self.all_rows if row.number == number), None)

    @staticmethod
    def _fits(row: QueueRow, query: str) -> bool:
        at = 0
        for word in query.split():
            start = query.index(word, at)
            at = start + len(word)
            name, colon, value = word.partition(":")
            if not colon:
                if word.lower() not in f"{row.number} {row.title}".lower():
                    return False
            elif name == "sig":
                if value not in ("@mine", row.owning_sig) or (value == "@mine" and row.owning_sig != "compute"):
                    return False
            elif name == "is":
                if (value == "attention" and not any(r.mine for r in row.reasons)) or (
                    value == "post-freeze" and not row.checklist_total
                ):
                    return False
            elif name == "kind":
                if row.kind != value:
                    return False
            else:
                raise FilterError(f"There is no field {name}", start, start + len(name), name)
        return True

    def vep(self, number: int) -> Vep | None:
        row = next((r for r in self.all_rows if r.number == number), None)
        if row is None or row.kind != "vep":
            return None
        made = vep(number, row.title, row.reasons, row.owning_sig or "compute")
        laid = tuple(self._laid(number, i) for i in made.checklist.items)
        linked = tuple(
            replace(p, candidate=False) if self.decisions_made.get(p.pull.ref) else p
            for p in made.pulls
            if self.decisions_made.get(p.pull.ref) is not False
        )
        return replace(made, checklist=Checklist(made.checklist.release, laid), pulls=linked)

    def _laid(self, number: int, item: ChecklistItem) -> ChecklistItem:
        tick = self.ticks.get((number, item.key))
        if tick is None:
            return item
        if tick.state is ItemState.TODO and item.state is not ItemState.TODO and item.by != "edna":
            return replace(item, delivery=tick.delivery)
        return replace(
            item, state=tick.state, by="edna", at=NOW, note=tick.note, delivery=tick.delivery, reason=tick.reason
        )

    def pull(self, number: int) -> PullRequest | None:
        return proposal() if number == 431 else None

    def vep_of_pull(self, number: int) -> int | None:
        return 227 if number == 431 else None

    def document(self, number: int) -> DocumentText | None:
        if number == 25:
            return None
        path = f"veps/sig-compute/{number}-structured-plugins/vep.md"
        return DocumentText(path, DOCUMENT, f"https://github.com/kubevirt/enhancements/blob/main/{path}")

    def header(self) -> Header:
        waiting = sum(e.delivery is Delivery.WAITING for e in self.entries)
        held = sum(e.delivery is Delivery.HELD for e in self.entries)
        day = date(2026, 10, 21)
        return Header(
            "1.10",
            Phase.IMPLEMENTATION,
            "Code Freeze",
            day,
            self.synced_at,
            waiting,
            held,
            0,
            (),
            "edna",
            ("compute",),
            len(self.all_rows),
        )

    def outbox_entries(self, number: int | None = None) -> tuple[OutboxEntry, ...]:
        return tuple(e for e in self.entries if number in (None, e.number))

    def tick(
        self, number: int, item: str, state: ItemState, note: str | None = None, release: str | None = None
    ) -> Tick:
        known = self.vep(number)
        if known is None:
            raise DeskError(f"There is no VEP {number}.")
        before = next(i for i in known.checklist.items if i.key == item)
        text = before.note if note is None else note
        key = self.next_id()
        tick = Tick(key, number, release or "1.10", item, state, text, "", "", NOW, Delivery.WAITING)
        self.ticks[(number, item)] = tick
        kept = Delivery.SENDING  # what is being sent is not replaced
        self.entries = [e for e in self.entries if (e.number, e.item) != (number, item) or e.delivery is kept]
        self.entries.append(
            OutboxEntry(key, "tick", number, item, tick.release, state, text, "", Delivery.WAITING, "", NOW, "")
        )
        return tick

    def next_id(self) -> int:
        return max((entry.id for entry in self.entries), default=0) + 1

    def say(self, number: int, body: str, kind: str) -> OutboxEntry:
        key = self.next_id()
        entry = OutboxEntry(key, kind, number, None, None, None, "", body, Delivery.WAITING, "", NOW, "")
        self.entries.append(entry)
        return entry

    def hold_tick(self, item: str, number: int = 190) -> None:
        self.tick(number, item, ItemState.DONE)
        words = "GitHub refused the comment (403: the issue is locked)."
        self.ticks[(number, item)] = replace(self.ticks[(number, item)], delivery=Delivery.HELD, reason=words)
        self.entries[-1] = self.entries[-1]._replace(delivery=Delivery.HELD, reason=words)

    def hold(self, number: int = 190) -> None:
        words = "GitHub refused the comment (403: the issue is locked). Unlock it or drop this."
        self.entries.append(
            OutboxEntry(99, "tick", number, "bugs-tracked", "1.10", "done", "", "", Delivery.HELD, words, days(1), "")
        )

    def retry(self, id: int) -> None:
        self.entries = [e._replace(delivery=Delivery.WAITING, reason="") if e.id == id else e for e in self.entries]

    def drop(self, id: int) -> None:
        gone = [e for e in self.entries if e.id == id]
        if not gone:
            raise DeskError("There is no such entry.")
        self.entries.remove(gone[0])
        self.ticks.pop((gone[0].number, gone[0].item or ""), None)

    def decisions(self, number: int) -> dict[str, bool]:
        return {ref.casefold(): yes for ref, yes in self.decisions_made.items() if yes is not None}

    def decide(self, number: int, ref: str, confirmed: bool | None) -> None:
        self.decisions_made[ref] = confirmed

    def seen_at(self, number: int) -> datetime | None:
        return self.looked.get(number)

    def veps(self) -> Iterator[Vep]:
        return (v for r in self.all_rows if (v := self.vep(r.number)) is not None)

    def mark_seen(self, number: int) -> None:
        self.seen.append(number)
        self.all_rows = tuple(r._replace(unread=False) if r.number == number else r for r in self.all_rows)

    def snooze(self, number: int, until: datetime | None, until_change: bool = False) -> None:
        self.snoozed[number] = "change" if until_change else until

    def draft(self, key: str) -> str:
        return self.drafts.get(key, "")

    def save_draft(self, key: str, text: str) -> None:
        self.drafts[key] = text

    def ui_state(self) -> dict[str, object]:
        return dict(self.kept)

    def save_ui_state(self, state: dict[str, object]) -> None:
        self.kept = dict(state)

    def changed(self) -> bool:
        dirty, self.dirty = self.dirty, False
        return dirty
