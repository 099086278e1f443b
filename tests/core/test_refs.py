"""References are brought to one form, and told from what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vep_tui.core import refs
from vep_tui.core.refs import find_refs, read_pulls, read_refs

OWN = "kubevirt/enhancements"


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("Tracking issue: kubevirt/enhancements/issues/144", [f"{OWN}#144"]),
        ("https://github.com/kubevirt/enhancements/issue/10", [f"{OWN}#10"]),
        ("enhancements#9, Kubevirt/Enhancements#9", [f"{OWN}#9"]),
        ("hook:https://github.com/o/r/pull/12", ["o/r#12"]),
        ("http://127.0.0.1:8080/o/r/pull/12", ["o/r#12"]),
        ("&#123; #0 #12ab a#5 /#6 #1234567890", []),
        ("https://gitlab.com/o/r/issues/12", []),
    ],
)
def test_references_are_brought_to_one_form(text: str, refs: list[str]) -> None:
    assert list(read_refs(text, OWN)) == refs


def test_addresses_of_issues_are_told_from_pull_requests() -> None:
    text = "https://github.com/o/r/issues/1 https://github.com/o/r/pull/2 o/r#3 #4"
    assert [(r.ref, r.pull, r.bare) for r in find_refs(text, OWN)] == [
        ("o/r#1", False, False), ("o/r#2", True, False), ("o/r#3", None, False), (f"{OWN}#4", None, True),
    ]  # fmt: skip
    assert read_pulls(text, OWN) == ("o/r#2", "o/r#3", f"{OWN}#4")


def test_a_bare_number_that_no_repository_has_reached_is_of_a_bug_tracker() -> None:
    said = "#17000, and RHBZ #2012345"
    assert read_refs(said, "o/docs", highest=400, above="o/code") == ("o/code#17000",)


def test_a_bare_number_above_the_repositorys_own_is_nobodys() -> None:
    assert read_refs("#18700", OWN, highest=3000) == ()
    assert read_refs("#18700", "kubevirt/kubevirt") == ("kubevirt/kubevirt#18700",)


@given(
    st.lists(st.sampled_from([*"#/-%.()?x1é\n\r \u2028\v", "23", "/pull/7", "/issues/", "o/r", "github.com/"])).map(
        "".join
    )
)
def test_looking_only_at_lines_with_an_anchor_misses_nothing(text: str) -> None:
    whole = [match.span() for match in refs._REFERENCE.finditer(text)]
    assert [match.span() for match in refs._matches(text)] == whole
