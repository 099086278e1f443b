"""A GitHub of any size on loopback, in a process of its own: the demo's double with its long lists made on the fly."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from builders import ENHANCEMENTS, add_issue, bare_site

from bench.world import (
    FIRST_PROPOSAL,
    FIRST_PULL,
    PUSHED_TO,
    Node,
    Scale,
    document_path,
    document_text,
    issue_node,
    object_id,
    proposal_node,
    pull_node,
    small_files,
)
from vep_tui.demo.rest import Answer
from vep_tui.demo.server import Double, _operation_name
from vep_tui.demo.visit import Visit

ROOT = Path(__file__).resolve().parents[1]
_RATE = {"cost": 1, "remaining": 4999, "resetAt": "2026-06-30T10:00:00Z"}


class Large(Double):
    """Serves a world of `bench.world` without ever holding it; only fingerprints are kept."""

    def __init__(self, scale: Scale) -> None:
        site = bare_site()
        for repo, path, text in small_files():
            site.repo(repo).files[path] = text
        add_issue(site, PUSHED_TO)
        super().__init__(site)
        self.scale = scale
        self._prints: dict[int, Node] = {}
        self._answers: Mapping[str, Callable[[Mapping[str, Any]], Node]] = {
            "Issues": self._issues,
            "Proposals": self._proposals,
            "Documents": self._documents,
            "Sweep": self._sweep,
            "Standing": self._standing,
            "Nodes": self._nodes,
        }

    def _graphql(self, visit: Visit, sent: Any) -> Answer:
        make = self._answers.get(_operation_name(sent))
        if make is None:
            return super()._graphql(visit, sent)
        return Answer(200, {"data": {**make(sent["variables"]), "rateLimit": _RATE}})

    def _issues(self, given: Mapping[str, Any]) -> Node:
        asked = range(1, self.scale.veps + 1) if given["states"] == ["OPEN"] else range(0)
        page = _page(asked, given["n"], given["after"], lambda number: issue_node(number, self.scale))
        return {"repository": {"nameWithOwner": ENHANCEMENTS, "issues": page}}

    def _proposals(self, given: Mapping[str, Any]) -> Node:
        page = _page(range(self.scale.proposals), given["n"], given["after"], proposal_node)
        return {"repository": {"nameWithOwner": ENHANCEMENTS, "pullRequests": page}}

    def _documents(self, given: Mapping[str, Any]) -> Node:
        folders: dict[str, list[int]] = {}
        for number in range(2, self.scale.veps + 1, 2):
            folders.setdefault(document_path(number).split("/")[1], []).append(number)
        top = [
            _tree(sig, [_tree(document_path(n).split("/")[2], [_blob(n, given["texts"])]) for n in numbers])
            for sig, numbers in sorted(folders.items())
        ]
        documents = {"oid": object_id("documents"), "entries": top}
        return {"repository": {"nameWithOwner": ENHANCEMENTS, "documents": documents}}

    def _sweep(self, given: Mapping[str, Any]) -> Node:
        repository: Node = {"nameWithOwner": ENHANCEMENTS}
        if given["issues"]:
            every = range(1, self.scale.veps + 1)
            repository["issues"] = _page(every, given["n"], given["after"], self._issue_print)
        if given["closed"]:
            repository["closed"] = _page(range(0), given["n"], None, proposal_node)
        if given["pulls"]:
            repository["pullRequests"] = _page(
                range(self.scale.proposals), given["n"], given["afterPull"], _proposal_print
            )
        if not given["files"]:
            return {"repository": repository, "viewer": {"login": "reviewer"}}
        repository |= {"documents": {"oid": object_id("documents")}}
        small = self._small(given)
        repository["owners"] = small["enhancements"]["owners"]
        small["code"]["recent"] = self._recent(50)
        return {"repository": repository, "viewer": {"login": "reviewer"}, **small}

    def _recent(self, most: int) -> Node:
        """The last pull requests of the code repository: all changed at the same moment."""
        every = [(vep, turn) for vep in range(1, 1 + most) for turn in range(self.scale.references)]
        nodes = [pull_node(vep, turn, self.scale) for vep, turn in every[:most]]
        return {
            "pageInfo": {"hasNextPage": True},
            "nodes": [{"number": node["number"], **_standing(node)} for node in nodes],
        }

    def _small(self, given: Mapping[str, Any]) -> Node:
        """The oids of the small files, from the site that serves them."""
        from vep_tui.demo.graph import run
        from vep_tui.remote import queries

        visit = Visit(self.site, self.site.viewer)
        known = {k: v for k, v in given.items() if k in queries.query("files")}
        found = run(visit, self.graph, {"query": queries.query("files"), "variables": known})
        data: Node = found["data"]
        return data

    def _issue_print(self, number: int) -> Node:
        """The fingerprint of an issue, kept: many sweeps ask for it, and it is small."""
        if number not in self._prints:
            self._prints[number] = self._print_of(issue_node(number, self.scale))
        return self._prints[number]

    def _print_of(self, node: Node) -> Node:
        comments = node["comments"]["nodes"]
        return {
            "id": node["id"],
            "number": node["number"],
            "u": node["updatedAt"],
            "c": {"t": len(comments), "n": [{"u": c["updatedAt"]} for c in comments[-1:]]},
            "r": {"t": self.scale.references},
        }

    def _nodes(self, given: Mapping[str, Any]) -> Node:
        """Known things whole, by id."""
        makers: dict[str, Callable[[int], Node]] = {
            "issues": lambda at: issue_node(at, self.scale),
            "proposals": lambda at: proposal_node(at - FIRST_PROPOSAL),
            "pulls": lambda at: pull_node(*divmod(at - FIRST_PULL, max(self.scale.references, 1)), self.scale),
        }
        return {
            kind: [make(int(identity.partition("_")[2])) for identity in given[kind]] for kind, make in makers.items()
        }

    def _standing(self, given: Mapping[str, Any]) -> Node:
        return {key: [self._stands(node) for node in given[key]] for key in ("a", "b")}

    def _stands(self, identity: str) -> Node | None:
        kind, _, digits = identity.partition("_")
        if kind == "PP":
            node = proposal_node(int(digits) - 50_000)
        elif kind == "PR":
            per = max(self.scale.references, 1)
            vep, turn = divmod(int(digits) - FIRST_PULL, per)
            node = pull_node(vep, turn, self.scale)
        else:
            return None
        return _standing(node)


def _page(all_: Sequence[int], size: int, after: str | None, make: Callable[[int], Node]) -> Node:
    start = int(after or 0)
    end = min(start + size, len(all_))
    return {
        "totalCount": len(all_),
        "pageInfo": {"hasNextPage": end < len(all_), "endCursor": str(end)},
        "nodes": [make(number) for number in all_[start:end]],
    }


def _standing(node: Node) -> Node:
    return {"u": node["updatedAt"], "s": node["state"], "b": node["baseRefName"]}


def _proposal_print(at: int) -> Node:
    node = proposal_node(at)
    return {
        "id": node["id"],
        "number": node["number"],
        "u": node["updatedAt"],
        "o": node["headRefOid"],
        "c": {"t": node["comments"]["totalCount"]},
        "v": {"t": node["reviews"]["totalCount"]},
    }


def _tree(name: str, entries: list[Node]) -> Node:
    return {"name": name, "type": "tree", "oid": object_id("tree", name), "object": {"entries": entries}}


def _blob(number: int, texts: bool) -> Node:
    oid = object_id(document_path(number))
    blob = {"__typename": "Blob", "oid": oid, "byteSize": 1, "isBinary": False, "isTruncated": False}
    shown = {**blob, "text": document_text(number)} if texts else {}
    return {"name": "vep.md", "type": "blob", "oid": oid, "object": shown}


@contextmanager
def served(scale: Scale) -> Iterator[str]:
    """The address of such a GitHub, for as long as the block lasts."""
    command = [sys.executable, "-m", "bench.github", str(scale.veps), str(scale.comments), str(scale.references)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


if __name__ == "__main__":
    with Large(Scale(*map(int, sys.argv[1:]))) as github:
        print(github.url, flush=True)
        sys.stdin.read()  # until whoever started us is gone
    os._exit(0)
