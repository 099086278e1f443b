"""REST of the double: what it answers, what it refuses and in which words."""

from __future__ import annotations

import gzip
import http.client
import json
from typing import Any

import pytest
from builders import ENHANCEMENTS, NOW, small_site

from vep_tui.demo.server import BAD_TOKEN, Double
from vep_tui.demo.state import Site
from vep_tui.demo.visit import LONGEST_BODY

ISSUE = f"/repos/{ENHANCEMENTS}/issues/10"
COMMENTS = f"{ISSUE}/comments"


def call(
    double: Double, method: str, path: str, sent: Any = None, *, token: str | None = "good", **headers: str
) -> tuple[int, dict[str, str], Any]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", int(double.url.rpartition(":")[2]), timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if token is not None:
        named["authorization"] = f"token {token}"
    connection.request(method, path, None if sent is None else json.dumps(sent), named)
    answer = connection.getresponse()
    raw = answer.read()
    connection.close()
    found = {name.lower(): value for name, value in answer.getheaders()}
    if found.get("content-encoding") == "gzip":
        raw = gzip.decompress(raw)
    return answer.status, found, json.loads(raw) if raw else None


def my_comment(site: Site) -> int:
    return site.add_comment(f"{ENHANCEMENTS}#10", "reviewer", "mine").id


def comment_path(id: int) -> str:
    return f"/repos/{ENHANCEMENTS}/issues/comments/{id}"


def test_every_read_matches_githubs_description(double: Double, site: Site) -> None:
    paths = [
        "/user",
        "/rate_limit",
        ISSUE,
        COMMENTS,
        f"/repos/{ENHANCEMENTS}/issues?state=all",
        comment_path(my_comment(site)),
    ]
    assert [call(double, "GET", path)[0] for path in paths] == [200] * len(paths)


def test_a_comment_is_written_edited_and_deleted(double: Double, site: Site) -> None:
    status, headers, made = call(double, "POST", COMMENTS, {"body": "a\r\nb"})
    assert (status, made["body"]) == (201, "a\r\nb")
    assert headers["location"] == made["url"]
    path = comment_path(made["id"])
    assert call(double, "PATCH", path, {"body": "c"})[2]["body"] == "c"
    assert call(double, "GET", path)[2]["body"] == "c"
    assert call(double, "DELETE", path)[0] == 204
    assert call(double, "GET", path)[0] == 404
    assert [entry.method for entry in double.log.writes] == ["POST", "PATCH", "DELETE"]


def test_an_unchanged_answer_is_304_and_costs_nothing(double: Double) -> None:
    _, headers, _ = call(double, "GET", ISSUE)
    used = double.core.used
    status, again, body = call(double, "GET", ISSUE, if_none_match=headers["etag"])
    assert (status, body, double.core.used) == (304, None, used)
    assert again["etag"] == headers["etag"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_credentials_are_needed_and_checked(double: Double, method: str) -> None:
    assert call(double, method, "/user" if method == "GET" else COMMENTS, None, token=None)[0] == 401
    assert call(double, method, COMMENTS, None, token=BAD_TOKEN)[2]["message"] == "Bad credentials"


def test_graphql_wants_credentials(double: Double) -> None:
    status, headers, body = call(double, "POST", "/graphql", {"query": "{ viewer { login } }"}, token=None)
    assert (status, headers["x-ratelimit-limit"]) == (401, "0")
    assert body["message"] == "This endpoint requires you to be authenticated."


def test_public_reads_need_no_token_but_have_a_small_budget(double: Double) -> None:
    status, headers, _ = call(double, "GET", ISSUE, token=None)
    assert (status, headers["x-ratelimit-limit"], "x-oauth-scopes" in headers) == (200, "60", False)


def test_several_people_use_one_site_by_their_tokens(double: Double, site: Site) -> None:
    site.tokens.update({"a": "alice", "gone": ""})
    assert call(double, "GET", "/user", token="a")[2]["login"] == "alice"
    assert call(double, "GET", "/user", token="gone")[0] == 401


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"body": "x" * (LONGEST_BODY + 1)}, "Body is too long (maximum is 65536 characters)"),
        ({"body": ""}, "Body cannot be blank"),
    ],
)
def test_an_unfit_body_is_a_validation_failure(double: Double, body: dict[str, str], words: str) -> None:
    status, _, answer = call(double, "POST", COMMENTS, body)
    assert (status, answer["message"]) == (422, "Validation Failed")
    (error,) = answer["errors"]
    assert (error["resource"], error["field"], error["message"]) == ("IssueComment", "data", words)


def test_a_missing_body_is_an_invalid_request(double: Double) -> None:
    assert call(double, "POST", COMMENTS, {})[:1] == (422,)


def test_what_may_not_be_written_is_refused_in_githubs_words(double: Double, site: Site) -> None:
    alices = site.find(f"{ENHANCEMENTS}#10").comments[0].id
    assert call(double, "PATCH", comment_path(alices), {"body": "x"})[::2][0] == 403
    assert (
        call(double, "PATCH", comment_path(alices), {"body": "x"})[2]["message"]
        == "Must have admin rights to Repository."
    )
    locked = f"/repos/{ENHANCEMENTS}/issues/30/comments"
    status, _, answer = call(double, "POST", locked, {"body": "x"})
    assert (status, answer["message"]) == (403, "Unable to create comment because issue is locked.")
    site.delete_issue(f"{ENHANCEMENTS}#20")
    assert call(double, "POST", f"/repos/{ENHANCEMENTS}/issues/20/comments", {"body": "x"})[0] == 410
    assert call(double, "POST", f"/repos/{ENHANCEMENTS}/issues/999/comments", {"body": "x"})[0] == 404
    assert call(double, "GET", "/repos/kubevirt/none/issues/1")[0] == 404
    site.repos[ENHANCEMENTS].archived = True
    assert call(double, "POST", COMMENTS, {"body": "x"})[2]["message"] == "Repository was archived so is read-only."


def test_somebody_with_write_access_may_edit_others_comments(double: Double, site: Site) -> None:
    site.writers.add("reviewer")
    alices = site.find(f"{ENHANCEMENTS}#10").comments[0].id
    assert call(double, "PATCH", comment_path(alices), {"body": "x"})[0] == 200


def test_a_renamed_repository_redirects_reads_and_writes(double: Double, site: Site) -> None:
    site.rename_repo(ENHANCEMENTS, "kubevirt/proposals")
    status, headers, answer = call(double, "GET", ISSUE)
    assert (status, answer["message"], headers["location"]) == (301, "Moved Permanently", answer["url"])
    assert call(double, "GET", headers["location"].removeprefix(double.url))[2]["number"] == 10
    assert call(double, "POST", COMMENTS, {"body": "x"})[0] == 307
    assert len(site.repos["kubevirt/proposals"].issues[10].comments) == 2


def test_lists_are_paged_with_link_headers(double: Double, site: Site) -> None:
    for turn in range(5):
        site.add_comment(f"{ENHANCEMENTS}#10", "rob", f"{turn}")
    _, headers, first = call(double, "GET", f"{COMMENTS}?per_page=4")
    assert len(first) == 4
    assert 'rel="next"' in headers["link"]
    following = headers["link"].partition(">")[0].lstrip("<").removeprefix(double.url)
    _, headers, second = call(double, "GET", following)
    assert [row["body"] for row in second] == ["2", "3", "4"]
    assert 'rel="prev"' in headers["link"]


def test_answers_carry_the_sites_clock_and_budget(double: Double, site: Site) -> None:
    _, headers, _ = call(double, "GET", ISSUE)
    assert headers["date"].startswith(f"Tue, {NOW.day} Jun {NOW.year} 09:00")
    assert (headers["x-ratelimit-limit"], headers["x-ratelimit-used"]) == ("5000", "1")
    assert headers["x-oauth-scopes"] == site.scopes
    assert headers["x-github-request-id"]


def test_large_answers_are_compressed_on_request_only() -> None:
    with Double(small_site()) as double:
        assert call(double, "GET", ISSUE)[1].get("content-encoding") is None
        assert call(double, "GET", ISSUE, accept_encoding="gzip")[1]["content-encoding"] == "gzip"
        plain, small = double.log
        assert small.sent_bytes < plain.sent_bytes == plain.raw_bytes == small.raw_bytes


def test_a_route_that_github_has_not_is_a_violation() -> None:
    with Double(small_site()) as double:
        assert call(double, "GET", "/repos/kubevirt/enhancements/shoes")[0] == 404
        assert double.violations == ["no such route: GET /repos/kubevirt/enhancements/shoes"]
