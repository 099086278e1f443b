"""No text whatever makes a parser raise, guess or take long."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vep_tui
from vep_tui.core.document import read_document
from vep_tui.core.models import Document, PrKind, Release, Stage, Tracker, TrackerStage
from vep_tui.core.owners import merge_people, read_aliases, read_owners, read_sigs
from vep_tui.core.process import read_process
from vep_tui.core.refs import read_refs
from vep_tui.core.schedule import read_schedule
from vep_tui.core.text import clean, one_line, strip_html_comments
from vep_tui.core.tracker import read_tracker
from vep_tui.core.versions import read_version
from vep_tui.core.yamls import read_yaml

PROCESS = read_process(tomllib.loads(Path(vep_tui.__file__).with_name("process.toml").read_text(encoding="utf-8")))
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
REF = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+#[1-9]\d*", re.ASCII)
VERSION = re.compile(r"\d+\.\d+", re.ASCII)

PIECES = (
    *("**Primary contact (assignee)**:", "/assign @ann", "/assign $ASSIGNEE", "**Current Feature Stage**:", "Alpha"),
    *("**Feature Gate**:", "`Gate`", "**Responsible SIGs**:", "Primary SIG:", "/sig compute", "Additional SIGs:"),
    *("**Enhancement link**:", "[](https://github.com/o/r/pull/1)", "**Timeline**:", "* Beta release target (1.9?):"),
    *("* [x] Alpha", "  * [ ] VEP PRs:", "    * https://github.com/o/r/pull/2, #3", "<!--", "-->", "> quoted", "---"),
    *("# VEP #5: x", "### Target releases", "- This VEP targets GA for version: v1.9", "## Graduation Requirements"),
    *(
        "```",
        "\t",
        "\r",
        "\x00",
        "\ud800",
        "\u2028",
        "\u202e",
        "~",
        "(",
        "[",
        "1.10",
        "~~",
        "%2F",
        "&a [*a]",
        "{",
        "\n\n",
    ),
)
JUNK = st.one_of(
    st.text(st.characters(codec=None), max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=40).map("\n".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("\r\n".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


def all_refs(refs: tuple[str, ...]) -> bool:
    return all(REF.fullmatch(ref) for ref in refs)


@given(JUNK, JUNK)
@settings(deadline=None)
def test_any_tracker_is_well_formed(title: str, body: str) -> None:
    tracker = read_tracker(title, body, PROCESS)
    assert isinstance(tracker, Tracker)
    assert all_refs(tuple(pr.ref for pr in tracker.listed)) and all_refs(tracker.mentioned)
    assert all(pr.kind in PrKind and (pr.stage is None or pr.stage in Stage) for pr in tracker.listed)
    assert tracker.stage is None or tracker.stage in TrackerStage
    assert all(v is None or VERSION.fullmatch(v) for v in map(tracker.targets.of, Stage))
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", login) for login in tracker.contacts)
    assert tracker.primary_sig not in tracker.other_sigs
    json.dumps((tracker.title, tracker.stage_raw, tracker.enhancement_links)).encode()
    "".join((tracker.title, tracker.stage_raw, *tracker.enhancement_links)).encode("utf-8")


@given(JUNK)
@settings(deadline=None)
def test_any_document_is_well_formed(text: str) -> None:
    document = read_document(text, PROCESS)
    assert isinstance(document, Document)
    assert all_refs(document.history) and all_refs(document.mentioned)
    assert all(stage in Stage and criteria for stage, criteria in document.graduation)
    assert all(v is None or VERSION.fullmatch(v) for v in map(document.targets.of, Stage))


@given(JUNK)
@settings(deadline=None)
def test_any_yaml_is_read_or_ignored(text: str) -> None:
    release = read_schedule("1.9", text, PROCESS)
    assert release is None or isinstance(release, Release)
    people = merge_people(read_owners(text), {"a/b": read_aliases(text)}, read_sigs(text), [text])
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", login) for _, who in people.sigs for login in who)


@given(
    st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda c: st.lists(c) | st.dictionaries(st.text(), c))
)
@settings(deadline=None)
def test_yaml_of_any_shape_is_read_or_ignored(value: object) -> None:
    for text in (
        json.dumps(value),
        json.dumps({"sigs": value, "aliases": value, "filters": value, "approvers": value}),
    ):
        read_schedule("1.9", text, PROCESS)
        merge_people(read_owners(text), {"a/b": read_aliases(text)}, read_sigs(text))
        read_document(f"---\n{text}\n---\n", PROCESS)
        read_document(
            "---\n" + "".join(f"{k}: {text}\n" for k in ("milestone", "stage", "reviewers")) + "---\n", PROCESS
        )


@pytest.mark.parametrize("value", [None, 7, b"x", [], {}, 1.5])
def test_what_is_no_text_is_read_as_none(value: object) -> None:
    assert read_tracker(value, value, PROCESS) == Tracker()  # type: ignore[arg-type]
    assert read_document(value, PROCESS) == Document()  # type: ignore[arg-type]
    assert read_schedule(value, value, PROCESS) is None  # type: ignore[arg-type]
    assert read_yaml(value) is None  # type: ignore[arg-type]
    assert read_version(value) is None  # type: ignore[arg-type]


WORDS = "\n".join(piece for piece in PIECES if piece.isprintable())
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)
)


@pytest.mark.parametrize(
    "bomb",
    [
        *(
            LAUGHS,
            "a: &a [*a]",
            "a: &a {b: *a}",
            "<<: *x",
            "!!python/object/apply:os.system [true]",
            "!!int x",
            "!!timestamp x",
        ),
        *(
            "[" * 60_000,
            "{a: " * 20_000,
            "- " * 60_000,
            "a:\n" + " " * 60_000,
            "? " * 60_000,
            "'" * 60_000,
            "x" * 999_999,
        ),
        *(
            "- a\n" * 10_000,
            "&a " * 40_000,
            "!" * 60_000,
            "|" * 60_000,
            "a: 1:2:3:4:5:6:7:8:9:10:11",
            "#" * 100_000,
            "\t: \t",
        ),
    ],
    ids=lambda bomb: bomb[:12],
)
def test_yaml_bombs_do_not_go_off(bomb: str) -> None:
    began = process_time()
    for text in (bomb, f"aliases:\n  {bomb}", f"---\n{bomb}\n---\n"):
        read_yaml(text)
        read_document(text, PROCESS)
        assert read_schedule("1.9", text, PROCESS) is None
    # One that goes off takes hours, or all memory.
    assert process_time() - began < 20


def test_yaml_keeps_versions_and_dates_as_they_are_written() -> None:
    assert read_yaml("a: 1.10\nb: 2031-01-02\nc: yes\nd: 0o17\ne: null\nf:") == {
        "a": "1.10", "b": "2031-01-02", "c": "yes", "d": "0o17", "e": None, "f": None,
    }  # fmt: skip


RUNS = {
    piece: (piece * (100_000 // len(piece) + 1))[:100_000]
    for piece in (
        *(
            "a",
            " ",
            "\n",
            "\t",
            "#",
            "*",
            "_",
            "`",
            "~",
            "[",
            "](",
            "(",
            "<!--",
            "-->",
            "<",
            ">",
            "/",
            "a/",
            "a/b#",
            "#1",
        ),
        *(
            "a/b#1 ",
            "* ",
            "- [ ] ",
            "**",
            "**a**:",
            "* [x] Alpha\n",
            "  * VEP PRs: #1\n",
            "## Alpha graduation criteria\n\n",
            "feature gate: `A` ",
            "- @a: b: c\n",
            "[@a ",
            "@a ",
            "/assign ",
            "/sig ",
            "$SIG ",
        ),
        *(
            "VEP ",
            "VEP-",
            "[a]",
            "PR ",
            "https://",
            "https://a/",
            "github.com/",
            "1.",
            "1.9, ",
            "v1.9 ",
            "Alpha ",
            "alpha target ",
        ),
        *(
            "> ",
            ">",
            "- ",
            "1. ",
            "graduation ",
            "phase ",
            "feature gate ",
            "`A` feature gate ",
            "AbAb",
            "AAAA",
            "a: ",
            "---\n",
        ),
        *(
            "\x00",
            "\ud800",
            "\u2028",
            "\r",
            "\r\n",
            "é",
            "🙂",
            "%2F",
            "|",
            "a|",
            "=\n",
            "&a ",
            "(#1 ",
            "~~a",
            "<a ",
            "![",
            "\\",
        ),
    )
}
"""Long runs on which a careless pattern is quadratic."""


@pytest.mark.parametrize("run", RUNS.values(), ids=map(ascii, RUNS))
def test_no_pattern_is_quadratic(run: str) -> None:
    began = process_time()
    read_tracker(run, f"{run}\n**Timeline**:\n* [ ] Alpha\n  * [ ] Code PRs: {run}\n**Feature Gate**: {run}x", PROCESS)
    read_document(f"# {run}\n## Graduation {run}\n### Alpha\n- {run}", PROCESS)
    for reader in (clean, one_line, strip_html_comments, read_version, read_yaml):
        reader(run)
    # A quadratic pattern takes minutes here, linear ones some tenths of a second in all.
    assert process_time() - began < 10


@pytest.mark.parametrize("piece", ["a", "<!--", "\x00\u2028\ud800", WORDS], ids=ascii)
def test_a_megabyte_is_read(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    read_tracker(text, text, PROCESS)
    read_document(text, PROCESS)
    read_refs(text, PROCESS.enhancements)
    assert len(clean(text)) <= len(text)
    assert read_yaml(text) is None


@pytest.mark.parametrize(
    "unit", ["* [ ] Code PRs: #1\n", "**Feature Gate**: `A`\n", "https://github.com/o/r/pull/1 ", "[a](b) "]
)
def test_the_cost_of_a_tracker_grows_with_its_length_only(unit: str) -> None:
    def cost(length: int) -> float:
        body = (unit * (length // len(unit) + 1))[:length]
        best = min(_timed(body) for _ in range(3))
        return max(best, 0.002)

    assert cost(200_000) < 16 * cost(50_000)


def _timed(body: str) -> float:
    began = process_time()
    read_tracker("", body, PROCESS)
    return process_time() - began


@pytest.mark.parametrize("nested", ["> ", "- ", "* [ ] ", "1. ", "  - ", "[", "**", "`"])
def test_deep_nesting_is_survived(nested: str) -> None:
    text = "## Graduation Requirements\n\n### Alpha\n\n" + "".join(f"{nested * depth}x\n" for depth in range(1, 300))
    read_document(text, PROCESS)
    read_tracker("", text, PROCESS)


def test_importing_the_readers_loads_no_parser_library() -> None:
    code = (
        "import sys; import vep_tui.core.document, vep_tui.core.schedule, vep_tui.core.owners, vep_tui.core.tracker;"
        "print(sorted({'yaml', 'markdown_it', 'textual', 'github', 'sqlite3'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.skipif(not DATA.exists(), reason="the data folder is not here")
def test_every_file_of_the_real_process_is_read() -> None:
    files = [path for path in DATA.rglob("*") if path.is_file()]
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        read_document(text, PROCESS)
        read_owners(text), read_aliases(text), read_sigs(text)
        read_tracker(text, text, PROCESS)
        release = read_schedule(str(path.relative_to(DATA)), text, PROCESS)
        assert (release is not None) == (path.name == "schedule.yaml")
        if release:
            assert release.code_freeze and release.ga and release.branch == f"release-{release.version}"
        if path.suffix == ".json":
            thread = json.loads(text)
            for body in (thread["body"], *(comment["body"] for comment in thread["comments"])):
                read_tracker(thread["title"], body, PROCESS)
                read_document(body or "", PROCESS)
