"""Prow commands in text, in the forms people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vep_tui.core.commands import ProwCommand, prow_commands, without_commands


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("/lgtm", [("lgtm", "", False)]),
        ("/LGTM  ", [("lgtm", "", False)]),
        ("Thanks!\r\n\r\n/lgtm\r\n/approve\r\n", [("lgtm", "", False), ("approve", "", False)]),
        (" /remove-lifecycle stale", [("remove-lifecycle", "stale", False)]),
        ("/lgtm thanks!", [("lgtm", "thanks!", False)]),
        ("/lgtm cancel", [("lgtm", "cancel", True)]),
        ("/remove-lgtm", [("lgtm", "", True)]),
        ("/approve no-issue", [("approve", "no-issue", False)]),
        ("/approve cancel", [("approve", "cancel", True)]),
        ("/hold on... this one waits", [("hold", "on... this one waits", False)]),
        ("/hold cancel", [("hold", "cancel", True)]),
        ("/unhold", [("hold", "", True)]),
        ("/cc @alice bob", [("cc", "@alice bob", False)]),
        ("```\n/hold\n```", [("hold", "", False)]),
        ("<!--\n/lgtm\n-->", [("lgtm", "", False)]),
        ("> /lgtm", []),
        ("I would /lgtm this", []),
        ("lgtm but wait", []),
        ("/usr/bin/qemu crashed", []),
        ("/lgtm\u2028/approve", []),
        ("//lgtm", []),
    ],
)
def test_a_command_starts_a_line(body, expected):
    assert list(prow_commands(body)) == [ProwCommand(*e) for e in expected]


def test_people_are_read_from_the_argument():
    assert prow_commands("/cc @alice bob-1 @org/sig-compute")[0].people == ("alice", "bob-1", "org/sig-compute")


def test_what_is_left_without_commands():
    assert without_commands("/approve\r\nlooks fine to me\r\n/hold") == "looks fine to me"


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(body):
    for command in prow_commands(body):
        assert command.name == command.name.lower()


def test_a_long_line_costs_no_more_than_its_length():
    assert prow_commands("/hold" + " " * 500_000 + "\rx") == (ProwCommand("hold", ""),)
