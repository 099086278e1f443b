"""A site of full size is built and read fast enough for tests, by many clients at once."""

from __future__ import annotations

import threading

import requests
from builders import ENHANCEMENTS, sized_site, small_site
from rest_validator import validate_rest

from vep_tui.demo.server import Double

PAGE = """query Page($after: String) { repository(owner: "kubevirt", name: "enhancements") {
  issues(first: 100, after: $after, states: [OPEN]) { totalCount pageInfo { hasNextPage endCursor } nodes {
    number comments(last: 1) { totalCount }
    timelineItems(first: 1, itemTypes: [CROSS_REFERENCED_EVENT]) { filteredCount }
  } }
  pullRequests(first: 1, states: [OPEN]) { totalCount nodes { reviews(first: 1) { totalCount } } }
} }"""


def test_a_sized_site_has_the_sizes_asked_for() -> None:
    site = sized_site(issues=200, comments=30, references=20, proposals=80, linked=600)
    with Double(site, validator=validate_rest) as double, requests.Session() as session:
        session.trust_env = False
        after, met = None, []
        for _ in range(2):
            answer = session.post(
                f"{double.url}/graphql",
                json={"query": PAGE, "variables": {"after": after}},
                headers={"authorization": "token t"},
                timeout=30,
            ).json()["data"]["repository"]
            met += answer["issues"]["nodes"]
            after = answer["issues"]["pageInfo"]["endCursor"]
        assert answer["issues"]["totalCount"] == len({row["number"] for row in met}) == 200
        assert {row["comments"]["totalCount"] for row in met} == {30}
        assert {row["timelineItems"]["filteredCount"] for row in met} == {20}
        assert answer["pullRequests"]["totalCount"] == 80
        assert double.log.points == 4
        assert double.violations == []


def test_threads_write_at_once_and_nothing_is_lost() -> None:
    site = small_site()
    with Double(site, validator=validate_rest) as double:

        def write(name: str) -> None:
            with requests.Session() as session:
                session.trust_env = False
                for turn in range(5):
                    session.post(
                        f"{double.url}/repos/{ENHANCEMENTS}/issues/20/comments",
                        json={"body": f"{name} {turn}"},
                        headers={"authorization": f"token {name}"},
                        timeout=30,
                    )

        threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c", "d")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        comments = site.find(f"{ENHANCEMENTS}#20").comments
        assert len({comment.body for comment in comments}) == len({comment.id for comment in comments}) == 20
        assert (len(double.log), double.violations) == (20, [])


def test_a_stopped_double_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    double = Double(small_site()).start()
    with requests.Session() as session:
        session.trust_env = False
        session.get(f"{double.url}/rate_limit", timeout=10)
        double.stop()
    assert threading.active_count() == before
