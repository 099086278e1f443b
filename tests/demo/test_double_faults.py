"""The fault lab: every known failure arrives as GitHub sends it, before or after the request took effect."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from builders import ENHANCEMENTS
from github import Auth, Github
from github.GithubException import GithubException
from github.Requester import Requester

from vep_tui.demo.fault_catalogue import FAULTS, ODD
from vep_tui.demo.faults import Fault, Kind
from vep_tui.demo.server import Double
from vep_tui.demo.state import Site

REF = f"{ENHANCEMENTS}#10"
COMMENTS = f"/repos/{ENHANCEMENTS}/issues/10/comments"
ISSUES = """query Issues { repository(owner: "kubevirt", name: "enhancements") {
  issues(first: 10) { nodes { title comments(first: 10) { nodes { body } } } } } }"""


@pytest.fixture
def requester(double: Double) -> Iterator[Requester]:
    client = Github(
        auth=Auth.Token("t"),
        base_url=double.url,
        retry=None,
        timeout=10,
        seconds_between_requests=None,
        seconds_between_writes=None,
        lazy=True,
    )
    yield client.requester
    client.close()


def count(site: Site) -> int:
    return len(site.find(REF).comments)


def post(double: Double, **more: Any) -> requests.Response:
    """POST a comment, following nothing and repeating nothing."""
    with requests.Session() as session:
        session.trust_env = False
        return session.post(
            double.url + COMMENTS,
            json={"body": "words"},
            headers={"authorization": "token t"},
            timeout=10,
            allow_redirects=False,
            **more,
        )


def query(double: Double, text: str = ISSUES) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.post(
            double.url + "/graphql",
            json={"query": text},
            headers={"authorization": "token t"},
            timeout=10,
            allow_redirects=False,
        )


def fault(name: str, **more: Any) -> Fault:
    return FAULTS[name](name=name, **more)


SAY_NO = {
    "bad-credentials": (401, "Bad credentials"),
    "login-required": (401, "This endpoint requires you to be authenticated."),
    "anonymous-limit": (403, "API rate limit exceeded for 192.0.2.1"),
    "primary-limit": (403, "API rate limit exceeded for user ID"),
    "primary-limit-429": (429, "API rate limit exceeded for user ID"),
    "secondary-limit": (403, "You have exceeded a secondary rate limit"),
    "secondary-limit-retry-after": (403, "You have exceeded a secondary rate limit"),
    "too-many-requests": (429, "You have exceeded a secondary rate limit"),
    "too-many-requests-retry-after": (429, "You have exceeded a secondary rate limit"),
    "submitted-too-quickly": (403, "was submitted too quickly"),
    "sso": (403, "SAML"),
    "fine-grained-token": (403, "Resource not accessible by personal access token"),
    "locked": (403, "issue is locked"),
    "blocked": (403, "User is blocked"),
    "archived": (403, "read-only"),
    "not-yours": (403, "Must have admin rights"),
    "not-found": (404, "Not Found"),
    "gone": (410, "deleted"),
    "too-long": (422, "Body is too long"),
    "server-error": (500, "Server Error"),
    "bad-gateway-html": (502, "<!DOCTYPE html>"),
    "unavailable-text": (503, "upstream connect error"),
    "gateway-timeout-json": (504, "We couldn't respond to your request in time"),
    "moved-301": (301, "Moved Permanently"),
    "moved-307": (307, "Moved Permanently"),
    "portal-html": (200, "hotspot"),
    "portal-redirect": (302, ""),
}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", SAY_NO)
def test_another_answer_comes_before_or_after_the_effect(double: Double, site: Site, name: str, when: str) -> None:
    before = count(site)
    double.faults.add(fault(name, when=when))
    answer = post(double)
    status, words = SAY_NO[name]
    assert (answer.status_code, words in answer.text) == (status, True)
    assert count(site) - before == (when == "after")
    assert post(double).status_code == 201
    assert double.faults.struck == [name]


def test_headers_tell_limits_sso_and_portals_apart(double: Double) -> None:
    def headers(name: str) -> Any:
        double.faults.add(fault(name))
        return post(double).headers

    assert headers("primary-limit")["x-ratelimit-remaining"] == "0"
    assert int(headers("primary-limit")["x-ratelimit-reset"]) > double.site.now.timestamp()
    assert headers("secondary-limit-retry-after")["retry-after"] == "60"
    assert "retry-after" not in headers("secondary-limit")
    assert headers("sso")["x-github-sso"].startswith("required; url=")
    assert "x-accepted-github-permissions" in headers("fine-grained-token")
    assert headers("bad-gateway-html")["content-type"].startswith("text/html")
    for name in ("portal-html", "portal-redirect"):
        assert "x-github-request-id" not in headers(name)


GRAPHQL = {
    "graphql-rate-limited": ("RATE_LIMITED", False),
    "graphql-secondary-limit": ("RATE_LIMITED", False),
    "graphql-resource-limits": ("RESOURCE_LIMITS_EXCEEDED", True),
    "graphql-node-limit": ("MAX_NODE_LIMIT_EXCEEDED", False),
    "graphql-went-wrong": (None, False),
    "graphql-insufficient-scopes": ("INSUFFICIENT_SCOPES", False),
    "graphql-not-found": ("NOT_FOUND", True),
    "graphql-sso": ("FORBIDDEN", True),
}


@pytest.mark.parametrize("name", GRAPHQL)
def test_graphql_fails_with_status_200_and_errors(double: Double, name: str) -> None:
    kind, partial = GRAPHQL[name]
    double.faults.add(fault(name))
    answer = query(double)
    body = answer.json()
    assert (answer.status_code, body["errors"][0].get("type")) == (200, kind)
    if partial:
        nodes = body["data"]["repository"]["issues"]["nodes"]
        assert nodes[0]["title"]
        assert nodes[-1] is None
        assert body["errors"][0]["path"] == ["repository", "issues", "nodes", len(nodes) - 1]
    else:
        assert body["data"] is None


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_reset_connection_may_or_may_not_have_taken_effect(double: Double, site: Site, when: str) -> None:
    before = count(site)
    double.faults.add(fault("reset", when=when))
    with pytest.raises(requests.ConnectionError) as caught:
        post(double)
    assert "reset" in str(caught.value).lower()
    assert count(site) - before == (when == "after")
    assert double.log[-1].status == 0


@pytest.mark.parametrize("name", ["truncated", "reset-midway"])
def test_a_body_cut_on_the_wire_is_seen_by_the_client(double: Double, site: Site, name: str) -> None:
    before = count(site)
    double.faults.add(fault(name))
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        post(double)
    assert count(site) == before + 1


def test_json_cut_under_a_fitting_length_and_empty_answers(double: Double) -> None:
    double.faults.add(fault("cut-json"))
    with pytest.raises(requests.JSONDecodeError):
        post(double).json()
    double.faults.add(fault("empty"))
    answer = post(double)
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_slow_drip_arrives_whole_in_the_end(double: Double) -> None:
    double.faults.add(fault("drip", seconds=0.001))
    assert post(double).json()["body"] == "words"


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_late_answer_may_also_take_effect_late(double: Double, site: Site, when: str) -> None:
    double.faults.add(fault("delay", when=when, seconds=0.05))
    started = time.monotonic()
    assert post(double).status_code == 201
    assert time.monotonic() - started >= 0.05


def test_a_request_without_an_answer_ends_when_the_double_stops(site: Site) -> None:
    with Double(site) as double:
        double.faults.add(fault("hang"))
        with requests.Session() as session, pytest.raises(requests.Timeout):
            session.trust_env = False
            session.get(double.url + "/user", headers={"authorization": "token t"}, timeout=0.05)


@pytest.mark.parametrize(("name", "hours"), [("clock-ahead", 3), ("clock-behind", -3)])
def test_the_clock_can_be_hours_off(double: Double, name: str, hours: int) -> None:
    double.faults.add(fault(name))
    assert post(double).headers["date"].split()[4].startswith(f"{9 + hours:02}:")


def test_odd_text_comes_through_as_json(double: Double) -> None:
    double.faults.add(fault("odd-text"))
    nodes = query(double).json()["data"]["repository"]["issues"]["nodes"]
    assert nodes[0]["title"] == "VEP 10: Gadget 10" + ODD


def test_refused_connections_come_and_go_on_the_same_port(double: Double, site: Site) -> None:
    url, before = double.url, count(site)
    with double.refusing(), pytest.raises(requests.ConnectionError) as caught:
        post(double)
    assert "NewConnectionError" in repr(caught.value.args[0].reason)
    assert (double.url, count(site)) == (url, before)
    assert post(double).status_code == 201


def test_faults_choose_requests_by_path_operation_skip_and_times(double: Double) -> None:
    double.faults.add(fault("server-error", match="^Issues$", skip=1, times=2))
    assert post(double).status_code == 201
    assert [query(double).status_code for _ in range(4)] == [200, 500, 500, 200]
    assert [entry.fault for entry in double.log][1:] == ["", "server-error", "server-error", ""]
    assert len(double.faults) == 0


def test_the_catalogue_is_tried_whole() -> None:
    here = {"reset", "reset-midway", "truncated", "cut-json", "empty", "drip", "delay", "hang", "odd-text"}
    tried = {*SAY_NO, *GRAPHQL, *here, "clock-ahead", "clock-behind"}
    assert set(FAULTS) == tried, (
        "SAY_NO and GRAPHQL say how the double words each; tests/remote/test_client.py what it is"
    )


# ---------------------------------------------------------------- what PyGithub makes of it


def test_pygithub_without_retries_posts_once(double: Double, site: Site, requester: Requester) -> None:
    before = count(site)
    double.faults.add(fault("bad-gateway-html", when="after"))
    status, _, text = requester.requestJson("POST", COMMENTS, input={"body": "words"})
    assert (status, text.startswith("<!DOCTYPE html>"), count(site)) == (502, True, before + 1)
    assert len(double.log) == 1


def test_pygithub_raises_on_partial_graphql_data(double: Double, requester: Requester) -> None:
    double.faults.add(fault("graphql-resource-limits"))
    with pytest.raises(GithubException) as caught:
        requester.graphql_query(ISSUES, {})
    assert caught.value.data["errors"][0]["type"] == "RESOURCE_LIMITS_EXCEEDED"


def test_pygithub_hands_a_portals_page_on_as_text(double: Double, requester: Requester) -> None:
    double.faults.add(fault("portal-html"))
    status, headers, text = requester.requestJson("POST", "/graphql", input={"query": ISSUES})
    assert (status, "x-github-request-id" in headers, text[:6]) == (200, False, "<html>")


def test_pygithub_sends_a_lone_surrogate_back_and_forth(double: Double, site: Site, requester: Requester) -> None:
    site.find(REF).body = "half \ud83d of a pair"
    text = '{ repository(owner: "kubevirt", name: "enhancements") { issue(number: 10) { body } } }'
    _, _, raw = requester.requestJson("POST", "/graphql", input={"query": text})
    assert json.loads(raw)["data"]["repository"]["issue"]["body"] == "half \ud83d of a pair"


def test_every_kind_of_fault_has_a_recipe() -> None:
    assert {recipe().kind for recipe in FAULTS.values()} == set(Kind)
