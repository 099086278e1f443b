"""Whose turn it is beyond one's own SIG, what grows quiet with time, and weights of one's own."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from importlib.resources import files

from judging import CODE, FROZEN, PEOPLE, QUIET, ago, checklist, comment, pull, release, vep, world

from vep_tui.core.models import People
from vep_tui.core.process import read_process
from vep_tui.core.queue import order_key, pull_reasons, reasons, score
from vep_tui.settings import merge

TEAM = People(
    sigs=(*PEOPLE.sigs, ("release", ("rae",))),
    chairs=PEOPLE.chairs,
    approvers=PEOPLE.approvers,
    reviewers=PEOPLE.reviewers,
)
SILENT = vep(10, sig="storage", comments=(comment("stan", "and?", 9),))


def found(subject, where):
    return {r.reason: r for r in reasons(subject, where)}


def found_on(subject, where, owner=None):
    return {r.reason: r for r in pull_reasons(subject, owner or vep(), where)}


def test_release_team_and_approvers_check_in_on_every_sig_when_a_freeze_is_near() -> None:
    for me, sigs in (("rae", ("release",)), ("root", ("compute",))):
        assert found(SILENT, world(CODE, me, sigs, people=TEAM))["check-in"].mine
    assert not found(SILENT, world(CODE, "carol", ("compute",), people=TEAM))["check-in"].mine


def test_far_from_a_freeze_other_sigs_check_in_themselves() -> None:
    quiet = vep(10, sig="storage", comments=(comment("stan", "and?", 60),))
    assert not found(quiet, world(QUIET, "rae", ("release",), people=TEAM))["check-in"].mine


def test_anothers_sigs_vep_is_quieter_than_my_own_for_who_oversees_all() -> None:
    where = world(CODE, "root", ("compute",), people=TEAM)
    own = replace(SILENT, owning_sig="compute")
    assert score(reasons(SILENT, where), where) < score(reasons(own, where), where)


def test_a_root_approver_may_go_first_but_more_quietly_than_after_an_lgtm() -> None:
    where = world(me="root")
    alone = found_on(pull(), where)["approve-missing"]
    after = found_on(pull(comments=(comment("carol", "/lgtm", 1),)), where)["approve-missing"]
    assert alone.mine and after.mine and alone.weight < after.weight
    assert "approve-missing" not in found_on(pull(), world(me="carol"))
    assert "approve-missing" not in found_on(pull(author="root"), where)
    assert "approve-missing" not in found_on(pull(is_draft=True), where)
    assert "approve-missing" not in found_on(pull(comments=(comment("Chief", "/approve", 1),)), where)


def test_a_pull_request_that_nobody_moves_for_months_sinks_below_a_fresh_one() -> None:
    old = pull(901, created_at=ago(500), last_push_at=ago(400), updated_at=ago(10))
    fresh = pull(902, last_push_at=ago(3))
    where = world()
    keys = {p.number: order_key(p.number, pull_reasons(p, vep(), where), where) for p in (old, fresh)}
    assert keys[902] < keys[901]
    spoken = replace(old, comments=(comment("otto", "rebased soon", 2),))
    assert found_on(spoken, where)["lgtm-missing"].weight == found_on(fresh, where)["lgtm-missing"].weight
    bot = replace(old, comments=(comment("kubevirt-bot", "stale", 2),))
    assert found_on(bot, where)["lgtm-missing"].weight == found_on(old, where)["lgtm-missing"].weight


def test_a_checklist_is_quieter_once_the_release_is_out_and_never_silent() -> None:
    out = (release("1.10", -100, -50, -5), release("1.11", 40, 90, 120))
    subject = vep(10, checklist=checklist(done=1, ready=2), pulls=())
    before, after = found(subject, world(FROZEN)), found(subject, world(out))
    for reason in ("checklist-open", "docs-missing"):
        assert 0 < after[reason].weight < before[reason].weight


def test_weights_and_thresholds_of_config_toml_change_the_order() -> None:
    data = tomllib.loads((files("vep_tui") / "process.toml").read_text(encoding="utf-8"))
    asked = pull(901, review_requests=("carol",))
    stale = pull(902, comments=(comment("carol", "/lgtm", 5),))

    def order(overrides):
        where = world()._replace(process=read_process(merge(data, overrides)))
        rows = [(order_key(p.number, pull_reasons(p, vep(), where), where), p.number) for p in (asked, stale)]
        return [number for _, number in sorted(rows)]

    assert order({}) == [901, 902]
    assert order({"weights": {"lgtm-stale": 200}}) == [902, 901]
    assert order({"weights": {"review-requested": 0, "lgtm-missing": 0, "review-lag": 0}}) == [902, 901]
    late = vep(10, comments=(comment("carol", "and?", 9),))
    soft = world(CODE)._replace(process=read_process(merge(data, {"thresholds": {"check_in": 10}})))
    assert "check-in" in found(late, world(CODE))
    assert "check-in" not in found(late, soft)
