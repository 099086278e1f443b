"""The mirror keeps what GitHub said, and follows what GitHub says next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from github_nodes import comment_node, issue_node, pull_node
from hypothesis import given
from hypothesis import strategies as st

from vep_tui.core.models import PrState
from vep_tui.store.database import sound_text, to_json
from vep_tui.store.mirror import Mirror


def bodies(mirror: Mirror, number: int) -> list[str]:
    return [c.body for c in mirror.comments(number)]


def test_an_issue_comes_back_with_thread_and_references(mirror: Mirror) -> None:
    mirror.put_issues([issue_node(10, comments=[comment_node(1), comment_node(2)], references=[pull_node(7)])])
    issue = mirror.issue(10)
    assert issue is not None
    assert [c.id for c in issue.comments] == ["IC_1", "IC_2"]
    assert [(p.ref, p.state) for p in issue.references] == [("kubevirt/kubevirt#7", PrState.OPEN)]
    assert mirror.numbers() == (10,)
    assert mirror.issue(11) is None


def test_a_whole_thread_replaces_the_old_one_so_that_deleted_comments_go(mirror: Mirror) -> None:
    mirror.put_issues([issue_node(10, comments=[comment_node(1), comment_node(2)])])
    mirror.put_issues([issue_node(10, comments=[comment_node(2, "edited")])])
    assert bodies(mirror, 10) == ["edited"]


@pytest.mark.parametrize(
    "more",
    [
        {"totalCount": 3},
        {"totalCount": 1, "pageInfo": {"hasNextPage": True, "endCursor": "x"}},
    ],
)
def test_part_of_a_thread_is_laid_into_what_is_there(mirror: Mirror, more: dict[str, Any]) -> None:
    mirror.put_issues([issue_node(10, comments=[comment_node(n) for n in (1, 2, 3)])])
    node = issue_node(10)
    node["comments"] = {"nodes": [comment_node(2, "edited")], **more}
    mirror.put_issues([node])
    assert bodies(mirror, 10) == ["comment 1", "edited", "comment 3"]


def test_incomplete_comments_may_be_said_to_be_so(mirror: Mirror) -> None:
    mirror.put_issues([issue_node(10, comments=[comment_node(1)])])
    mirror.put_issues([issue_node(10, comments=[comment_node(2)])], complete_comments=False)
    assert bodies(mirror, 10) == ["comment 1", "comment 2"]


def test_a_posted_comment_goes_to_the_end_and_an_edited_one_stays_in_place(mirror: Mirror) -> None:
    mirror.put_issues([issue_node(10, comments=[comment_node(1), comment_node(2)])])
    posted = {"id": 5270000009, "node_id": "IC_9", "user": {"login": "me"}, "body": "new", "updated_at": "2026-06-26"}
    mirror.put_comment(10, posted)
    mirror.put_comment(10, {**comment_node(1, "edited")})
    assert bodies(mirror, 10) == ["edited", "comment 2", "new"]
    known = mirror.known_issues()[10]
    assert (known.comments_total, known.last_comment_updated_at) == (3, "2026-06-26")


def test_a_sweep_can_compare_what_is_known(mirror: Mirror) -> None:
    mirror.put_issues([issue_node(10, comments=[comment_node(1)], references=[pull_node(7), pull_node(8)])])
    known = mirror.known_issues()[10]
    assert known == ("I_10", "2026-06-25T10:00:00Z", 1, 2, "2026-06-20T10:00:00Z", "OPEN")


def test_dropped_issues_leave_nothing_behind(mirror: Mirror) -> None:
    mirror.put_issues([issue_node(10, comments=[comment_node(1)], references=[pull_node(7)])])
    mirror.drop_issues([10])
    assert (mirror.issue(10), bodies(mirror, 10), mirror.references(10)) == (None, [], ())


def test_a_slim_pull_request_never_takes_away_what_a_fuller_one_told(mirror: Mirror) -> None:
    files = {"totalCount": 1, "nodes": [{"path": "veps/sig-compute/10-x/vep.md"}]}
    full = pull_node(20, repo="kubevirt/enhancements", body="long", files=files, comments={"nodes": [comment_node(1)]})
    mirror.put_pulls([full], proposal=True)
    slim = {k: v for k, v in pull_node(20, repo="kubevirt/enhancements", state="MERGED").items() if k != "title"}
    mirror.put_pulls([{**slim, "comments": {"totalCount": 1}, "files": {"totalCount": 1}}])
    pull = mirror.pulls(["kubevirt/enhancements#20"])["kubevirt/enhancements#20"]
    assert pull.state is PrState.MERGED
    assert (pull.title, pull.body, pull.files) == ("Change 20", "long", ("veps/sig-compute/10-x/vep.md",))
    assert [c.id for c in pull.comments] == ["IC_1"]


def test_names_of_repositories_do_not_depend_on_case(mirror: Mirror) -> None:
    mirror.put_pulls([pull_node(7, repo="KubeVirt/kubevirt")])
    assert mirror.pulls(["kubevirt/KUBEVIRT#7", "kubevirt/kubevirt#8"]).keys() == {"kubevirt/KUBEVIRT#7"}


def test_many_pull_requests_are_looked_up_at_once(mirror: Mirror) -> None:
    mirror.put_pulls([pull_node(n) for n in range(1, 1001)])
    refs = [f"kubevirt/kubevirt#{n}" for n in range(1, 1001)]
    assert list(mirror.pulls(refs)) == refs


def test_files_bugs_facts_and_meta_come_back(mirror: Mirror) -> None:
    mirror.put_file("kubevirt/Enhancements", "veps/a.md", "o1", "text\r\n")
    mirror.put_file("kubevirt/enhancements", "OWNERS", "o2", "x")
    mirror.put_bugs([{"number": 5, "repository": {"nameWithOwner": "a/b"}, "title": "bug", "state": "OPEN"}])
    mirror.put_many_facts("contains:release-1.9", {"abc": True})
    mirror.set_meta("stale", ["board"])
    assert mirror.files("kubevirt/enhancements", "veps/") == {"veps/a.md": ("o1", "text\r\n")}
    assert mirror.oids("kubevirt/enhancements") == {"OWNERS": "o2", "veps/a.md": "o1"}
    assert [b.ref for b in mirror.bugs()] == ["a/b#5"]
    assert mirror.facts_of(["abc", "abd"], "contains:") == {("contains:release-1.9", "abc"): True}
    assert mirror.facts("contains:release-1.9") == {"abc": True}
    assert (mirror.meta("stale"), mirror.meta("none", 3)) == (["board"], 3)
    mirror.drop_file("kubevirt/enhancements", "OWNERS")
    mirror.put_bugs([], complete=True)
    assert (mirror.file("kubevirt/enhancements", "OWNERS"), mirror.bugs()) == (None, ())


def test_a_page_is_stored_whole_or_not_at_all(mirror: Mirror) -> None:
    def page() -> Iterator[dict[str, Any]]:
        yield issue_node(10)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        mirror.put_issues(page())
    assert mirror.numbers() == ()


def test_nodes_without_identity_are_passed_over(mirror: Mirror) -> None:
    mirror.put_issues([{}, {"number": "7"}, {"number": 2**70}])
    mirror.put_pulls([{}, {"number": 3}])
    mirror.put_comments(10, [{}, {"body": "no id"}])
    assert (mirror.numbers(), bodies(mirror, 10)) == ((), [])


ODD = st.text(st.characters(exclude_categories=()) | st.sampled_from("\0\ud800\udfff\\\u2028\r"), max_size=40)


@given(text=ODD)
def test_any_text_can_be_stored_and_only_nul_and_lone_surrogates_change(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    mirror = Mirror.open(tmp_path_factory.getbasetemp() / "odd" / "mirror.db")
    try:
        mirror.put_issues([issue_node(1, title=text, comments=[comment_node(1, "x" + text)])])
        mirror.put_file("a/b", "f", "o", text)
        mirror.set_meta("m", text)
        issue = mirror.issue(1)
        expected = sound_text(text)
        assert issue is not None
        assert issue.title == (expected or "VEP 1: Thing 1")
        assert issue.comments[0].body == sound_text("x" + text)
        assert mirror.file("a/b", "f") == expected
        assert mirror.meta("m") == expected
        assert not {"\0"} & set(expected)
        expected.encode()
        if "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text):
            assert expected == text
    finally:
        mirror.close()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "a\ufffdb"),
        ("\\u0000", "\\u0000"),
        ("\\\0", "\\\ufffd"),
        ("\ud83d\ude00", "\U0001f600"),
        ("\ud83d", "\ufffd"),
    ],
)
def test_only_real_nuls_and_lone_surrogates_are_replaced(text: str, kept: str, mirror: Mirror) -> None:
    mirror.set_meta("odd", {text: [text]})
    assert mirror.meta("odd") == {kept: [kept]}
    assert "\0" not in to_json(text)


def test_folder_and_files_are_private(mirror: Mirror) -> None:
    mirror.set_meta("a", 1)
    path: Path = mirror.database.path
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {f.stat().st_mode & 0o777 for f in path.parent.iterdir()} == {0o600}
