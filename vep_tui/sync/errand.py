"""One pull under way: how its parts ask, fail without spoiling the others, and tell; it knows no part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from vep_tui.core.process import Process
from vep_tui.remote import queries
from vep_tui.remote.client import Answer, Remote
from vep_tui.remote.errors import (
    BadCredentials,
    DeadlineExceeded,
    LoginRequired,
    NotGitHub,
    RateLimited,
    RemoteError,
    ServerTrouble,
    SsoRequired,
    Unsent,
    Unusable,
)
from vep_tui.store.mirror import Mirror
from vep_tui.store.threads import Changes
from vep_tui.sync.pages import NotThere, PageSize
from vep_tui.sync.progress import Progress
from vep_tui.sync.shapes import text

HOPELESS = (BadCredentials, LoginRequired, NotGitHub, RateLimited, SsoRequired, Unsent, Unusable)
"""What makes every further request pointless."""
MOST_OVERDUE = 2
"""Requests without an answer in time before the pull gives up."""
MOST_ERRORS = 5
"""Different complaints of GitHub that are told; the rest is counted."""
KINDS = ("issues", "pull_requests", "documents", "schedules", "people")


class Suspect(NamedTuple):
    """An issue or pull request that may be a bug: its labels are not known."""

    node_id: str
    updated_at: str
    is_open: bool


class Errand:
    """What the parts of one pull share."""

    def __init__(
        self,
        mirror: Mirror,
        remote: Remote,
        process: Process,
        now: datetime,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.mirror, self.remote, self.process, self.now = mirror, remote, process, now
        self._progress = progress
        self._expected: dict[str, int | None] = {}
        self.fetched = dict.fromkeys(KINDS, 0)
        self.errors: list[str] = []
        self.failed: set[str] = set()
        """Parts that could not be fetched, by their words."""
        self.done: set[str] = set()
        """Parts of which something was fetched; those that are not in `failed` as well are up to date."""
        self.incomplete = False
        """True when a part broke off, so that this was no full sync."""
        self.touched: set[int] = set()
        """Numbers of issues and proposals that changed."""
        self.moved: set[str] = set()
        """Refs of pull requests that changed or went."""
        self.everything = False
        """True when something changed that may concern every proposal."""
        self.suspects: dict[str, Suspect] = {}
        """What came along from code repositories whose bugs are not listed, by ref in lower case."""
        self.put: dict[str, str] = {}
        """Pull requests that came along with issues, by ref, to the moment of their last change: many come often."""
        self.named_bugs: set[str] = set()
        """Refs, in lower case, of bugs that texts name."""
        self.page_size = PageSize(int(mirror.meta("page_size", 25)))
        self.renamed = ""
        """What GitHub calls the enhancements repository, where that is not the configured name."""
        self._overdue = 0
        self._more_errors = 0

    @property
    def enhancements(self) -> str:
        """`owner/name` of the enhancements repository, as GitHub spells it."""
        return self.renamed or self.process.enhancements

    def fine(self, word: str) -> bool:
        """True for a part that is up to date."""
        return word in self.done and word not in self.failed

    def note(self, changes: Changes) -> None:
        """What was mirrored is not as it was: its rows are to be computed anew."""
        own = f"{self.enhancements}#".casefold()
        proposals = (ref.rpartition("#")[2] for ref in changes.refs if ref.casefold().startswith(own))
        self.touched |= changes.numbers | {int(number) for number in proposals}
        self.moved |= changes.refs

    def expect(self, part: str, total: int | None) -> None:
        """How many of a part there will be in the end, where that is known from now on."""
        self._expected[part] = total

    def tell(self, part: str, done: int = 0) -> None:
        """Let whoever watches know."""
        if self._progress is not None:
            total = self._expected.get(part)
            self._progress(Progress(part, done, total if total is not None and total >= done else None))

    def names(self, *roles: str) -> dict[str, str]:
        """Variables for the repositories of these roles: `owner` and `name`, or `<role>` and `<role>Name`."""
        found: dict[str, str] = {}
        for role in roles:
            owner, _, name = self.process.repositories.get(role, "").partition("/")
            keys = ("owner", "name") if role == "enhancements" else (role, f"{role}Name")
            found |= {keys[0]: owner, keys[1]: name}
        return found

    def ask(self, query: str, variables: Mapping[str, Any], *, absent_is_fine: bool = False) -> Answer:
        """Ask, by a query's name or its text; what GitHub left out is told, and data it gave is used.

        With `absent_is_fine`, things that are not there are no error.
        """
        document = query if "{" in query else queries.query(query)
        try:
            answer = self.remote.graphql(document, variables)
        except DeadlineExceeded:
            self._overdue += 1
            raise
        self._overdue = 0
        self._notice_a_new_name(answer)
        for error in answer.errors:
            if not (absent_is_fine and error.kind == "NOT_FOUND") and error.kind != "INSUFFICIENT_SCOPES":
                self.complain(f"GitHub left something out: {error.message}")
        return answer

    def ask_twice(self, query: str, variables: Mapping[str, Any]) -> Answer:
        """As `ask`, and once more after a fault of the server: for what cannot be asked for in smaller parts."""
        try:
            return self.ask(query, variables)
        except ServerTrouble:
            return self.ask(query, variables)

    def can_ask_for_less(self) -> bool:
        """Shrink the page size after too much was asked; False when less is not possible or has not helped."""
        return self._overdue < MOST_OVERDUE and self.page_size.shrink()

    def complain(self, sentence: str) -> None:
        """Tell an error once."""
        if sentence in self.errors:
            return
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(sentence)
        else:
            self._more_errors += 1

    def all_errors(self) -> tuple[str, ...]:
        """The errors as they are told in the end."""
        more = (f"And {self._more_errors} more of the kind.",) if self._more_errors else ()
        return (*self.errors, *more)

    @contextmanager
    def part(self, *words: str) -> Iterator[None]:
        """A part of the pull, or several that are fetched together.

        When it fails the others go on, unless it fails for a reason that concerns all.
        """
        self.tell(words[0])
        try:
            yield
        except NotThere:
            self.failed.update(words)
        except RemoteError as error:
            self.failed.update(words)
            self.incomplete = True
            if isinstance(error, HOPELESS) or self._overdue >= MOST_OVERDUE:
                raise
            self.complain(f"The {' and '.join(words)} could not be fetched. {error}")
        else:
            self.done.update(words)

    def _notice_a_new_name(self, answer: Answer) -> None:
        name = text(answer.data, "repository", "nameWithOwner")
        if name and name.casefold() != self.process.enhancements.casefold():
            self.renamed = name
            self.complain(f"{self.process.enhancements} is now called {name}. Correct its name in the settings.")

    def server_now(self) -> datetime:
        """GitHub's clock; ours only before it has said anything."""
        return self.remote.server_date or datetime.now(UTC)

    def closed_since(self, gas: Iterable[datetime]) -> datetime:
        """Issues closed before this moment are not read: GA of the release so many back, at least 300 days."""
        back = max(int(self.process.thresholds.get("closed_releases", 2)), 1)
        past = sorted((ga for ga in gas if ga <= self.now), reverse=True)
        ages_ago = self.now - timedelta(days=300)
        return min(past[back - 1], ages_ago) if len(past) >= back else ages_ago
