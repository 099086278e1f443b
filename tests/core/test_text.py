"""Foreign text comes out harmless and whole."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vep_tui.core.text import clean, lines, one_line, safe_store, strip_html_comments

ANYTHING = st.text(st.characters(codec=None), max_size=400)

PAYLOADS = {
    "escape": "a\x1b[31mb",
    "title": "a\x1b]0;owned\x07b",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "c1": "a\x9b31mb",
    "bidi override": "a\u202eb\u202c",
    "bidi isolate": "a\u2066b\u2069",
    "zero width": "a\u200bb\u200db\u2060",
    "tags": "a\U000e0041\U000e007f",
    "backspace": "rm\x08\x08ls",
    "carriage return": "good\rbad",
    "bell": "\x07",
    "delete": "\x7f",
    "byte order mark": "\ufeffa",
    "soft hyphen": "a\u00adb",
    "arabic letter mark": "a\u061cb",
    "annotation": "a\ufff9b",
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_that_steers_a_terminal_survives_cleaning(payload: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in clean(payload))


@given(ANYTHING)
def test_clean_text_holds_only_printable_characters_tabs_and_newlines(text: str) -> None:
    cleaned = clean(text)
    steering = [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c not in "\t\n"]
    assert steering == []
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")


def test_cleaning_keeps_words_markup_and_other_scripts() -> None:
    text = "[WIP] <b>`x`</b>\tdone\nДа, 完了 ✓ é 👍"
    assert clean(text) == text


def test_separators_become_spaces_and_lone_surrogates_are_marked() -> None:
    assert clean("a\u2028b\u2029c\ud800") == "a b c\ufffd"


def test_one_line_folds_all_white_space() -> None:
    assert one_line(" a\r\n\tb \u2028 c ") == "a b c"


def test_lines_split_at_newlines_only() -> None:
    assert lines("a\r\nb\nc\u2028d\x0be\rf\x85g") == ["a", "b", "c\u2028d\x0be\rf\x85g"]


@given(ANYTHING)
def test_stored_text_can_be_encoded_and_has_no_nul(text: str) -> None:
    stored = safe_store(text)
    stored.encode("utf-8")
    assert "\x00" not in stored
    assert len(stored) == len(text)


def test_stored_text_is_otherwise_as_it_came() -> None:
    assert safe_store("a\x1b\r\n\u2028\x00\udfff") == "a\x1b\r\n\u2028\ufffd\ufffd"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a <!-- b --> c", "a  c"),
        ("a\n<!--\nb\n-->\nc", "a\n\n\nc"),
        ("a\n-->\nb", "a\n\nb"),
        ("[x -->](y)", "[x ](y)"),
        ("a\n<!-- open\nb", "a\n"),
        ("a <!-- open\nb <!-- more", "a  open\nb  more"),
        ("<!-- a <!-- b --> c -->", " c "),
        ("<!---->a", "a"),
        ("<!--", ""),
        ("no comment", "no comment"),
    ],
)
def test_comments_go_as_github_hides_them(text: str, rest: str) -> None:
    assert strip_html_comments(text) == rest


@given(st.lists(st.sampled_from(["<!--", "-->", "a", "\n", "<", "!", "-", ">", " "]), max_size=60))
def test_text_outside_comments_is_never_made_up(parts: list[str]) -> None:
    text = "".join(parts)
    assert len(strip_html_comments(text)) <= len(text)


def test_a_megabyte_of_comment_marks_is_read_in_one_pass() -> None:
    assert strip_html_comments("<!--" * 250_000) == ""
    assert strip_html_comments("-->" * 250_000) == ""
    assert strip_html_comments("x<!-- " * 100_000).count("<!--") == 0


def test_marks_do_not_pile_up_over_other_lines() -> None:
    assert clean("e" + "\u0301" * 300 + "n") == "e" + "\u0301" * 4 + "n"
    assert clean("na\u0308i\u0308ve \u2764\ufe0f") == "na\u0308i\u0308ve \u2764\ufe0f"
