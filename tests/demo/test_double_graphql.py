"""GraphQL of the double: bounds, prices, pages, files, references and mutations as GitHub has them."""

from __future__ import annotations

from typing import Any

import pytest
from builders import CODE, ENHANCEMENTS, add_issue, add_pull, bare_site, days_ago, oid
from graphql import get_operation_ast, parse

from vep_tui.demo.budget import Budget
from vep_tui.demo.graph import run
from vep_tui.demo.identity import stamp
from vep_tui.demo.limits import Cost, measure
from vep_tui.demo.records import BoardRecord
from vep_tui.demo.state import Site
from vep_tui.demo.visit import Visit

HOME = 'repository(owner: "kubevirt", name: "enhancements")'


def ask(site: Site, query: str, *, complaints: int = 0, **variables: Any) -> dict[str, Any]:
    """Run a query as the viewer; the double must have as many complaints about it as expected."""
    visit = Visit(site, site.viewer)
    answer = run(visit, Budget("graphql"), {"query": query, "variables": variables})
    assert len(visit.complaints) == complaints, visit.complaints
    return answer


def home(site: Site, selection: str, **variables: Any) -> Any:
    answer = ask(
        site, f"query({variables.pop('declare', '')}) {{ {HOME} {{ {selection} }} }}".replace("()", ""), **variables
    )
    assert "errors" not in answer, answer["errors"]
    return answer["data"]["repository"]


def price(text: str, **variables: Any) -> Cost:
    document = parse(text)
    operation = get_operation_ast(document)
    assert operation is not None
    return measure(document, operation, variables)


# ---------------------------------------------------------------- bounds and prices


@pytest.mark.parametrize(
    ("bounds", "kind"),
    [
        ("", "MISSING_PAGINATION_BOUNDARIES"),
        ("(first: 101)", "EXCESSIVE_PAGINATION"),
        ("(last: 101)", "EXCESSIVE_PAGINATION"),
        ("(first: 0)", "INVALID_PAGINATION"),
    ],
)
def test_a_connection_without_proper_bounds_is_refused(site: Site, bounds: str, kind: str) -> None:
    answer = ask(site, f"{{ viewer {{ login }} {HOME} {{ issues{bounds} {{ nodes {{ number }} }} }} }}", complaints=1)
    assert answer["errors"][0]["type"] == kind
    assert answer["errors"][0]["path"] == ["repository", "issues"]
    assert answer["data"]["viewer"] == {"login": "reviewer"}


def test_prices_follow_githubs_worked_examples() -> None:
    points = """{ viewer { repositories(first: 100) { nodes { issues(first: 50) { nodes {
      labels(first: 60) { nodes { id } } } } } } } }"""
    assert price(points) == Cost(nodes=100 + 5_000 + 300_000, requests=5_101)
    assert price(points).points == 51
    nodes = """{ viewer {
      repositories(first: 50) { edges { repository: node { name
        pullRequests(first: 20) { edges { node { title comments(first: 10) { edges { node { bodyHTML } } } } } }
        issues(first: 20) { totalCount edges { node { title bodyHTML comments(first: 10) { edges { node { id } } } } } }
      } } }
      followers(first: 10) { edges { node { login } } }
    } }"""
    assert price(nodes).nodes == 22_060


def test_variables_fragments_and_conditions_count_towards_the_price() -> None:
    text = """query($n: Int!, $deep: Boolean = false) { repository(owner: "a", name: "b") {
      issues(first: $n) { ...Rows } } }
    fragment Rows on IssueConnection { nodes { id comments(first: 10) @include(if: $deep) { totalCount } } }"""
    assert price(text, n=50) == Cost(nodes=50, requests=1)
    assert price(text, n=50, deep=True) == Cost(nodes=550, requests=51)


def test_too_many_nodes_are_refused_before_anything_runs(site: Site) -> None:
    nested = "comments(first: 100) { nodes { userContentEdits(first: 100) { nodes { id } } } }"
    answer = ask(site, f"{{ {HOME} {{ issues(first: 100) {{ nodes {{ {nested} }} }} }} }}")
    assert answer["errors"][0]["type"] == "MAX_NODE_LIMIT_EXCEEDED"
    assert "data" not in answer


def test_an_empty_budget_refuses_until_the_hour_is_over(site: Site) -> None:
    visit, budget = Visit(site, "reviewer"), Budget("graphql", limit=2)
    query = {"query": "{ viewer { login } rateLimit { cost remaining used } }"}
    assert run(visit, budget, query)["data"]["rateLimit"] == {"cost": 1, "remaining": 1, "used": 1}
    run(visit, budget, query)
    assert run(visit, budget, query)["errors"][0]["type"] == "RATE_LIMITED"
    site.advance(hours=1, seconds=1)
    assert "errors" not in run(visit, budget, query)


def test_a_dry_run_tells_the_price_and_evaluates_nothing_else(site: Site) -> None:
    text = f"{{ {HOME} {{ issues(first: 50) {{ nodes {{ id }} }} }} rateLimit(dryRun: true) {{ cost nodeCount }} }}"
    assert ask(site, text) == {"data": {"rateLimit": {"cost": 1, "nodeCount": 50}}}


def test_a_query_that_the_schema_forbids_is_a_violation(site: Site) -> None:
    answer = ask(site, "{ viewer { shoeSize } }", complaints=1)
    assert "shoeSize" in answer["errors"][0]["message"]


# ---------------------------------------------------------------- lists


def test_pages_run_forwards_and_backwards_through_opaque_cursors() -> None:
    site = bare_site()
    for number in range(1, 8):
        add_issue(site, number, age=10 - number)
    select = "issues(first: $first, last: $last, after: $after, before: $before) { totalCount nodes { number } "
    select += "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"
    declare = "$first: Int, $last: Int, $after: String, $before: String"
    page = home(site, select, declare=declare, first=3)["issues"]
    assert [row["number"] for row in page["nodes"]] == [1, 2, 3]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (7, True)
    page = home(site, select, declare=declare, first=3, after=page["pageInfo"]["endCursor"])["issues"]
    assert [row["number"] for row in page["nodes"]] == [4, 5, 6]
    page = home(site, select, declare=declare, last=2, before=page["pageInfo"]["startCursor"])["issues"]
    assert [row["number"] for row in page["nodes"]] == [2, 3]
    assert page["pageInfo"]["hasPreviousPage"] is True


def test_an_issue_that_moves_while_paging_is_met_again_upwards_and_missed_downwards() -> None:
    for direction, met in (("ASC", [1, 2, 3, 4, 1]), ("DESC", [4, 3, 2, 1])):
        site = bare_site()
        for number in range(1, 5):
            add_issue(site, number, age=10 - number)
        select = f"issues(first: 2, after: $after, orderBy: {{field: UPDATED_AT, direction: {direction}}})"
        select += "{ nodes { number } pageInfo { hasNextPage endCursor } }"
        numbers, after, more = [], None, True
        while more:
            page = home(site, select, declare="$after: String", after=after)["issues"]
            numbers += [row["number"] for row in page["nodes"]]
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
            if len(numbers) == 2:
                site.label(f"{ENHANCEMENTS}#{1 if direction == 'ASC' else 3}", "moved")
        assert numbers == met


def test_since_is_inclusive_and_states_and_labels_filter() -> None:
    site = bare_site()
    first = add_issue(site, 1, age=3)
    add_issue(site, 2, age=2, labels=["sig/network"])
    add_issue(site, 3, age=1, state="CLOSED")

    def numbers(arguments: str) -> list[int]:
        return [
            row["number"]
            for row in home(site, f"issues(first: 10, {arguments}) {{ nodes {{ number }} }}")["issues"]["nodes"]
        ]

    assert numbers(f'filterBy: {{since: "{stamp(first.updated_at)}"}}') == [1, 2, 3]
    assert numbers(f'filterBy: {{since: "{stamp(days_ago(2.5))}"}}') == [2, 3]
    assert numbers("states: [CLOSED]") == [3]
    assert numbers('labels: ["sig/network"]') == [2]


def test_pull_requests_filter_by_base_and_order() -> None:
    site = bare_site()
    add_pull(site, 1, repo=ENHANCEMENTS, age=2)
    add_pull(site, 2, repo=ENHANCEMENTS, age=1)
    add_pull(site, 3, repo=ENHANCEMENTS, base="release-1.9", merged=True)
    order = "orderBy: {field: UPDATED_AT, direction: DESC}"
    rows = home(site, f"pullRequests(first: 9, states: [OPEN], {order}) {{ nodes {{ number }} }}")["pullRequests"][
        "nodes"
    ]
    assert [row["number"] for row in rows] == [2, 1]
    rows = home(site, 'pullRequests(first: 9, baseRefName: "release-1.9") { nodes { number state } }')["pullRequests"]
    assert rows["nodes"] == [{"number": 3, "state": "MERGED"}]


# ---------------------------------------------------------------- references


TIMELINE = """issue(number: 10) { timelineItems(first: 50, itemTypes: [CROSS_REFERENCED_EVENT]) { filteredCount nodes {
  ... on CrossReferencedEvent { isCrossRepository source {
    __typename ... on PullRequest { number } ... on Issue { number } } }
} } }"""


def test_references_come_from_what_people_write(site: Site) -> None:
    rows = home(site, TIMELINE)["issue"]["timelineItems"]
    found = [(row["source"]["__typename"], row["source"]["number"], row["isCrossRepository"]) for row in rows["nodes"]]
    assert found == [("PullRequest", 11, False), *(("PullRequest", number, True) for number in (1000, 1001, 500))]
    assert rows["filteredCount"] == 4


def test_a_comment_that_mentions_an_issue_refers_to_it_unless_in_code(site: Site) -> None:
    site.add_comment(f"{ENHANCEMENTS}#20", "rob", "Needs `kubevirt/enhancements#30` and\n```\n#30\n```\n<!-- #30 -->")
    assert site.find(f"{ENHANCEMENTS}#30").references == []
    site.add_comment(f"{ENHANCEMENTS}#20", "rob", f"Needs #30, see {CODE}#1000.")
    assert site.find(f"{ENHANCEMENTS}#30").references == [f"{ENHANCEMENTS}#20"]
    assert f"{ENHANCEMENTS}#20" in site.find(f"{CODE}#1000").references


# ---------------------------------------------------------------- files and branches


def test_files_are_read_by_expression_and_through_a_pinned_commit(site: Site) -> None:
    select = """
      file: object(expression: "HEAD:OWNERS") { ... on Blob { text oid byteSize isBinary isTruncated } }
      none: object(expression: "main:NOTHING") { oid }
      branch: object(expression: "main") { oid ... on Commit { file(path: "veps/sig-compute") { type path object {
        ... on Tree { entries { name path type } } } } } }
    """
    answer = home(site, select)
    assert answer["file"]["text"].startswith("approvers:")
    assert answer["none"] is None
    assert answer["branch"]["file"]["object"]["entries"] == [
        {"name": "10-gadgets", "path": "veps/sig-compute/10-gadgets", "type": "tree"}
    ]
    pinned = home(site, f'object(expression: "{answer["branch"]["oid"]}:OWNERS") {{ oid }}')["object"]
    assert pinned == {"oid": answer["file"]["oid"]}


def test_a_commit_to_the_branch_changes_its_oid_and_its_trees(site: Site) -> None:
    select = 'branch: object(expression: "main") { oid } tree: object(expression: "HEAD:veps") { oid }'
    before = home(site, select)
    site.write_file(ENHANCEMENTS, "OWNERS", "approvers: []\n")
    after = home(site, select)
    assert after["branch"] != before["branch"]
    assert after["tree"] == before["tree"]


@pytest.mark.parametrize("name", ["release-1.9", "refs/heads/release-1.9"])
def test_a_branch_says_which_merges_it_contains(site: Site, name: str) -> None:
    def compare(head: str) -> Any:
        text = """query($name: String!, $head: String!) { repository(owner: "kubevirt", name: "kubevirt") {
          ref(qualifiedName: $name) { name compare(headRef: $head) { status aheadBy } } } }"""
        return ask(site, text, name=name, head=head)["data"]["repository"]["ref"]["compare"]

    assert compare(oid("merge", CODE, 1000)) == {"status": "BEHIND", "aheadBy": 0}
    assert compare(oid("merge", CODE, 1001)) == {"status": "DIVERGED", "aheadBy": 1}
    assert compare("f" * 40) is None


# ---------------------------------------------------------------- single things


def test_what_is_missing_is_an_error_beside_good_data(site: Site) -> None:
    issues = "issue(number: 999) { id } ok: issue(number: 10) { number }"
    text = f'{{ {HOME} {{ {issues} }} nope: repository(owner: "a", name: "b") {{ id }} }}'
    answer = ask(site, text)
    assert answer["data"] == {"repository": {"issue": None, "ok": {"number": 10}}, "nope": None}
    assert {row["type"] for row in answer["errors"]} == {"NOT_FOUND"}


def test_nodes_keep_their_ids_and_lost_ones_are_null_with_an_error(site: Site) -> None:
    ids = home(site, "issue(number: 10) { id comments(first: 1) { nodes { id } } }")["issue"]
    wanted = [ids["id"], "I_bm9wZQ", ids["comments"]["nodes"][0]["id"]]
    answer = ask(site, "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=wanted)
    assert [row and row["__typename"] for row in answer["data"]["nodes"]] == ["Issue", None, "IssueComment"]
    assert [row["path"] for row in answer["errors"]] == [["nodes", 1]]


def test_a_renamed_repository_keeps_its_node_ids_and_is_found_by_both_names(site: Site) -> None:
    before = home(site, "issue(number: 10) { id }")["issue"]["id"]
    site.rename_repo(ENHANCEMENTS, "kubevirt/proposals")
    answer = ask(
        site,
        f"query($id: ID!) {{ {HOME} {{ nameWithOwner issue(number: 10) {{ id }} }} node(id: $id) {{ id }} }}",
        id=before,
    )
    assert answer["data"] == {
        "repository": {"nameWithOwner": "kubevirt/proposals", "issue": {"id": before}},
        "node": {"id": before},
    }


def test_a_board_needs_its_scope(site: Site) -> None:
    site.boards[21] = BoardRecord(21, "v1.9", {10: {"Status": "Tracked"}})
    text = """{ organization(login: "kubevirt") { projectV2(number: 21) { title items(first: 5) { nodes {
      content { ... on Issue { number } } fieldValues(first: 5) { nodes {
        ... on ProjectV2ItemFieldSingleSelectValue { name field { ... on ProjectV2FieldCommon { name } } } } }
    } } } } }"""
    answer = ask(site, text)
    assert (answer["data"], answer["errors"][0]["type"]) == (
        {"organization": {"projectV2": None}},
        "INSUFFICIENT_SCOPES",
    )
    site.scopes += ", read:project"
    (item,) = ask(site, text)["data"]["organization"]["projectV2"]["items"]["nodes"]
    assert item["fieldValues"]["nodes"] == [{"name": "Tracked", "field": {"name": "Status"}}]
    assert item["content"] == {"number": 10}


# ---------------------------------------------------------------- mutations


ADD = """mutation($id: ID!, $body: String!) { addComment(input: {subjectId: $id, body: $body}) {
  commentEdge { node { id body viewerCanUpdate } } } }"""
EDIT = """mutation($id: ID!, $body: String!) {
  updateIssueComment(input: {id: $id, body: $body}) { issueComment { body } } }"""


def test_mutations_write_and_refuse_like_rest(site: Site) -> None:
    thread = home(
        site, "issue(number: 10) { id comments(first: 1) { nodes { id viewerCanUpdate viewerCannotUpdateReasons } } }"
    )["issue"]
    (alices,) = thread["comments"]["nodes"]
    assert (alices["viewerCanUpdate"], alices["viewerCannotUpdateReasons"]) == (False, ["INSUFFICIENT_ACCESS"])
    mine = ask(site, ADD, id=thread["id"], body="hi")["data"]["addComment"]["commentEdge"]["node"]
    assert (mine["body"], mine["viewerCanUpdate"]) == ("hi", True)
    assert ask(site, EDIT, id=mine["id"], body="ho")["data"]["updateIssueComment"]["issueComment"]["body"] == "ho"
    assert ask(site, EDIT, id=alices["id"], body="ho")["errors"][0]["type"] == "FORBIDDEN"
    assert ask(site, ADD, id=thread["id"], body=" ")["errors"][0]["type"] == "UNPROCESSABLE"
