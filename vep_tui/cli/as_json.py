"""The JSON documents of the command line: an interface for scripts; fields are added, never changed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from vep_tui.cli.out import carries_unicode
from vep_tui.core.clock import stamp
from vep_tui.core.models import CheckIn, ChecklistItem, Evidence, LinkedPr, QueueRow, Targets, Vep
from vep_tui.core.text import escape_json
from vep_tui.store.desk import Header, OutboxEntry

Json = dict[str, Any]


def moment(at: datetime | None) -> str | None:
    """ISO time in UTC with a Z, to the second."""
    return stamp(at) if at else None


def printed(document: Json) -> str:
    """The text of a document: what could harm a terminal, or what stdout cannot carry, is written as escapes."""
    return escape_json(json.dumps(document, indent=2, ensure_ascii=not carries_unicode()))


def vep_json(vep: Vep) -> Json:
    """One VEP, as `show --json` prints it."""
    issue, tracker = vep.issue, vep.tracker
    by_source = {"tracker": targets_json(tracker.targets)}
    if vep.document:
        by_source["document"] = targets_json(vep.document.targets)
    return {
        "number": vep.number,
        "title": tracker.title,
        "raw_title": issue.title,
        "title_number": tracker.title_number,
        "state": issue.state,
        "url": issue.url,
        "author": issue.author,
        "created_at": moment(issue.created_at),
        "updated_at": moment(issue.updated_at),
        "closed_at": moment(issue.closed_at),
        "locked": issue.locked,
        "labels": list(issue.labels),
        "assignees": list(issue.assignees),
        "stage": vep.stage,
        "release": vep.release,
        "stage_in_tracker": tracker.stage,
        "stages_ticked": list(tracker.stages_ticked),
        "owning_sig": vep.owning_sig,
        "other_sigs": list(vep.other_sigs),
        "label_sigs": list(vep.label_sigs),
        "contacts": list(tracker.contacts),
        "feature_gates": list(tracker.feature_gates),
        "targets": targets_json(vep.targets),
        "targets_by_source": by_source,
        "board_status": vep.board_status,
        "document": vep.document_path,
        "enhancement_links": list(tracker.enhancement_links),
        "pull_requests": [pull_json(p) for p in vep.pulls if not p.candidate],
        "candidates": [pull_json(p) for p in vep.pulls if p.candidate],
        "checklist": {
            "release": vep.checklist.release,
            "done": vep.checklist.done,
            "total": len(vep.checklist.items),
            "items": [item_json(i) for i in vep.checklist.items],
        },
        "sign_offs": {s.sig: {"state": s.state, "by": list(s.by)} for s in vep.sign_offs},
        "last_check_in": check_in_json(vep.last_check_in),
        "attention": [{"reason": r.reason, "text": r.text, "since": moment(r.since)} for r in vep.reasons],
        "lint": [{"rule": slip.rule, "text": slip.text} for slip in vep.lint],
    }


def targets_json(targets: Targets) -> Json:
    """Target release per stage."""
    return {"alpha": targets.alpha, "beta": targets.beta, "ga": targets.ga}


def pull_json(link: LinkedPr) -> Json:
    """One pull request of a VEP."""
    pull = link.pull
    return {
        "ref": pull.ref,
        "url": pull.url,
        "kind": link.kind,
        "stage": link.stage,
        "title": pull.title,
        "state": pull.state,
        "draft": pull.is_draft,
        "listed": link.listed,
        "referenced": link.referenced,
        "found": list(link.found),
        "base": pull.base or None,
        "merged_at": moment(pull.merged_at),
        "in_release": link.in_release,
        "picked_by": link.picked_by,
    }


def item_json(item: ChecklistItem) -> Json:
    """One checklist item."""
    return {
        "key": item.key,
        "title": item.title,
        "state": item.state,
        "by": item.by,
        "at": moment(item.at),
        "note": item.note,
        "delivery": item.delivery,
        "reason": item.reason or None,
        "turned": item.turned,
        "voices": [{"by": who, "state": state, "counts": counts} for who, state, counts in item.voices],
        "evidence": evidence_json(item.evidence),
    }


def evidence_json(evidence: Evidence) -> Json:
    """What GitHub shows about an item."""
    return {"verdict": evidence.verdict, "summary": evidence.summary, "facts": list(evidence.facts)}


def check_in_json(check_in: CheckIn | None) -> Json | None:
    """The last check-in."""
    if check_in is None:
        return None
    return {"by": check_in.by, "at": moment(check_in.at), "text": check_in.text, "url": check_in.url}


def phase_json(header: Header, now: datetime) -> Json:
    """Where the release stands."""
    upcoming = None
    if header.next_name and header.next_day:
        days = (header.next_day - now.date()).days
        upcoming = {"name": header.next_name, "date": header.next_day.isoformat(), "days": days}
    return {"release": header.release, "phase": header.phase, "next": upcoming}


def row_json(row: QueueRow) -> Json:
    """One row of the queue."""
    return {
        "number": row.number,
        "kind": row.kind,
        "vep": row.vep,
        "title": row.title,
        "owning_sig": row.owning_sig,
        "stage": row.stage,
        "release": row.release,
        "state": row.state,
        "reasons": [{"reason": r.reason, "text": r.text, "since": moment(r.since)} for r in row.reasons],
        "score": round(row.score, 3),
        "checklist_done": row.checklist_done,
        "checklist_total": row.checklist_total,
        "updated_at": moment(row.updated_at),
    }


def outbox_json(entry: OutboxEntry) -> Json:
    """One entry of the outbox."""
    return {
        "id": entry.id,
        "kind": entry.kind,
        "number": entry.number,
        "item": entry.item,
        "release": entry.release,
        "state": entry.state,
        "note": entry.note,
        "body": entry.body or None,
        "delivery": entry.delivery,
        "reason": entry.reason or None,
        "created_at": moment(entry.created_at),
        "comment_url": entry.comment_url or None,
        "login": entry.login or None,
    }
