"""The filter language: what it lets through, and how it says what it does not understand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vep_tui.core.filter import (
    FIELDS,
    NEEDS,
    And,
    FilterError,
    Not,
    Operator,
    Or,
    Query,
    Term,
    Words,
    complete,
    span,
    word_at,
)
from vep_tui.core.filter import parse as read

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)


def bare(node):
    """The tree as plain tuples, without places."""
    match node:
        case Term():
            return (node.field, node.operator.value, node.values)
        case Words():
            return node.text
        case Not():
            return ("not", bare(node.node))
        case And() | Or():
            return (type(node).__name__.lower(), *[bare(n) for n in node.nodes])
        case _:
            return node


def parse(text: str):
    return bare(read(text).node)


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_an_empty_filter_lets_everything_through(text):
    assert read(text) == Query(text, None)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("sig:compute", ("sig", "=", ("compute",))),
        ("SIG:Compute,NETWORK", ("sig", "=", ("compute", "network"))),
        ("sig:sig-compute", ("sig", "=", ("compute",))),
        ("sig:sig/compute", ("sig", "=", ("compute",))),
        ("sig:@mine", ("sig", "=", ("@mine",))),
        ("stage:stable", ("stage", "=", ("ga",))),
        ("release:v1.10.0", ("release", "=", ("1.10",))),
        ("release:1.10,none", ("release", "=", ("1.10", "none"))),
        ("needs:lgtm", ("needs", "=", ("lgtm",))),
        ("reviewer:@Me", ("reviewer", "=", ("@me",))),
        ("author:@Alice", ("author", "=", ("alice",))),
        ('label:"good first issue"', ("label", "=", ("good first issue",))),
        ('label:"a, b",c', ("label", "=", ("a, b", "c"))),
        ("is:open", ("state", "=", ("open",))),
        ("is:pr", ("kind", "=", ("pr",))),
        ("is:stale,unread", ("is", "=", ("stale", "unread"))),
        ("is:open,stale", ("or", ("state", "=", ("open",)), ("is", "=", ("stale",)))),
        ("checklist:open", ("checklist", "=", ("open",))),
        ("checklist:>=3", ("checklist", ">=", ("3",))),
        ("checklist:2/5", ("checklist", "=", ("2",))),
        ("updated:<7d", ("updated", "<", ("7d",))),
        ("updated:7d", ("updated", "<", ("7d",))),
        ("updated:>=2026-6-1", ("updated", ">=", ("2026-06-01",))),
        ("#190", ("number", "=", ("190",))),
        ("0190", ("number", "=", ("190",))),
        ("number:190,191", ("number", "=", ("190", "191"))),
        ("https://github.com/kubevirt/enhancements/issues/190#issuecomment-1", ("number", "=", ("190",))),
        ("-sig:storage", ("not", ("sig", "=", ("storage",)))),
        ("NOT sig:storage", ("not", ("sig", "=", ("storage",)))),
        ('"free text"', "free text"),
        ("https://example.org/x", "https://example.org/x"),
        ("1.10:", "1.10:"),
        ('"sig:x"', "sig:x"),
        ("and or", ("and", "and", "or")),
    ],
)
def test_a_word_means_what_it_says(text, tree):
    assert parse(text) == tree


def test_words_all_hold_or_binds_looser_and_parentheses_group():
    assert parse("a b OR c") == ("or", ("and", "a", "b"), "c")
    assert parse("a AND (b OR c)") == ("and", "a", ("or", "b", "c"))
    assert parse("-(a b)") == ("not", ("and", "a", "b"))
    assert parse("((a))") == "a"


def test_the_filter_of_the_guide_is_understood():
    text = (
        "sig:compute stage:beta release:1.10 needs:lgtm reviewer:@me is:stale updated:<7d author:x label:y "
        'checklist:open "free text" -sig:storage'
    )
    node = read(text).node
    assert isinstance(node, And)
    assert len(node.nodes) == 12


@pytest.mark.parametrize(
    ("text", "word", "says"),
    [
        ("stage:bta", "bta", "did you mean stage:beta?"),
        ("is:open stge:beta", "stge", "did you mean stage:?"),
        ("feat:x", "feat", "quotes"),
        ("sig:", "sig:", "wants a value"),
        ("needs:lgmt", "lgmt", "did you mean needs:lgtm?"),
        ("needs:lgtm,xyzzy", "xyzzy", "it takes lgtm, approve"),
        ("updated:<soon", "<soon", "an age such as"),
        ("updated:2026-02-31", "2026-02-31", "an age such as"),
        ("release:next", "next", "a release such as"),
        ("reviewer:a,,b", "reviewer:a,,b", "wants a value"),
        ("checklist:>x", ">x", "open, done"),
        ('label:"x', '"x', "not closed"),
        ("a (b", "(", "no )"),
        ("a) b", ")", "no ("),
        ("a OR", "OR", "missing after OR"),
        ("OR a", "OR", "missing before OR"),
        ("()", "(", "missing after ("),
        ("NOT", "NOT", "missing after NOT"),
        ("sig:@me", "@me", "did you mean sig:@mine?"),
    ],
)
def test_an_error_points_at_the_word_and_says_what_is_wanted(text, word, says):
    with pytest.raises(FilterError) as caught:
        read(text, {"sig": ("compute", "network")})
    assert caught.value.word == word
    assert text[caught.value.start : caught.value.end] == word
    assert says in str(caught.value)


@pytest.mark.parametrize("deep", ["(", "NOT ", "-("])
def test_what_is_nested_too_deep_is_told(deep):
    parse(deep * 10 + "x" + ")" * (10 * deep.count("(")))
    with pytest.raises(FilterError, match="inside each other"):
        parse(deep * 5_000 + "x")


def test_values_are_only_checked_against_what_is_known():
    assert parse("sig:anything") == ("sig", "=", ("anything",))
    with pytest.raises(FilterError, match="sig:network"):
        read("sig:netwrok", {"sig": ("compute", "network")})


def test_ages_look_back_and_days_are_whole():
    def of(text):
        low, high = span(read(text).node, NOW)
        return (low and low.strftime("%m-%dT%H"), high and high.strftime("%m-%dT%H"))

    assert of("updated:<7d") == ("06-23T09", None)
    assert of("updated:>2w") == (None, "06-16T09")
    assert of("updated:3h") == ("06-30T06", None)
    assert of("updated:2026-06-10") == ("06-10T00", "06-11T00")
    assert of("updated:<2026-06-10") == (None, "06-10T00")
    assert of("updated:<=2026-06-10") == (None, "06-11T00")
    assert of("updated:>2026-06-10") == ("06-11T00", None)
    assert of("updated:>=2026-06-10") == ("06-10T00", None)


def test_every_example_and_every_word_of_the_table_parses():
    for field in FIELDS:
        read(field.example)
        for word in field.words:
            read(f"{field.name}:{word}")
    assert set(NEEDS) == set(next(f for f in FIELDS if f.name == "needs").words)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["sig:a", "OR", "(", ")", "-", '"', "is:", ",", "#1"])).map(" ".join)
)
def test_any_text_gives_a_filter_or_an_error_inside_the_text(text):
    try:
        read(text)
    except FilterError as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("st", ("stage:", "state:", "is:stale")),
        ("sig:n", ("sig:none", "sig:network")),
        ("-sig:ne", ("sig:network",)),
        ("sig:compute,n", ("sig:compute,none", "sig:compute,network")),
        ("is:open stage:b", ("stage:beta",)),
        ("(sig:comp", ("sig:compute",)),
        ("author:li", ("author:alice",)),
        ("label:go", ('label:"good first"',)),
        ('"st', ()),
        ("nosuch:x", ()),
        ("sig:netwrok", ("sig:network",)),
        ("release:1.9 stage:alhpa", ("stage:alpha",)),
        ("sig:xyzzy", ()),
    ],
)
def test_completion_offers_whole_words_for_the_word_under_the_cursor(text, expected):
    known = {"sig": ("compute", "network"), "author": ("alice",), "label": ("good first",)}
    assert complete(text, len(text), known) == expected


def test_completion_replaces_only_the_word_under_the_cursor():
    text = "is:open -si stage:beta"
    start, end = word_at(text, 11)
    assert text[start:end] == "si"
    assert complete(text, 11, {}) == ("sig:",)


def test_an_empty_line_offers_every_field():
    assert complete("", 0, {}) == tuple(f"{f.name}:" for f in FIELDS)


def test_places_of_terms_are_kept():
    node = read("a sig:x").node
    assert isinstance(node, And)
    assert (node.nodes[1].start, node.nodes[1].end) == (2, 7)
    assert node.nodes[1].operator is Operator.IS
