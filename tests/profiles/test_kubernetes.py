"""Another community by configuration alone: kubernetes/enhancements in its shapes, through the real command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import add_issue, add_pull
from command import Command
from kubernetes_site import ENHANCEMENTS, KEP_YAML, README, body, kubernetes_site
from rest_validator import validate_rest

from vep_tui.core.clues import folder_of
from vep_tui.demo.server import Double

K8S = ("--profile", "kubernetes")


@pytest.fixture(scope="module")
def world():
    with Double(kubernetes_site(), validator=validate_rest) as double:
        yield double
    assert double.violations == []


@pytest.fixture(scope="module")
def run(world: Double, tmp_path_factory: pytest.TempPathFactory) -> Command:
    command = Command(world.url, tmp_path_factory.mktemp("home"), {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
    done = command("sync", *K8S)
    assert done.status == 0, done.err
    return command


def test_trackers_of_the_template_are_listed_and_other_issues_are_not(run: Command) -> None:
    listed = run("list", "--view", "all", "--json", *K8S).json
    rows = {row["number"]: row for row in listed["items"]}
    assert rows.keys() == {700, 720}
    assert (rows[700]["title"], rows[700]["owning_sig"], rows[700]["stage"]) == ("Warm spare pods", "node", "beta")
    assert rows[700]["release"] == "1.40"
    assert (rows[720]["owning_sig"], rows[720]["stage"], rows[720]["release"]) == ("network", "alpha", "1.41")


def test_the_schedule_is_read_from_its_table(run: Command) -> None:
    phase = run("list", "--json", *K8S).json["phase"]
    assert (phase["release"], phase["phase"]) == ("1.40", "implementation")
    assert "Code Freeze in 24 days (2026-07-24)" in run("list", *K8S).out


def test_a_gate_that_only_the_document_names_is_shown_and_found(run: Command) -> None:
    assert "gates: WarmSparePods" in run("show", "700", *K8S).out
    assert "#700" in run("list", "--view", "all", "--filter", "warmspare", *K8S).out


def test_one_is_shown_with_its_fields_targets_and_pull_requests(run: Command) -> None:
    shown = run("show", "700", "--json", *K8S).json
    assert (shown["title"], shown["contacts"]) == ("Warm spare pods", ["paula"])
    assert shown["targets"] == {"alpha": "1.38", "beta": "1.40", "ga": "1.42"}
    assert shown["targets_by_source"]["tracker"] == {"alpha": "1.38", "beta": "1.40", "ga": None}
    pulls = {pull["ref"]: pull for pull in shown["pull_requests"]}
    listed = {ref: (pull["kind"], pull["stage"]) for ref, pull in pulls.items() if pull["listed"]}
    assert listed == {
        f"{ENHANCEMENTS}#701": ("vep", "alpha"),
        f"{ENHANCEMENTS}#702": ("vep", "beta"),
        "kubernetes/kubernetes#9001": ("code", "alpha"),
        "kubernetes/kubernetes#9002": ("code", "beta"),
        "kubernetes/kubernetes#9003": ("code", "beta"),
        "kubernetes/website#5001": ("docs", "alpha"),
    }
    assert [candidate["ref"] for candidate in shown["candidates"]] == ["kubernetes/website#5002"]


def test_the_checklist_is_the_communitys_own_and_has_evidence(run: Command) -> None:
    checklist = run("show", "700", "--json", *K8S).json["checklist"]
    items = {item["key"]: item for item in checklist["items"]}
    assert checklist["release"] == "1.40" and "prr-approved" in items and "bugs-tracked" not in items
    assert items["prs-merged"]["evidence"]["verdict"] == "unmet"
    approved = items["prr-approved"]["evidence"]
    assert approved["verdict"] == "met"
    assert approved["summary"] == "tom approved beta in keps/prod-readiness/sig-node/700.yaml"


def test_slips_of_another_communitys_template_are_not_asked_for(run: Command) -> None:
    lint = run("show", "700", "--json", *K8S).json["lint"]
    assert {slip["rule"] for slip in lint} <= {"sig-label", "placeholder", "unlisted-pr", "docs-missing", "targets"}
    assert any("Docs (`k/website`) update PR(s)" in slip["text"] for slip in lint)
    assert not any("VEP" in slip["text"] for slip in lint)


def test_nothing_on_the_screen_speaks_of_veps(run: Command) -> None:
    for words in (("show", "700"), ("list", "--view", "all"), ("show", "1"), ("outbox",)):
        done = run(*words, *K8S)
        assert "VEP" not in done.out + done.err, words
    assert run("show", "700", *K8S).out.startswith("KEP 700: Warm spare pods")


def test_it_only_reads_unless_the_settings_say_otherwise(run: Command, world: Double, tmp_path: Path) -> None:
    refused = run("tick", "700", "prs-merged", *K8S)
    assert refused.status == 2 and "only reads" in refused.err and "process.writing" in refused.err
    preview = run("tick", "700", "prs-merged", "--preview", *K8S)
    assert preview.status == 0 and "KEP 700" in preview.out
    assert "- [x] All code PRs are merged into release-1.40" in preview.out
    assert run("outbox", "--json", *K8S).json == {"items": []}
    config = tmp_path / "config.toml"
    config.write_text('profile = "kubernetes"\n[process.writing]\ncomments = true\n', encoding="utf-8")
    assert run("tick", "700", "docs-merged", "--state", "na", "--config", str(config)).status == 0
    (entry,) = run("outbox", "--json", *K8S).json["items"]
    assert run("outbox", "drop", str(entry["id"]), *K8S).status == 0


def test_profiles_do_not_share_a_store(run: Command) -> None:
    assert run("list", "--view", "all", "--json").json["items"] == []
    stores = sorted(str(path.relative_to(run.home)) for path in run.home.rglob("mirror.db"))
    assert len(stores) == 2 and any("profile-kubernetes" in path for path in stores)


def test_one_sync_costs_no_more_than_for_the_first_community(world: Double, run: Command) -> None:
    before = len(world.log)
    assert run("sync", *K8S).status == 0
    assert len(world.log) - before <= 3


def test_a_document_one_folder_deeper_is_found_with_its_pull_requests(tmp_path: Path) -> None:
    site = kubernetes_site()
    folder = "keps/sig-node/runtime/740-cold-start"
    add_issue(
        site, 740, title="Cold start", repo=ENHANCEMENTS, author="paula", body=body(beta=""), labels=["sig/node"]
    )  # fmt: skip
    site.repo(ENHANCEMENTS).files[f"{folder}/README.md"] = README.replace("700", "740")
    site.repo(ENHANCEMENTS).files[f"{folder}/kep.yaml"] = KEP_YAML.replace("700", "740").replace("1.40", "1.41")
    add_pull(
        site, 741, title="Runtime things", body="", repo=ENHANCEMENTS, author="paula", files=[f"{folder}/README.md"]
    )  # fmt: skip
    add_pull(site, 742, title="Others", body=f"See {folder} and what it says.", repo=ENHANCEMENTS, author="paula")
    with Double(site, validator=validate_rest) as double:
        command = Command(double.url, tmp_path / "home", {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
        assert command("sync", *K8S).status == 0
        shown = command("show", "740", "--json", *K8S).json
    assert shown["targets_by_source"]["document"] == {"alpha": "1.38", "beta": "1.41", "ga": "1.42"}
    assert {pull["ref"] for pull in shown["pull_requests"]} >= {f"{ENHANCEMENTS}#741", f"{ENHANCEMENTS}#742"}
    assert f"{folder}/README.md" in str(shown)


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("keps/sig-node/700-warm/README.md", "sig-node/700-warm"),
        ("keps/sig-node/runtime/740-cold/README.md", "sig-node/runtime/740-cold"),
        ("keps/sig-node/runtime/740-cold", "sig-node/runtime/740-cold"),
        ("keps/sig-node/runtime/740-picture.png", "sig-node/runtime"),
        ("keps/sig-node/700-warm/2-more/README.md", "sig-node/700-warm"),
        ("keps/700-warm/parts/2-more/README.md", "700-warm/parts"),
        ("keps/prod-readiness/sig-node/700.yaml", "prod-readiness/sig-node"),
        ("keps/NNNN-template/README.md", None),
    ],
)
def test_a_path_tells_the_folder_of_its_proposal(path: str, folder: str | None) -> None:
    assert folder_of(path, "keps") == folder
