"""The checklist comment: what is written is read back, nothing of its author's is lost, and it makes no noise."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vep_tui.core.comment import MAX_BYTES, CommentTooLongError, parse, read_comment, render
from vep_tui.core.marker import carries, sign
from vep_tui.core.models import Comment, ItemState, People, Statement
from vep_tui.core.process import read_process
from vep_tui.core.prose import loud, quiet, tidy, tidy_line

TOML = Path(__file__).resolve().parents[2] / "vep_tui" / "process.toml"
PROCESS = read_process(tomllib.loads(TOML.read_text(encoding="utf-8")))
KEYS = [item.key for item in PROCESS.checklist]
NOW = datetime(2026, 6, 25, 9, 0, tzinfo=UTC)
OP = "11111111-2222-4333-8444-555555555555"
PEOPLE = People(sigs=(("compute", ("alice", "bob")),))


def said(key: str, state: str = "done", note: str = "", evidence: str = "", at: datetime = NOW) -> Statement:
    return Statement(key, ItemState(state), at, note, evidence)


def rendered(*items: Statement, existing: str | None = None, op: str = OP, edited_at: datetime = NOW) -> str:
    known = parse(existing, PROCESS) if existing is not None else None
    return render(190, "1.9", items, op, "alice", NOW, known, PROCESS, "release-1.9", edited_at)


def read(body: str, edited_at: datetime = NOW) -> dict[str, Statement]:
    parsed = parse(body, PROCESS)
    assert parsed is not None
    return {s.key: s for s in parsed.statements(edited_at)}


ODD = [
    *"@#/<>&;\\[]().-_~|:*+= \n\r1aGb`\t!\"'\u2028\x85\x0b\x1b\u202e\ufeff\x00é",
    *("@bob", "#1", "o/r#2", "https://github.com/a/b/pull/12", "\n/lgtm", "\n - [x] All PRs are merged", "`a`", "&lt;"),
    *("GH-12", "<!--", "-->", "```", "Note: ", "On 2026-01-01: ", "<!-- vep-tui:end -->", "\n\n", "\ud83d", "\\@me"),
    "(does not apply)",
]
TEXT = st.lists(st.one_of(st.sampled_from(ODD), st.characters()), max_size=25).map("".join)
MOMENT = st.integers(0, 10**9).map(lambda s: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


@st.composite
def statements(draw: st.DrawFn, text: st.SearchStrategy[str] = TEXT) -> list[Statement]:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True))
    return [
        Statement(key, draw(st.sampled_from(ItemState)), draw(MOMENT), tidy(draw(text)), tidy_line(draw(text)))
        for key in keys
    ]


@given(statements(TEXT.map(lambda text: text.replace("`", "'"))))
@settings(max_examples=examples(100), deadline=None)
def test_what_is_written_is_read_back(items: list[Statement]) -> None:
    assert read(rendered(*items)) == {s.key: s for s in items}


@given(statements())
@settings(max_examples=examples(100), deadline=None)
def test_text_with_code_in_it_settles_after_one_round(items: list[Statement]) -> None:
    once = read(rendered(*items))
    assert {k: (s.state, s.at) for k, s in once.items()} == {s.key: (s.state, s.at) for s in items}
    assert read(rendered(*once.values())) == once


@pytest.mark.parametrize("text", ["```https://github.com/a/b/pull/12`a`", "``a``", "`a``#1`", "``@bob`"])
def test_of_backticks_in_a_row_none_is_lost(text: str) -> None:
    assert loud(quiet(text)) == text


@given(statements(), statements())
@settings(max_examples=examples(60), deadline=None)
def test_an_edit_changes_what_is_meant_and_nothing_else(first: list[Statement], second: list[Statement]) -> None:
    before = rendered(*first)
    after = read(rendered(*second, existing=before))
    expected = read(before) | {s.key: s for s in read(rendered(*second)).values()}
    assert after == expected


@given(statements())
@settings(max_examples=examples(100), deadline=None)
def test_a_comment_pings_nobody_refers_to_nothing_and_runs_nothing(items: list[Statement]) -> None:
    body = rendered(*items)
    for line in re.split(r"[\n\r\x0b\x0c\x85\u2028\u2029]", body):
        assert not line.lstrip().startswith("/")
    for token in MarkdownIt("commonmark").parse(body):
        assert token.type not in ("fence", "code_block")
        if token.type == "html_block":
            assert re.fullmatch(r"<!--[^>]*-->\n?", token.content), token.content
        for child in token.children or ():
            if child.type == "html_inline":
                assert re.fullmatch(r"<!-- [\w-]+ \S+ (done|na|todo) -->", child.content), child.content
            if child.type == "text":
                assert not re.search(r"(?<!\w)@[A-Za-z0-9]", child.content), child.content
                assert not re.search(r"(?<!\w)#\d|\w+/\w+#\d|/(pull|issues)/\d", child.content), child.content


@given(TEXT)
@settings(max_examples=examples(100), deadline=None)
def test_no_body_breaks_the_reader(body: str) -> None:
    head = rendered(said("prs-merged")).split("\n")[0]
    for text in (body, f"{head}\n{body}", f"{head}\r\n- [x] {body}\r\n"):
        parsed = parse(text, PROCESS)
        if parsed is not None:
            render(190, "1.9", [], OP, "alice", NOW, parsed, PROCESS, None)
        assert carries(sign(text, OP), OP)


@pytest.mark.parametrize("text", ["`<!--`", "```<!--`a`", "a `b <!-- c` d", "<!-- `x`", "`-->` and `<!--`"])
def test_a_comment_opened_in_words_hides_no_item(text: str) -> None:
    body = rendered(said("prs-merged", note=text), said("docs-merged", evidence=text), said("bugs-tracked"))
    assert {key: s.state for key, s in read(body).items()} == dict.fromkeys(
        ("prs-merged", "docs-merged", "bugs-tracked"), ItemState.DONE
    )


def test_it_reads_well() -> None:
    body = rendered(
        said("prs-merged", evidence="met, 7 of 7 merged into release-1.9"),
        said("docs-merged", "na", note="Internal only.\nAsk @bob about kubevirt/user-guide#12."),
    )
    lines = body.split("\n")
    assert lines[0] == f"<!-- vep-tui:1 release=1.9 op={OP} -->"
    assert lines[1] == "### VEP 190: checklist for v1.9"
    assert lines[5:12] == [
        "- [x] All PRs are merged into release-1.9 <!-- prs-merged 2026-06-25T09:00:00Z done -->",
        "  On 2026-06-25: met, 7 of 7 merged into release-1.9",
        "- [ ] The docs PR is merged (does not apply) <!-- docs-merged 2026-06-25T09:00:00Z na -->",
        "  On 2026-06-25.",
        "  Note: Internal only.",
        "  Ask `@bob` about `kubevirt/user-guide#12`.",
        "- [ ] The enhancement is implemented and needs no update or exception <!-- implemented - todo -->",
    ]
    assert sum(line.startswith("- [") for line in lines) == 5
    assert lines[-1] == "<!-- vep-tui:end -->"


def test_a_box_ticked_on_the_web_counts_from_the_edit_on() -> None:
    body = rendered(said("prs-merged", evidence="met, 1 of 1")).replace("- [ ] Bugs", "- [x] Bugs")
    body = body.replace("- [x] All", "- [ ] All")
    later = NOW + timedelta(hours=2)
    found = read(body, later)
    assert found["bugs-tracked"] == said("bugs-tracked", at=later)
    assert found["prs-merged"] == said("prs-merged", "todo", at=later), "evidence was for another state"
    again = rendered(existing=body, edited_at=later)
    assert read(again, NOW) == found, "the next edit writes down what was clicked"


def test_ticking_on_the_web_what_did_not_apply_makes_it_done() -> None:
    body = rendered(said("docs-merged", "na")).replace("- [ ] The docs", "- [x] The docs")
    assert read(body)["docs-merged"].state is ItemState.DONE
    assert "(does not apply)" not in rendered(existing=body)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_text_added_on_the_web_is_kept_word_for_word(newline: str) -> None:
    lines = rendered(said("prs-merged", note="first", evidence="unmet, 1 of 2")).split("\n")
    lines[3:3] = ["Hello, *this* is mine.", "", "/lgtm is what I would say"]
    where = next(n for n, line in enumerate(lines) if "docs-merged" in line)
    lines[where + 1 : where + 1] = ["  - the PR is in review", "", "  > quoted"]
    lines += ["", "Best regards", "```", "- [x] Bugs are tracked", "```"]
    body = newline.join(lines)
    after = rendered(said("prs-merged", note="second", evidence="met, 2 of 2"), existing=body, op="other-op")
    expected = (
        body.replace(OP, "other-op").replace("Note: first", "Note: second").replace("unmet, 1 of 2", "met, 2 of 2")
    )
    assert after == expected


def test_items_are_found_by_their_words_when_the_hidden_part_is_lost() -> None:
    body = rendered(said("prs-merged"), said("docs-merged", "na", note="none needed"))
    found = read(re.sub(r" <!-- [\w-]+ \S+ (done|na|todo) -->", "", body))
    assert {k: s.state for k, s in found.items()} == {"prs-merged": "done", "docs-merged": "na"}
    assert found["docs-merged"].note == "none needed"


def test_an_item_its_author_removed_is_put_back_in_its_place() -> None:
    body = "\n".join(line for line in rendered(said("prs-merged")).split("\n") if "implemented" not in line)
    after = rendered(said("implemented"), existing=body)
    assert re.findall(r"<!-- ([\w-]+) \S+ \w+ -->", after) == KEYS


@pytest.mark.parametrize("where", ["quote", "fence", "second", "comment"])
def test_a_marker_elsewhere_than_on_the_first_line_does_not_count(where: str) -> None:
    body = rendered(said("prs-merged"))
    fakes = {
        "quote": "\n".join("> " + line for line in body.split("\n")),
        "fence": f"```\n{body}\n```",
        "second": f"Look:\n{body}",
        "comment": f"<!--\n{body}\n-->",
    }
    assert parse(fakes[where], PROCESS) is None


@pytest.mark.parametrize(
    "above", ["Update: blocked.", "Two\n\n> quoted\n", "```\n<!-- vep-tui:1 op=x -->\n```", "- a\n"]
)
def test_text_that_its_author_sets_above_the_marker_is_kept_below_it(above: str) -> None:
    body = rendered(said("prs-merged", note="all"))
    moved = parse(f"{above}\n{body}", PROCESS, author="alice")
    assert moved is not None and moved.statements(NOW) == tuple(read(body).values())
    after = render(190, "1.9", moved.statements(NOW), "op-2", "alice", NOW, moved, PROCESS, "release-1.9", NOW)
    head, _, rest = body.partition("\n")
    gap = "\n" if above.endswith("\n") else "\n\n"
    assert after == f"{head.replace(OP, 'op-2')}\n{above}{gap}{rest}"
    assert rendered(*moved.statements(NOW), existing=after, op="op-2") == after


@pytest.mark.parametrize(
    "text",
    [
        "{quoted}",
        "Look:\n{quoted}",
        "Look:\n```\n{body}\n```",
        "Look:\n<!--\n{body}\n-->",
        "Look:\n{body}\n\n<!-- vep-tui:1 op=free -->",
        "Both:\n{body}\n{body}",
        "Look: {body}",
    ],
)
def test_a_checklist_that_is_only_shown_or_sent_on_says_nothing(text: str) -> None:
    body = rendered(said("prs-merged"))
    quoted = "\n".join(f"> {line}" for line in body.split("\n"))
    assert parse(text.format(body=body, quoted=quoted), PROCESS, author="alice") is None


def test_a_checklist_of_somebody_else_below_ones_own_words_is_not_ones_own() -> None:
    body = f"As alice says:\n{rendered(said('prs-merged'))}"
    assert parse(body, PROCESS, author="Alice") is not None
    assert parse(body, PROCESS, author="bob") is None
    sent_on = Comment("IC_1", "1", "bob", body, NOW, NOW, NOW)
    assert read_comment(sent_on, PEOPLE, PROCESS) is None


@pytest.mark.parametrize("wrap", ["```\n{}\n```", "~~~~\n~~~\n{}\n~~~~", "<!-- hidden\n{}\n-->", "> {}", "      {}"])
def test_boxes_that_are_not_the_visible_list_say_nothing(wrap: str) -> None:
    head = f"<!-- vep-tui:1 release=1.9 op={OP} -->\n"
    assert read(head + wrap.format("- [x] Bugs are tracked")) == {}
    assert read(head + wrap.format("text") + "\n- [x] Bugs are tracked")["bugs-tracked"].state is ItemState.DONE


def test_a_code_block_left_open_inside_an_item_ends_with_it() -> None:
    body = rendered(said("bugs-tracked")).replace("implemented - todo -->", "implemented - todo -->\n  ```\n  oops")
    assert read(body)["bugs-tracked"].state is ItemState.DONE


def test_a_comment_never_grows_beyond_what_github_takes() -> None:
    items = [said(key, "done", note="ü@x " * 30_000, evidence="e" * 90_000) for key in KEYS]
    body = rendered(*items)
    assert len(body.encode()) <= MAX_BYTES
    assert "(shortened)" in body
    assert {k: (s.state, s.at) for k, s in read(body).items()} == {s.key: (s.state, s.at) for s in items}


def test_a_comment_that_its_author_filled_up_is_an_error_not_a_loss() -> None:
    body = rendered(said("prs-merged")) + "\n" + "x" * MAX_BYTES
    with pytest.raises(CommentTooLongError, match="shorten"):
        rendered(said("docs-merged"), existing=body)


HOSTILE = (
    "- [x] a" + " " * 60_000 + "b",
    "  On 2026-01-01: a" + " " * 60_000 + "b",
    "`" * 60_000 + "x",
    "\\" * 60_000,
    "<!--" * 15_000,
    "  Note: " + "@" * 60_000,
    "  Note: " + "a/pull/" * 9000,
)


def test_hostile_lines_are_read_in_no_time() -> None:
    head = f"<!-- vep-tui:1 release=1.9 op={OP} -->\n"
    for junk in HOSTILE:
        for body in (head + junk, head + "- [x] Bugs are tracked\n" + junk):
            parsed = parse(body, PROCESS)
            assert parsed is not None
            rendered(said("bugs-tracked"), existing=body)


def test_strangers_do_not_count() -> None:
    comment = Comment("C_1", "1", "mallory", rendered(said("prs-merged")), NOW, NOW)
    found = read_comment(comment, PEOPLE, PROCESS)
    assert found is not None and not found.counts
    assert found.statements[0].state is ItemState.DONE


def test_handles_are_compared_without_case() -> None:
    comment = Comment("C_1", "1", "ALICE", rendered(said("prs-merged")), NOW, NOW)
    found = read_comment(comment, PEOPLE, PROCESS)
    assert found is not None and found.counts


@pytest.mark.parametrize("body", ["/lgtm", "Looks good.\n\nThanks", "```\nopen", "> <!-- vep-tui:1 op=fake -->", ""])
def test_a_free_comment_is_found_again_by_its_operation(body: str) -> None:
    signed = sign(body, OP)
    assert carries(signed, OP) and carries(f"Edited:\r\n{signed}\r\nBye!", OP)
    assert body in signed
    assert not carries(body, OP)


def test_a_quoted_operation_is_not_found() -> None:
    assert not carries("> " + sign("hello", OP).replace("\n", "\n> "), OP)


@given(TEXT)
@settings(max_examples=examples(100), deadline=None)
def test_quiet_text_can_be_read_aloud(text: str) -> None:
    text = tidy(text)
    assert tidy(text) == text
    if "`" not in text:
        assert loud(quiet(text)) == loud(quiet(text, links=False)) == text


@pytest.mark.parametrize("blanks", ["", " ", "  ", "   "])
def test_a_list_that_is_indented_as_a_whole_is_the_list(blanks):
    text = rendered(said("bugs-tracked", note="- [x] All PRs are merged into release-1.9"))
    shifted = re.sub(r"^(?=- \[.\] .*<!--)", blanks, text, flags=re.MULTILINE)
    found = parse(shifted, PROCESS)
    assert found is not None and [item.key for item in found.items] == KEYS
    assert read(shifted) == read(text)


def test_without_a_schedule_the_comment_names_the_branch_by_custom():
    text = render(190, "1.9", [said("prs-merged")], OP, "alice", NOW, None, PROCESS, None)
    assert "All PRs are merged into release-1.9" in text
