"""`vep-tui report` as a script uses it: Markdown on stdout, the same bytes from the same store on the same day."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Command

from vep_tui.demo.server import Double
from vep_tui.demo.world import build_site


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> Command:
    home: Path = tmp_path_factory.mktemp("report")
    with Double(build_site()) as double:
        command = Command(double.url, home, {"VEP_TUI_NOW": "2026-06-30T09:00:00Z"})
        assert command("sync").status == 0
    return command  # GitHub is gone: a report never asks it


def test_the_same_store_on_the_same_day_gives_the_same_bytes(synced: Command) -> None:
    first, second = synced("report", "--release", "1.9"), synced("report", "--release", "v1.9")
    assert first.status == 0 and first.err == ""
    assert first.out == second.out
    assert first.out.startswith("# KubeVirt v1.9: status of 2026-06-30\n")
    assert "Code Freeze 2026-06-24 (6 days ago)" in first.out
    assert "## sig-compute" in first.out and "## sig-storage" in first.out


def test_another_day_is_another_report_from_the_same_store(synced: Command) -> None:
    synced.env["VEP_TUI_NOW"] = "2026-07-01T09:00:00Z"
    try:
        later = synced("report", "--release", "1.9").out
    finally:
        synced.env["VEP_TUI_NOW"] = "2026-06-30T09:00:00Z"
    assert later.startswith("# KubeVirt v1.9: status of 2026-07-01\n")
    assert synced("report", "--release", "1.9").out.startswith("# KubeVirt v1.9: status of 2026-06-30\n")


def test_one_sig_only(synced: Command) -> None:
    out = synced("report", "--release", "1.9", "--sig", "sig-Network").out
    assert "· sig-network: status" in out
    assert "## sig-compute" not in out and "## sig-network" in out


def test_the_announcement_of_what_is_approved(synced: Command) -> None:
    out = synced("report", "--announce", "--release", "1.10").out
    assert out.startswith("# KubeVirt v1.10: approved VEPs so far\n")
    assert "Enhancement Freeze of v1.10: 2026-09-02, in 64 days." in out
    assert "## sig-storage" not in synced("report", "--announce", "--release", "1.10", "--sig", "compute").out


def test_the_same_as_data(synced: Command) -> None:
    told = synced("report", "--release", "1.9", "--json").json
    assert (told["release"], told["sig"], told["date"]) == ("1.9", None, "2026-06-30")
    text = synced("report", "--release", "1.9").out
    assert told["veps"]
    assert all(f"/issues/{vep['number']})" in text for vep in told["veps"])
    shown = synced("show", str(told["veps"][0]["number"]), "--json").json
    assert {k: v for k, v in told["veps"][0].items() if k != "approved"} == shown
    network = synced("report", "--release", "1.9", "--sig", "network", "--json").json
    assert {vep["owning_sig"] for vep in network["veps"]} == {"network"}
    announced = synced("report", "--announce", "--release", "1.10", "--json").json["veps"]
    assert announced and all(vep["approved"] for vep in announced)
    words = synced("report", "--announce", "--release", "1.10").out
    assert words.count("/issues/") == len(announced)


def test_without_a_release_it_is_the_one_at_hand(synced: Command) -> None:
    assert synced("report").out == synced("report", "--release", "1.9").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--release", "soon"), "'soon' is no release: give one like 1.10."),
        (("--sig", "compote"), "There is no SIG 'compote'; did you mean 'compute'?"),
        (("--sig", "xyz"), "There is no SIG 'xyz'; valid are compute, network,"),
    ],
)
def test_a_wrong_word_is_named(synced: Command, words: tuple[str, ...], says: str) -> None:
    done = synced("report", *words)
    assert done.status == 2 and done.out == ""
    assert says in done.err


def test_nothing_synced_is_said_and_is_no_report(tmp_path: Path) -> None:
    done = Command("http://127.0.0.1:9", tmp_path)("report", "--release", "1.9")
    assert done.status == 1 and done.out == ""
    assert "run `vep-tui sync` first" in done.err
