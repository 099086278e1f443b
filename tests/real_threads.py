"""A site filled with the threads, documents and schedules of the data folder beside the project, where it is there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vep_tui.demo.state import CommentRecord, IssueRecord, PullRecord, ReviewRecord, Site

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATA = SHARED / "data"
HOME = "kubevirt/enhancements"
TREES = {"enhancements": HOME, "sig-release": "kubevirt/sig-release", "community": "kubevirt/community"}


def truth() -> list[dict[str, object]]:
    """What a careful person reads from each tracking issue."""
    return [json.loads(line) for line in (DATA / "threads-truth.jsonl").read_text(encoding="utf-8").split("\n") if line]


def real_site(now: datetime = datetime(2026, 9, 22, 9, 0, tzinfo=UTC)) -> Site:
    """The threads as a site on one day; what the excerpts do not say (pushes, files) is not made up."""
    site = Site(viewer="lyarwood", now=now)
    for folder, repo in TREES.items():
        for path in sorted((DATA / folder).rglob("*")):
            if path.is_file():
                site.repo(repo).files[str(path.relative_to(DATA / folder))] = path.read_text(encoding="utf-8")
    site.repo("kubevirt/kubevirt").files["OWNERS_ALIASES"] = site.repo("kubevirt/community").files["OWNERS_ALIASES"]
    for path in sorted((DATA / "threads").glob("*.json")):
        _add(site, json.loads(path.read_text(encoding="utf-8")))
    site.link_references()
    return site


def _add(site: Site, thread: dict[str, object]) -> None:
    created = _day(str(thread["created"] or "2026-01-01"))
    kind = PullRecord if thread["kind"] == "pr" else IssueRecord
    record = kind(
        int(str(thread["number"])), str(thread["title"]), str(thread["body"]), str(thread["author"]), created, created
    )
    record.labels = list(thread["labels"])  # type: ignore[call-overload]
    record.state = str(thread["state"]).upper()
    for n, said in enumerate(thread["comments"]):  # type: ignore[arg-type,var-annotated]
        at = (_day(said["date"]) if said["date"] else created) + timedelta(minutes=n)
        record.updated_at = max(record.updated_at, at)
        if said.get("type") == "review" and isinstance(record, PullRecord):
            record.reviews.append(ReviewRecord(next(site.ids), said["author"], "COMMENTED", said["body"], at))
        else:
            record.comments.append(CommentRecord(next(site.ids), said["author"], said["body"], at, at))
    if record.state != "OPEN":
        record.closed_at = record.updated_at
    if isinstance(record, PullRecord) and record.state == "MERGED":
        record.merged_at = record.updated_at
    site.repo(str(thread["repo"])).issues[record.number] = record


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text[:10]).replace(tzinfo=UTC, hour=12)
