"""Which pull requests belong to which VEP among real threads, told by hand; runs where the data folder is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from linked_worlds import LONG_AGO, PROCESS, WORLD

from vep_tui.core.document import read_document
from vep_tui.core.document_path import document_path_for
from vep_tui.core.models import Issue, PrKind, PrState, PullRequest, Vep
from vep_tui.core.shelf import Heap, Shelf
from vep_tui.core.sources import Sources
from vep_tui.core.tracker import read_tracker
from vep_tui.core.vep import assemble

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

UNLISTED = {
    106: {"enhancements#391"},
    111: {"enhancements#112", "enhancements#347", "kubevirt#16642", "kubevirt#17127"},
    143: {"enhancements#81"},
    156: {"kubevirt#18708"},
    168: {"enhancements#306", "enhancements#456"},
    183: {"enhancements#332", "kubevirt#17661"},
    21: {"enhancements#147"},
    222: {"enhancements#387", "kubevirt#19155"},
    227: {"enhancements#413"},
    233: {"enhancements#341"},
    62: {"enhancements#268"},
    76: {"enhancements#211"},
}
"""What refers to these trackers without being in their lists."""

pytestmark = pytest.mark.skipif(not (DATA / "threads").is_dir(), reason="the data folder is not here")


def _moment(day: str | None) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC) if day else LONG_AGO


@pytest.fixture(scope="module")
def veps() -> dict[int, Vep]:
    threads = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((DATA / "threads").glob("*.json"))]
    home = DATA / "enhancements"
    texts = {str(p.relative_to(home)): p.read_text(encoding="utf-8") for p in (home / "veps").rglob("*.md")}
    pulls = [
        PullRequest(
            f"{t['repo']}#{t['number']}",
            t["title"],
            PrState(t["state"]),
            body=t["body"],
            base="main",
            merged_at=_moment(t["created"]) if t["state"] == "merged" else None,
        )
        for t in threads
        if t["kind"] != "issue"
    ]
    shelf = Shelf(Heap(pulls, PROCESS), PROCESS)
    found = {}
    for thread in threads:
        if thread["kind"] == "issue":
            number, when = thread["number"], _moment(thread["created"])
            url = f"https://github.com/kubevirt/enhancements/issues/{number}"
            issue = Issue(number, thread["title"], thread["body"], thread["state"], url, thread["author"], when, when)
            tracker = read_tracker(issue.title, issue.body, PROCESS)
            path = document_path_for(issue, tracker, texts, PROCESS)
            document = read_document(texts[path], PROCESS) if path else None
            around = shelf.around(issue, tracker, document, path)
            sources = Sources(document=document, document_path=path, pulls=around)
            found[number] = assemble(issue, sources, WORLD)
    return found


@pytest.mark.parametrize("number", UNLISTED)
def test_what_refers_to_a_tracker_is_found(veps: dict[int, Vep], number: int) -> None:
    own = {p.pull.ref.rpartition("/")[2] for p in veps[number].pulls if p.referenced and p.kind is not PrKind.OTHER}
    listed = {p.pull.ref.rpartition("/")[2] for p in veps[number].pulls if p.listed}
    assert own - listed == UNLISTED[number]


def test_no_pr_that_refers_belongs_to_two_veps(veps: dict[int, Vep]) -> None:
    owners: dict[str, list[int]] = {}
    for number, vep in veps.items():
        for link in vep.pulls:
            if link.referenced and link.kind is not PrKind.OTHER:
                owners.setdefault(link.pull.ref, []).append(number)
    assert {ref: numbers for ref, numbers in owners.items() if len(numbers) > 1} == {}


def test_every_document_found_bears_the_number_of_its_issue(veps: dict[int, Vep]) -> None:
    paths = {number: vep.document_path for number, vep in veps.items() if vep.document_path}
    assert len(paths) > 20
    assert all(path.split("/")[2].startswith(f"{number}-") for number, path in paths.items())
