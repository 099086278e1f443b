"""Prow commands on offer: those that would do something there, and no others."""

from __future__ import annotations

import pytest
from judging import PROCESS, comment, issue, pull, world

from vep_tui.core.models import PrState
from vep_tui.core.offers import Offer, idle_commands, offers


def on(subject, me="carol"):
    return {o.text for o in offers(subject, world(me=me))}


def test_only_what_the_process_names_is_offered_and_everything_is_explained():
    found = offers(pull(), world(me="root"))
    assert {o.text for o in found} <= set(PROCESS.commands["pull"])
    assert [o.text for o in found] == [t for t in PROCESS.commands["pull"] if t in {o.text for o in found}]
    for kind in ("pull", "issue"):
        for text in PROCESS.commands[kind]:
            subject = pull(labels=("lifecycle/stale", "sig/compute")) if kind == "pull" else issue()
            assert all(o.about != "as Prow documents it" for o in offers(subject, world())), f"_ABOUT lacks {text}"


LGTM = (comment("carol", "/lgtm", 1),)
TABLE = [
    ("nobody acknowledged it", pull(), "carol", {"/lgtm", "/hold", "/cc", "/close"}, {"/lgtm cancel", "/unhold"}),
    ("I did", pull(comments=LGTM), "carol", {"/lgtm cancel"}, {"/lgtm"}),
    ("mine went stale", pull(comments=(comment("carol", "/lgtm", 5),)), "carol", {"/lgtm", "/lgtm cancel"}, set()),
    ("it is mine", pull(author="carol"), "carol", {"/hold"}, {"/lgtm"}),
    ("I am no approver", pull(), "carol", set(), {"/approve", "/approve cancel"}),
    ("I am one", pull(), "root", {"/approve"}, {"/approve cancel"}),
    ("I approved", pull(comments=(comment("root", "/approve", 1),)), "root", {"/approve cancel"}, {"/approve"}),
    ("held", pull(comments=(comment("root", "/hold", 1),)), "carol", {"/unhold"}, {"/hold"}),
    ("closed", pull(state=PrState.CLOSED), "carol", {"/reopen"}, {"/close"}),
    ("a tracker", issue(), "carol", {"/assign", "/cc", "/close"}, {"/lgtm", "/approve", "/reopen", "/unassign"}),
    ("a stale one", issue(labels=("lifecycle/stale",)), "carol", {"/remove-lifecycle stale"}, {"/unassign"}),
    ("alive", issue(), "carol", {"/lifecycle frozen"}, {"/remove-lifecycle stale", "/remove-lifecycle rotten"}),
    ("closed tracker", issue(state="closed"), "carol", {"/reopen"}, {"/close"}),
    ("assigned", issue(assignees=("otto",), labels=("sig/network",)), "carol", {"/unassign", "/remove-sig"}, set()),
]


@pytest.mark.parametrize(("subject", "me", "there", "missing"), [t[1:] for t in TABLE], ids=[t[0] for t in TABLE])
def test_what_would_do_nothing_is_not_offered(subject, me, there, missing):
    found = on(subject, me)
    assert there <= found
    assert not missing & found


def test_a_command_is_one_line_whatever_was_typed_behind_it():
    assert Offer("/cc", "", "who", True).line(" @alice \n/approve bob ") == "/cc @alice /approve bob"
    assert Offer("/lgtm", "").line() == "/lgtm"


@pytest.mark.parametrize(
    ("body", "kind", "idle"),
    [
        ("/retitle x\n/hold\n/milestone v1", "pull", ("/retitle", "/milestone")),
        ("/lgtm", "issue", ("/lgtm",)),
        ("/unhold\n/lgtm cancel\n/approve cancel", "pull", ()),
        ("text only", "pull", ()),
        ("/remove-lifecycle stale", "issue", ()),
    ],
)
def test_commands_that_do_nothing_there_are_named(body, kind, idle):
    assert idle_commands(body, PROCESS, kind) == idle
