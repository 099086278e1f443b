"""Looks up pull requests that texts name but nothing refers to, and where known ones stand; it writes no texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from vep_tui.core.document import read_document
from vep_tui.core.nodes import moment, ref_of
from vep_tui.core.process import Process
from vep_tui.core.refs import read_refs, spelled_out
from vep_tui.core.text import safe_store, strip_html_comments
from vep_tui.core.tracker import HIGHEST_OWN, read_tracker
from vep_tui.remote import queries
from vep_tui.store.linked import KnownPull, known_refs
from vep_tui.sync.bugs import bugs_among, suspect
from vep_tui.sync.errand import Errand
from vep_tui.sync.pages import each_batch
from vep_tui.sync.recent import standing_of
from vep_tui.sync.shapes import Node, dig, elements, text

_NAMED = re.compile(
    r"github\.com/([\w.-]{1,100}/[\w.-]{1,100})/(?:pull|issues)/(\d{1,9})(?!\d)"
    r"|(?<![\w./-])([\w.-]{1,100}/[\w.-]{1,100})#(\d{1,9})(?!\w)"
)
MOST = 3_000
"""Look-ups in one pull: texts are written by anybody."""
SETTLED = timedelta(days=90)
"""A closed pull request that rested so long is asked for in full pulls only."""
ABSENT = "absent"
"""Kind of the facts about refs that are no pull request we may see; a full pull asks again."""


class Wanted:
    """Pull requests that texts name."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._refs: dict[str, str] = {}
        self.embedded: set[str] = set()
        """Refs, in lower case, that came along with an issue."""

    def read_issues(self, nodes: Iterable[Node]) -> None:
        """Take down what bodies and comments of issues name."""
        for node in nodes:
            title, body = text(node, "title"), text(node, "body")
            if self._read(body):
                tracker = read_tracker(title, body, self._process)
                self._add((listed.ref for listed in tracker.listed), anywhere=True)
            for comment in elements(node, "comments", "nodes"):
                self._add(_named(text(comment, "body")))
            for event in elements(node, "timelineItems", "nodes"):
                source = dig(event, "source")
                self.embedded.add(f"{text(source, 'repository', 'nameWithOwner')}#{dig(source, 'number')}".casefold())

    def read_proposals(self, nodes: Iterable[Node]) -> None:
        """Take down what pull requests of the enhancements repository name, and that we have them."""
        for node in nodes:
            self.embedded.add(f"{text(node, 'repository', 'nameWithOwner')}#{node['number']}".casefold())
            self._add(_named(text(node, "body")))

    def read_document(self, document: str) -> None:
        """Take down what a document's history and prose name."""
        if self._read(document):
            self._add(read_document(document, self._process).history, anywhere=True)

    def refs(self) -> dict[str, str]:
        """Lower case to the spelling met first."""
        return self._refs

    def _read(self, body: str) -> bool:
        """Take down what a text names anywhere; True when it names repositories that the process does not know.

        Only then it matters where in the text a name stands, which takes much longer to find out.
        """
        own, highest = self._process.enhancements, self._process.thresholds.get("highest_own", HIGHEST_OWN)
        body = spelled_out(strip_html_comments(safe_store(body)), self._process.addresses)
        code, known = self._process.repositories.get("code", ""), self._process.kinds
        refs = read_refs(body, own, highest=highest, above=code, known=known)
        self._add(refs)
        return any(ref.partition("#")[0].casefold() not in self._process.kinds for ref in refs)

    def _add(self, refs: Iterable[str], *, anywhere: bool = False) -> None:
        """Listed ones count in any repository; others only where the process knows the repository."""
        for ref in refs:
            low = ref.casefold()
            if anywhere or low.partition("#")[0] in self._process.kinds:
                self._refs.setdefault(low, ref)


def look_up(errand: Errand, wanted: Wanted, *, full: bool) -> None:
    """Fetch the named pull requests that nothing else brought; those that are not there are remembered."""
    known_issues = {f"{errand.enhancements}#{n}".casefold() for n in errand.mirror.numbers()}
    absent = {} if full else errand.mirror.facts(ABSENT)
    have = wanted.embedded if full else known_refs(errand.mirror)
    known = have | known_issues | absent.keys()
    missing = [ref for low, ref in wanted.refs().items() if low not in known]
    if len(missing) > MOST:
        errand.complain(f"Only {MOST} of {len(missing)} pull requests that texts name were looked up.")
    if full:
        errand.mirror.put_many_facts(ABSENT, {}, complete=True)
    pairs = [(ref.partition("#")[0], int(ref.partition("#")[2])) for ref in missing[:MOST]]
    usable = [pair for pair in pairs if queries.is_ref(*pair)]

    def ask(batch: list[tuple[str, int]]) -> Any:
        return errand.ask(queries.lookup(batch)[0], {}, absent_is_fine=True)

    errand.expect("linked pull requests", errand.fetched["pull_requests"] + len(usable))
    for batch, answer in each_batch(errand, usable, ask, light=100):
        found: list[Node] = []
        issues: list[Node] = []
        gone: dict[str, bool] = {}
        for alias, (repo, number) in queries.lookup(batch)[1].items():
            node = dig(answer.data, *alias.split("."))
            if isinstance(node, dict):
                (issues if text(node, "__typename") == "Issue" else found).append(node)
            if not isinstance(node, dict) or node in issues:
                gone[f"{repo}#{number}".casefold()] = True
        bugs = bugs_among(errand, issues)
        errand.named_bugs |= {(ref_of(bug) or "").casefold() for bug in bugs}
        suspect(errand, found)
        with errand.mirror.transaction():
            errand.note(errand.mirror.put_pulls(found))
            errand.mirror.put_bugs(bugs)
            errand.mirror.put_many_facts(ABSENT, gone)
        errand.fetched["pull_requests"] += len(found)
        errand.tell("linked pull requests", errand.fetched["pull_requests"])


def moved_on(errand: Errand, known: Iterable[KnownPull]) -> dict[str, str]:
    """The pull requests among these that are not as we know them, ref to node id."""
    rests = (errand.server_now() - SETTLED).isoformat()
    asked = [k for k in known if k.node_id and (k.state != "CLOSED" or _later(k.updated_at, rests))]
    changed: dict[str, str] = {}

    def ask(batch: list[KnownPull]) -> Any:
        ids = [k.node_id for k in batch]
        return errand.ask("standing", {"a": ids[:100], "b": ids[100:]}, absent_is_fine=True)

    for batch, answer in each_batch(errand, asked, ask, light=200):
        answers = [*_listed(answer.data, "a"), *_listed(answer.data, "b")]
        for pull, node in zip(batch, answers, strict=False):
            if isinstance(node, dict) and standing_of(node) != (pull.updated_at, pull.state, pull.base):
                changed[pull.ref] = pull.node_id
    return changed


def _listed(data: Any, key: str) -> list[Any]:
    found = dig(data, key)
    return found if isinstance(found, list) else []


def _later(stamp: str, than: str) -> bool:
    at, limit = moment(stamp), moment(than)
    return at is None or limit is None or at >= limit


def _named(words: str) -> Iterator[str]:
    if "#" not in words and "github.com/" not in words:
        return
    for found in _NAMED.finditer(words):
        yield f"{found[1] or found[3]}#{found[2] or found[4]}"
