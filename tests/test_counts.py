"""What things cost, in counts: requests, bytes, queries, rows and modules; times are measured in bench/, never here."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from math import log
from pathlib import Path

import pytest
from builders import DOCS, sized_site
from reviewer_machine import machine

from vep_tui.core.answers import read_answer
from vep_tui.core.models import ItemState
from vep_tui.demo.server import Double
from vep_tui.store.desk import Desk
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.terminal import Terminal  # noqa: E402
from bench.world import Home, Scale, fill, issue_node, pull_node, world_of  # noqa: E402

SLOWLY = log(400) / log(40)
"""How much more than the small store the large one may cost: it is ten times as large."""
LEAN = Scale(400, comments=2, references=2)
TINY = Scale(40, comments=2, references=2)


# ---------------------------------------------------------------- start


MODULES = """
import os, sys
from pathlib import Path
from vep_tui.cli import main
from vep_tui.tui.screens.main import Main
async def furnish(self):
    assert self.queue.rows
    Path(os.environ["TOLD"]).write_text("\\n".join(sys.modules))
    self.app.exit()
Main.furnish = furnish
os._exit(main([]))
"""

NOT_BEFORE = {
    *("github", "requests", "urllib3", "markdown_it", "yaml", "graphql", "pygments", "argparse", "logging.handlers"),
    *("vep_tui.demo", "vep_tui.sync", "vep_tui.remote", "vep_tui.cli.commands"),
    *("vep_tui.core.tracker", "vep_tui.core.document", "vep_tui.core.checklist", "vep_tui.core.report"),
    *("vep_tui.core.models.veps", "vep_tui.core.models.github", "vep_tui.core.models.checklists"),
    *("vep_tui.tui.preferences", "vep_tui.tui.screens.settings", "vep_tui.cli.preferences", "vep_tui.settings.writing"),
    *("vep_tui.store.gathering", "vep_tui.store.refreshing"),
    *("vep_tui.tui.overview", "vep_tui.tui.conversation", "vep_tui.tui.markdown", "vep_tui.tui.item_lines"),
}
"""What the first frame does not show; each of these would delay it."""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Home]:
    """Two users, one of whom has ten times as much."""
    made = {}
    for scale in (TINY, LEAN):
        made[scale.veps] = Home(tmp_path_factory.mktemp(f"home-{scale.veps}"))
        fill(made[scale.veps], scale)
    return made


def test_the_first_frame_loads_only_what_it_shows(homes: dict[int, Home], tmp_path: Path) -> None:
    told = tmp_path / "modules"
    env = {**homes[40].environment(), "PYTHONPATH": str(ROOT), "TOLD": str(told)}
    with Terminal([sys.executable, "-c", MODULES], env) as terminal:
        while not terminal.over:
            terminal.pump(30)
    loaded = set(told.read_text(encoding="utf-8").split())
    assert "vep_tui.tui.screens.main" in loaded
    assert {name for name in NOT_BEFORE if name in loaded} == set()
    assert len([name for name in loaded if name.startswith("vep_tui")]) <= 105


BROWSING = """
import os, sys
from pathlib import Path
from vep_tui.cli import main
from vep_tui.tui.detail_pane import DetailPane
shown, put = [], DetailPane._put
def onward(self, page):
    put(self, page)
    shown.append(self.screen.queue.number)
    self.screen.queue.action_down()
    if "markdown_it" in sys.modules and len(shown) > 12:
        Path(os.environ["TOLD"]).write_text("\\n".join(sys.modules))
        self.app.exit()
DetailPane._put = onward
os._exit(main([]))
"""

NEVER = {
    *("github", "requests", "urllib3", "yaml", "graphql", "argparse", "vep_tui.sync.run", "vep_tui.remote.client"),
    *("hashlib", "_hashlib", "encodings.idna", "stringprep", "logging.handlers"),
    *("vep_tui.core.document", "vep_tui.store.refreshing"),
}
"""What a screen that is only read does not need; each of these would take its memory."""


def test_browsing_loads_nothing_that_only_a_sync_needs(homes: dict[int, Home], tmp_path: Path) -> None:
    told = tmp_path / "modules"
    env = {**homes[40].environment(), "PYTHONPATH": str(ROOT), "TOLD": str(told)}
    with Terminal([sys.executable, "-c", BROWSING], env) as terminal:
        while terminal.pump(30):
            pass
    loaded = set(told.read_text(encoding="utf-8").split())
    assert {"vep_tui.core.vep", "vep_tui.tui.conversation", "markdown_it"} <= loaded
    assert {name for name in NEVER if name in loaded} == set()


def test_what_texts_say_is_kept_of_a_few_veps_only() -> None:
    for number in range(2000):
        read_answer(f"Comment {number}: we are on track.")
    assert read_answer.cache_info().currsize <= 256


# ---------------------------------------------------------------- keys


class Counting:
    """Counts the statements and the rows of a desk, and how many steps SQLite took for them."""

    def __init__(self, home: Home) -> None:
        self.mirror, self.outbox = Mirror.open(home.mirror), Outbox.open(home.outbox)
        self.world = world_of(self.mirror)
        self.projection = Projection(self.mirror)
        self.desk = Desk(self.mirror, self.outbox, self.projection, self.world)
        self.statements: list[str] = []
        self.steps = 0
        for store in (self.mirror, self.outbox):
            store.database.connection.set_trace_callback(self.statements.append)
            store.database.connection.set_progress_handler(self._step, 1)

    def _step(self) -> int:
        self.steps += 1
        return 0

    def of(self, act: object) -> tuple[int, int]:
        """Statements and steps of one call."""
        self.statements.clear()
        self.steps = 0
        assert callable(act)
        act()
        return len(self.statements), self.steps

    def close(self) -> None:
        self.mirror.close()
        self.outbox.close()


@pytest.fixture
def both(homes: dict[int, Home]) -> Iterator[tuple[Counting, Counting]]:
    with closing(Counting(homes[40])) as small, closing(Counting(homes[400])) as large:
        yield small, large


def test_a_page_of_the_queue_costs_what_it_shows(both: tuple[Counting, Counting]) -> None:
    small, large = both
    for sort in ("attention", "number", "title", "sig", "stage", "release", "checklist", "age"):
        few = small.of(lambda sort=sort: small.desk.page("", sort=sort, limit=10))
        many = large.of(lambda sort=sort: large.desk.page("", sort=sort, limit=10))
        assert many[0] == few[0] <= 5
        assert many[1] <= few[1] * SLOWLY, sort


FILTERS = (
    *("m", "me", "mem", "memory", "memoryx", "is:attention mem", "alice -is:stale", "zzz OR yyyy", '"memory device"'),
    *("kind:vep is:open", "kind:vep is:open sig:@mine", "kind:vep is:open is:post-freeze", "-reviewer:none", "#12"),
    *("is:attention sig:compute release:1.9 stage:alpha", "needs:docs is:snoozed", "label:none", "checklist:open"),
)


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_costs_what_it_shows_in_a_store_of_any_size(both: tuple[Counting, Counting], query: str) -> None:
    """The rows a filter finds are ten times as many in the large store; those it shows are as many."""
    new, again, count = [], [], []
    for place in both:
        limit = min(both[0].desk.page(query, limit=0).total, 3)
        desk = Desk(place.mirror, place.outbox, Projection(place.mirror), place.world)
        new.append(place.of(lambda desk=desk, limit=limit: desk.page(query, limit=limit))[1])
        again.append(place.of(lambda desk=desk, limit=limit: desk.page(query, limit=limit))[1])
        count.append(place.of(lambda desk=desk: desk.page(query, limit=0))[1])
    assert again[1] <= again[0] * SLOWLY
    assert count[1] <= count[0] * SLOWLY
    assert new[1] <= new[0] * SLOWLY


def test_a_filter_reads_no_more_rows_than_it_shows(both: tuple[Counting, Counting]) -> None:
    _, large = both
    assert len(large.desk.page("kind:vep", limit=10).rows) == 10
    statements, _ = large.of(lambda: large.desk.page("is:attention mem", limit=10))
    assert statements <= 5


def test_what_was_sent_before_costs_nothing(tmp_path: Path, homes: dict[int, Home]) -> None:
    """Reading what waits does not look through the history, for all rows or for one."""
    steps = []
    for sent in (1, 300):
        home = Home(tmp_path / str(sent))
        shutil.copytree(homes[40].folder, home.folder)
        with closing(Counting(home)) as place:
            done = [
                place.outbox.want(n, "1.9", "docs-merged", ItemState.DONE, "", "", "").id
                for n in range(1000, 1000 + sent)
            ]
            place.outbox.satisfied(done, "1", "url")
            place.desk.tick(3, "docs-merged", ItemState.DONE)
            calls = (place.desk.header, place.desk.outbox_entries, lambda place=place: place.desk.outbox_entries(3))
            reads = [*calls, lambda place=place: place.desk.page("is:waiting"), lambda place=place: place.desk.vep(3)]
            steps.append([place.of(read)[1] for read in reads])
    assert steps[0] == steps[1]


def test_another_vep_costs_the_same_in_a_store_of_any_size(both: tuple[Counting, Counting]) -> None:
    counts, first = [], []
    for place, size in zip(both, (40, 400), strict=True):
        place.mirror.put_many_facts("board", {str(n): {"Status": "Tracked"} for n in range(1, size + 1)}, complete=True)
        merged = {f"{n:040x}": True for n in range(size * 2)}
        place.mirror.put_many_facts("contains:release-1.9", merged, complete=True)
        desk = Desk(place.mirror, place.outbox, place.projection, place.world)
        first.append(place.of(lambda desk=desk: desk.vep(2)))
        counts.append(place.of(lambda desk=desk: desk.vep(3)))
    assert counts[0][0] == counts[1][0] <= 40
    assert counts[1][1] <= counts[0][1] * SLOWLY
    assert first[1][1] <= first[0][1] * SLOWLY


def test_a_vep_without_pull_requests_does_not_look_for_them_among_all(tmp_path: Path) -> None:
    counts = []
    for size in (20, 200):
        home = Home(tmp_path / str(size))
        fill(home, Scale(size, comments=1, references=0))
        with closing(Counting(home)) as place:
            assert place.projection.links(size) == ()
            guides = [
                {**pull_node(1, 0, Scale(1)), "number": n, "repository": {"nameWithOwner": DOCS}} for n in range(size)
            ]
            place.mirror.put_pulls(guides)
            place.projection.refresh(place.mirror, place.outbox, place.world, [])
            counts.append(place.of(lambda place=place, size=size: place.desk.vep(size))[1])
    assert counts[1] <= counts[0] * SLOWLY


def test_a_tick_costs_the_same_in_a_store_of_any_size(both: tuple[Counting, Counting]) -> None:
    counts = []
    for place in both:
        place.desk.vep(3)
        counts.append(place.of(lambda place=place: place.desk.tick(3, "docs-merged", ItemState.DONE))[0])
        place.desk.drop(place.desk.outbox_entries()[-1].id)
    assert counts[0] == counts[1] <= 70


def test_bringing_a_row_up_to_date_costs_the_same_in_a_store_of_any_size(both: tuple[Counting, Counting]) -> None:
    counts = []
    for place, scale in zip(both, (TINY, LEAN), strict=True):
        place.mirror.put_issues([{**issue_node(3, scale), "title": "VEP 3: Another title"}])
        counts.append(
            place.of(lambda place=place: place.projection.refresh(place.mirror, place.outbox, place.world, [3]))[0]
        )
    assert counts[0] == counts[1] <= 100


# ---------------------------------------------------------------- syncs


def test_a_sync_with_nothing_new_asks_once_and_moves_less_than_a_hundredth(tmp_path: Path) -> None:
    site = sized_site(issues=60, comments=30, references=20, proposals=12, linked=120)
    with Double(site, gzip=False) as double, machine(tmp_path, double) as reviewer:
        full = reviewer.sync(full=True)
        idle = reviewer.sync()
        assert full.errors == idle.errors == ()
        sent = [entry.raw_bytes for entry in double.log.requests]
    assert full.requests <= 15
    assert idle.requests == 1
    assert sent[-1] < sum(sent[:-1]) / 100


def test_a_full_sync_of_what_is_known_computes_no_row(tmp_path: Path) -> None:
    site = sized_site(issues=30, comments=3, references=4, proposals=6, linked=40)
    with Double(site) as double, machine(tmp_path, double) as reviewer:
        reviewer.sync(full=True)
        written: list[str] = []
        reviewer.mirror.database.connection.set_trace_callback(written.append)
        again = reviewer.sync(full=True)
    assert again.ok and again.full and again.fetched["issues"] == 30
    into = (re.match(r"(?:INSERT.* INTO|UPDATE|DELETE FROM) (\w+)", statement) for statement in written)
    assert {found[1] for found in into if found} <= {"meta", "fact", "bug"}
