"""Profiles: built-in ones are whole, a user's own needs little, and what is wrong is said with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from kubernetes_site import KEP_YAML, README, SCHEDULE

from vep_tui.cli.profiles import built_in, load_process
from vep_tui.core.clues import clues_of
from vep_tui.core.document import read_document
from vep_tui.core.models import PullRequest, Stage, Targets
from vep_tui.core.process import ProcessError
from vep_tui.core.schedule import read_schedule
from vep_tui.core.schedule_table import day_in, read_table
from vep_tui.core.tracker import read_tracker
from vep_tui.settings import standard_paths

GITHUB = "https://api.github.com"


@pytest.mark.parametrize("name", built_in())
def test_a_built_in_profile_is_whole_and_bears_its_own_name(name: str) -> None:
    process = load_process(name, {})
    assert process.name == name
    assert process.checklist and process.tracker.fields and process.thresholds["highest_own"]
    assert {"enhancements", "release", "community", "code", "docs"} <= process.repositories.keys()


def test_no_code_asks_which_community_it_serves() -> None:
    package = Path(__file__).resolve().parents[2] / "vep_tui"
    asking = [
        path.name
        for path in package.rglob("*.py")
        if "kubernetes" in path.read_text(encoding="utf-8").casefold() and "--profile" not in path.read_text()
    ]
    assert asking == []


def test_a_file_is_a_profile_too_and_leaves_out_what_is_usual(tmp_path: Path) -> None:
    text = built_in()["kubernetes"].read_text(encoding="utf-8").replace('name = "kubernetes"', 'name = "ours"')
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    process = load_process("ours.toml", {"writing": {"comments": True}}, beside=tmp_path)
    assert (process.name, process.may_write) == ("ours", True)
    assert process.weights["question"] == load_process("kubevirt", {}).weights["question"]
    assert process.time_box == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        ("name = \n", "line 1"),
        ('name = "kubevirt"', "as a built-in one does"),
        ('name = "ours"', "repositories is missing"),
    ],
)
def test_a_profile_that_cannot_be_used_says_why(tmp_path: Path, content: str | None, said: str) -> None:
    path = tmp_path / "ours.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ProcessError, match=r"ours\.toml") as slip:
        load_process(str(path), {})
    assert said in str(slip.value)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('known = ["api', 'knwon = ["api', "sigs.knwon changes nothing; did you mean 'known'?; sigs.known is missing"),
        ("highest_own", "higest_own", "thresholds.higest_own changes nothing; did you mean 'highest_own'?"),
        (
            'short = "PRs merged"',
            'short = "PRs merged"\nshrt = "x"',
            "checklist[1].shrt changes nothing; did you mean 'short'?",
        ),
        ("check-in = 0", 'check-in = "0"', "weights.check-in must be a whole number"),
        ("[board]", "[bord]", "board is missing"),
        ('docs = "kubernetes/website"\n', "", "repositories.docs is missing"),
        ("documents =", "docments =", "paths.documents is missing"),
        ('hold = "do-not-merge/hold"', "hold = 3", "labels.hold must be a text"),
        ('["primary contact"]', '"primary contact"', "tracker.fields.contact must be a list"),
        ('"kubernetes/sig-release"', '"sig-release"', "repositories.release must be written as owner/name"),
        (
            '"kubernetes/kubernetes/pull"',
            '"kubernetes/kubernetes"',
            "addresses.pr.k8s.io must be written as owner/name/",
        ),
        ('"kubernetes/kubernetes" = "code"', '"kubernetes/kubernetes" = "cod"', "did you mean 'code'?"),
        ("contact = [", "kontact = [", "tracker.fields has 'kontact'; did you mean 'contact'?"),
        ('code = ["code"', 'cod = ["code"', "tracker.lists has 'cod'; did you mean 'code'?"),
        ('"sig-label", "placeholder"', '"siglabel"', "tracker.rules has 'siglabel'; did you mean 'sig-label'?"),
        ('form = "table"', 'form = "tabel"', "schedule.form has 'tabel'; did you mean 'table'?"),
        ("{version}.0", "{vresion}.0", "{vresion} means nothing there, only {version} does"),
        ("into {branch}", "into {brnch}", "checklist, point 1: {brnch} means nothing in a title, only {branch} does"),
        ('short = "PRs merged"\n', "", "checklist, point 1: short must be there, as text"),
        ('"prr-approved"', '"docs-merged"', "checklist has the key 'docs-merged' more than once"),
        ('pull = ["/lgtm"', 'pull = ["lgtm"', "commands.pull has 'lgtm': a command begins with /"),
        ('proposal = "KEP"', 'proposal = ""', "proposal must not be empty"),
        ('documents = "keps"', 'documents = "/"', "paths.documents must name a folder"),
        ("sign_off = []", "sign_off = [{ sig = 'node' }]", "sigs.sign_off must be a list of texts"),
        ('key = "prr-approved"', "key = ['prr']", "checklist, point 3: key must be there, as text"),
    ],
)
def test_a_slip_in_a_profile_is_told_with_its_name(tmp_path: Path, written: str, instead: str, said: str) -> None:
    text = built_in()["kubernetes"].read_text(encoding="utf-8").replace('name = "kubernetes"', 'name = "ours"')
    path = tmp_path / "ours.toml"
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(ProcessError, match=r"ours\.toml") as slip:
        load_process(str(path), {})
    assert said in str(slip.value)


def test_an_override_without_a_meaning_is_told_with_its_name() -> None:
    with pytest.raises(ProcessError, match=r"^process\.repositories\.release must be written as owner/name"):
        load_process("kubevirt", {"repositories": {"release": "sig-release"}})


@pytest.mark.parametrize("name", built_in())
def test_a_built_in_profile_under_another_name_has_no_slips(tmp_path: Path, name: str) -> None:
    text = built_in()[name].read_text(encoding="utf-8").replace(f'name = "{name}"', 'name = "ours"')
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    assert load_process("ours.toml", {}, beside=tmp_path).name == "ours"


def test_many_slips_are_told_together_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('name = "ours"\ntitel = "Ours"\n', encoding="utf-8")
    with pytest.raises(ProcessError, match=r"titel changes nothing; did you mean 'title'\?.*\(and \d+ more\)$"):
        load_process(str(path), {})


def test_an_unknown_name_gets_the_nearest_one() -> None:
    with pytest.raises(ProcessError, match="did you mean 'kubernetes'"):
        load_process("kubernets", {})


def test_every_profile_has_its_own_stores() -> None:
    places = [standard_paths(GITHUB, None, name) for name in ("kubevirt", "kubernetes", "Our Own")]
    assert len({p.mirror for p in places}) == len({p.outbox for p in places}) == 3
    assert places[2].outbox.parent.name == "profile-our_own"
    assert places[0] == standard_paths(GITHUB)


# ---------------------------------------------------------------- shapes that only another community has


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-06-12", date(2026, 6, 12)),
        ("02:00 UTC Friday 12th June 2026 / 19:00 PDT Thursday 11th June 2026", date(2026, 6, 12)),
        ("Wednesday, August 26, 2026", date(2026, 8, 26)),
        ("1st of Sept. 2026", date(2026, 9, 1)),
        ("31st June 2026", None),
        ("week 3", None),
        ("", None),
    ],
)
def test_the_first_day_of_a_cell_counts(cell: str, day: date | None) -> None:
    assert day_in(cell) == day


def test_only_tables_with_the_named_heads_are_schedules() -> None:
    rows = read_table(SCHEDULE, "what", "when")
    assert [row.name for row in rows][:2] == ["Cycle begins", "Freeze of production readiness"]
    assert rows[3].name == "Begin Enhancements Freeze"
    assert len(rows) == 9
    assert read_table("| a |\n| b", "what", "when") == ()


def test_a_blank_line_in_a_schedule_does_not_end_it_and_another_table_does() -> None:
    text = SCHEDULE.replace("| **[Code Freeze]", "\n| **[Code Freeze]") + "| x | y | 2026-01-02 |\n"
    assert read_table(text, "what", "when") == read_table(SCHEDULE, "what", "when")


def test_a_herald_of_a_freeze_is_not_the_freeze() -> None:
    heralds = (
        "| Call for Enhancements Freeze [Exceptions] | Lead | 2026-06-01 | | |\n"
        "| Brace Yourself, Code Freeze is Coming | Comms | Monday 6th July 2026 | | |\n"
        "| Call for Code Freeze [Exceptions] | Lead | 2026-07-13 | | |\n| Cycle"
    )
    text = SCHEDULE.replace("| Cycle", heralds).replace(
        "**[Code Freeze][phases]**", "**Begin [Code Freeze] and [Test Freeze]**"
    )
    release = read_schedule("releases/release-1.40/README.md", text, load_process("kubernetes", {}))
    assert release is not None
    assert (release.enhancement_freeze, release.code_freeze) == (date(2026, 6, 12), date(2026, 7, 24))


def test_freezes_and_release_come_out_of_the_table() -> None:
    release = read_schedule("releases/release-1.40/README.md", SCHEDULE, load_process("kubernetes", {}))
    assert release is not None
    assert (release.version, release.branch) == ("1.40", "release-1.40")
    assert release.enhancement_freeze == date(2026, 6, 12)
    assert (release.code_freeze, release.ga) == (date(2026, 7, 24), date(2026, 8, 26))


NEWEST = """\
### Enhancement Description

- One-line enhancement description (can be used as a release note): Keep pods warm
- Kubernetes Enhancement Proposal: https://github.com/kubernetes/enhancements/pull/731
- Discussion Link: https://groups.example/thread
- PRs by stage and milestone:
  - [x] Alpha - v1.39
    - [x] KEP (`k/enhancements`) update PR(s): https://github.com/kubernetes/enhancements/pull/731
    - [x] Code (`k/k`) update PR(s): https://github.com/kubernetes/kubernetes/pull/9031
- [ ] Beta - v1.40
  - [ ] Docs (`k/website`) update(s): https://github.com/kubernetes/website/pull/5031
- [ ] Stable - v1.xx
  - [ ] KEP (`k/enhancements`) update PR(s):
"""


@pytest.mark.parametrize("body", [NEWEST, NEWEST.replace("- PRs by stage and milestone:\n", "").replace("\n  ", "\n")])
def test_the_template_without_contact_and_sigs_makes_a_tracker_too(body: str) -> None:
    tracker = read_tracker("Warm pods", body, load_process("kubernetes", {}))
    assert tracker.is_tracker
    assert (tracker.targets, tracker.stages_ticked) == (Targets("1.39", "1.40"), (Stage.ALPHA,))
    assert [(listed.ref, listed.stage) for listed in tracker.listed] == [
        ("kubernetes/enhancements#731", Stage.ALPHA),
        ("kubernetes/kubernetes#9031", Stage.ALPHA),
        ("kubernetes/website#5031", Stage.BETA),
    ]


def test_short_addresses_of_a_community_are_read() -> None:
    process = load_process("kubernetes", {})
    body = "- Issue link: https://kep.k8s.io/731\n- See xkep.k8s.io/732, kep.k8s.io/7a and https://pr.k8s.io/9031.\n"
    clues = clues_of(PullRequest("kubernetes/kubernetes#9", body=body), process)
    assert (clues.tracked, clues.refs) == ({731}, {"kubernetes/enhancements#731", "kubernetes/kubernetes#9031"})
    lists = NEWEST.replace("https://github.com/kubernetes/kubernetes/pull/", "https://pr.k8s.io/")
    assert read_tracker("Warm pods", lists, process).listed[1].ref == "kubernetes/kubernetes#9031"
    assert "kubernetes/kubernetes#9031" in read_document("# KEP-731: x\n\nhttps://pr.k8s.io/9031\n", process).mentioned


def test_a_feature_request_is_no_tracker() -> None:
    body = "- Kubernetes Enhancement Proposal: none\n\n**Is it a bug**:\nNo\n\n**Additional context**:\nNone\n"
    assert not read_tracker("Warm pods", body, load_process("kubernetes", {})).is_tracker


@pytest.mark.parametrize(
    ("repository", "body"),
    [
        ("enhancements", "- One-line PR description: beta\n- Issue link: #731\n- Other comments:"),
        ("kubernetes", "#### Which issue(s) this PR is related to:\n\nKEP: kubernetes/enhancements#731"),
        ("kubernetes", "Docs:\n```docs\n- [KEP]: https://github.com/kubernetes/enhancements/issues/731\n```"),
    ],
)
def test_pull_requests_name_what_they_serve_by_the_templates_of_their_repositories(repository: str, body: str) -> None:
    pull = PullRequest(f"kubernetes/{repository}#9", body=body)
    assert clues_of(pull, load_process("kubernetes", {})).tracked == {731}


def test_the_file_beside_a_document_holds_its_facts() -> None:
    document = read_document(README, load_process("kubernetes", {}), KEP_YAML)
    assert (document.title, document.tracking_issue, document.stage) == ("Warm spare pods", 700, Stage.BETA)
    assert (document.owning_sig, document.reviewers) == ("node", ("quinn",))
    assert document.feature_gates == ("WarmSparePods",)
    assert document.targets.ga == "1.42"
    assert [stage for stage, _ in document.graduation] == [Stage.BETA]


def test_junk_beside_a_document_is_no_fact() -> None:
    document = read_document(README, load_process("kubernetes", {}), "- a\n- b: [")
    assert document.title == "Warm spare pods" and document.owning_sig is None


def test_names_in_other_scripts_have_folders_of_their_own() -> None:
    names = ("日本", "中国", "Ünser", "ünser")
    a, b, c, d = (standard_paths(GITHUB, None, name).outbox.parent.name for name in names)
    assert len({a, b, c}) == 3 and c == d and f"{a}{b}{c}".isascii()
