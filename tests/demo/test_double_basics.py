"""The double answers PyGithub as GitHub would, on a small site."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from builders import ENHANCEMENTS
from github import Auth, Github
from github.Requester import Requester

from vep_tui.demo.server import Double
from vep_tui.demo.state import Site


@pytest.fixture
def requester(double: Double) -> Iterator[Requester]:
    client = Github(
        auth=Auth.Token("anything"),
        base_url=double.url,
        retry=None,
        timeout=10,
        seconds_between_requests=None,
        seconds_between_writes=None,
        lazy=True,
    )
    yield client.requester
    client.close()


COMMENTS = f"/repos/{ENHANCEMENTS}/issues/10/comments"


def test_pygithub_runs_a_query(requester: Requester, double: Double) -> None:
    query = "query Who($o:String!,$n:String!){viewer{login} repository(owner:$o,name:$n){issue(number:10){title}}}"
    headers, answer = requester.graphql_query(query, {"o": "kubevirt", "n": "enhancements"})
    assert answer["data"] == {"viewer": {"login": "reviewer"}, "repository": {"issue": {"title": "VEP 10: Gadget 10"}}}
    assert headers["x-ratelimit-resource"] == "graphql"
    assert [entry.operation for entry in double.log] == ["Who"]


def test_pygithub_posts_a_comment_that_is_echoed_and_bumps_the_issue(requester: Requester, site: Site) -> None:
    before = site.find(f"{ENHANCEMENTS}#10").updated_at
    status, _, text = requester.requestJson("POST", COMMENTS, input={"body": "a\r\n\u2028b"})
    answer = json.loads(text)
    assert (status, answer["body"], answer["user"]["login"]) == (201, "a\r\n\u2028b", "reviewer")
    assert site.comment(answer["id"])[1].body == "a\r\n\u2028b"
    assert site.find(f"{ENHANCEMENTS}#10").updated_at > before


def test_pygithub_objects_can_be_read_from_rest_answers(double: Double) -> None:
    with Github(auth=Auth.Token("t"), base_url=double.url, retry=None, lazy=True) as client:
        issue = client.get_repo(ENHANCEMENTS).get_issue(10)
        assert issue.title == "VEP 10: Gadget 10"
        assert [comment.user.login for comment in issue.get_comments()] == ["alice", "rob"]
