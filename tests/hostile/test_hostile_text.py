"""Hostile text goes all the way through: it changes no terminal, forges no tick, opens nothing and hangs nothing."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from builders import OWNERS, small_site
from command import Command
from corpus import BODIES, FORGED_LIST, FORGED_OP, LINKS, TEXTS
from hostile_site import FIRST, hostile_site
from reviewer_machine import comments_of, machine, states_on, world
from textual.style import Style

from vep_tui.cli.tables import vep_text
from vep_tui.demo.server import Double
from vep_tui.store.desk import Desk
from vep_tui.store.mirror import Mirror
from vep_tui.store.outbox import Outbox
from vep_tui.store.projection import Projection
from vep_tui.tui import links
from vep_tui.tui.glyphs import Glyphs
from vep_tui.tui.ink import Ink
from vep_tui.tui.markdown import write_markdown
from vep_tui.tui.sheet import Sheet

TEN = "kubevirt/enhancements#10"
BUDGET = 20.0
"""Seconds for a command over the whole corpus, on a busy machine: a hang takes minutes."""
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff\ud800-\udfff]"
)
"""Whatever can move a cursor, recolour, reorder or hide; lines end in newlines, and tabs are tabs."""


@pytest.fixture(scope="module")
def double() -> Iterator[Double]:
    with Double(hostile_site()) as running:
        yield running


@pytest.fixture(scope="module")
def synced(double: Double, tmp_path_factory: pytest.TempPathFactory) -> Command:
    command = Command(double.url, tmp_path_factory.mktemp("hostile"), {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
    begun = time.monotonic()
    done = command("sync", timeout=120)
    assert done.status in (0, 1), done.err
    assert time.monotonic() - begun < 3 * BUDGET
    assert not HARMFUL.search(done.out + done.err)
    return command


NUMBERS = [10, *range(FIRST, FIRST + len(TEXTS)), *range(FIRST + 200, FIRST + 225)]


def test_no_command_prints_anything_harmful(synced: Command) -> None:
    assert synced("tick", "100", "prs-merged").status == 0
    words = [("list", "--view", "all"), ("list",), ("outbox",), ("doctor",), ("report", "--release", "1.9")]
    words += [("show", str(number)) for number in NUMBERS[:: len(NUMBERS) // 12]]
    for argv in words:
        begun = time.monotonic()
        done = synced(*argv, timeout=120)
        assert time.monotonic() - begun < BUDGET, argv
        assert done.status == 0 and "Traceback" not in done.err, (argv, done.err[-500:])
        found = HARMFUL.search(done.out + done.err)
        assert found is None, (argv, found, (done.out + done.err)[max(0, found.start() - 60) : found.end() + 20])


def test_json_is_valid_and_harmless_on_a_terminal_too(synced: Command) -> None:
    for argv in (("list", "--view", "all"), ("show", "10"), ("show", str(FIRST + 7)), ("outbox",), ("doctor",)):
        done = synced(*argv, "--json", timeout=120)
        assert json.loads(done.out), argv
        assert HARMFUL.search(done.out) is None, argv


def test_every_vep_is_read_within_its_budget(synced: Command) -> None:
    """In one process: what core makes of each text, and how long it takes."""
    (mirror_path,), (outbox_path,) = synced.home.rglob("mirror.db"), synced.home.rglob("outbox.db")
    with closing(Mirror.open(mirror_path)) as mirror, closing(Outbox.open(outbox_path)) as outbox:
        desk = Desk(mirror, outbox, Projection(mirror), world())
        for number in NUMBERS:
            begun = time.process_time()
            vep = desk.vep(number)
            assert vep is not None, number
            assert not HARMFUL.search(vep_text(vep, "VEP")), number
            assert time.process_time() - begun < 3.0, f"{number} takes {time.process_time() - begun:.1f} s"


@pytest.mark.parametrize("name", [*TEXTS, *BODIES])
def test_every_text_is_painted_within_its_budget(name: str) -> None:
    source = {**TEXTS, **BODIES}[name]
    sheet = Sheet(Ink({}, Style()), 80, Glyphs(False))
    begun = time.process_time()
    write_markdown(sheet, source)
    page = sheet.page()
    took = time.process_time() - begun
    assert took < 4.0, f"{took:.1f} s"
    assert not any(HARMFUL.search(line) for line in page.plain)


def test_nobody_can_forge_a_tick(synced: Command, double: Double) -> None:
    items = synced("show", "10", "--json").json["checklist"]["items"]
    assert {item["state"] for item in items} == {"todo"}
    assert states_on(double, TEN) == {}


@pytest.fixture(scope="module")
def thread() -> Iterator[Double]:
    """A thread to post into, with a forged list in it."""
    site = small_site()
    site.add_comment(TEN, "mallory", FORGED_LIST)
    with Double(site) as running:
        yield running


@pytest.mark.parametrize("name", TEXTS)
def test_what_we_post_pings_nobody_runs_nothing_and_carries_one_marker(
    name: str, thread: Double, tmp_path: Path
) -> None:
    text = TEXTS[name]
    with machine(tmp_path / "mine", thread) as mine:
        mine.tick("prs-merged", note=text, evidence=text)
        mine.tick("docs-merged", note=text, evidence=text)
        assert mine.push().ok
    bodies = [b for b in comments_of(thread) if b.startswith("<!-- vep-tui:1") and FORGED_OP not in b.split("\n")[0]]
    (body,) = bodies
    plain = re.sub(r"<!--.*?-->", "", re.sub(r"`[^`\n]*`", "", body))
    assert not re.search(r"(^|[^\w`])@\w|(^|\s)#\d|\w#\d", plain), body
    assert not re.search(r"^\s*/\w", body, re.MULTILINE), body
    assert body.count("<!-- vep-tui:1") == 1 and body.count("<!-- vep-tui:end") == 1, body
    assert not HARMFUL.search(body) and "<script" not in plain and "<img" not in plain
    assert states_on(thread, TEN) == {"prs-merged": "done", "docs-merged": "done"}


@pytest.mark.parametrize("name", LINKS)
def test_no_address_opens_but_http_after_its_true_host(name: str) -> None:
    url = links.resolve(LINKS[name], "https://github.com/kubevirt/enhancements/issues/10")
    if url is None:
        return
    assert url.startswith(("https://", "http://")) and not HARMFUL.search(url) and " " not in url
    assert links.host(url).isascii()
    if links.host(url) != "github.com":
        assert not links.is_home(url, "https://github.com"), "the user is shown the host first"
    else:
        assert "@" not in url


def test_the_people_are_those_of_the_good_files(synced: Command) -> None:
    assert "reviewer" in OWNERS
    assert synced("list", "--view", "all", "--json").json["total"] >= len(NUMBERS) - 1
