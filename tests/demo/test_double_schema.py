"""The pruned schema and the double's views belong together, and our own queries fit both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders import ENHANCEMENTS, add_comment
from graphql import (
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    NoUnusedFragmentsRule,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    parse,
    specified_rules,
    validate,
)
from graphql.validation import NoDeprecatedCustomRule

import vep_tui.remote
from vep_tui.demo.budget import Budget
from vep_tui.demo.graph import github_schema, run
from vep_tui.demo.records import BoardRecord
from vep_tui.demo.state import Site
from vep_tui.demo.visit import Visit

QUERIES = Path(vep_tui.remote.__file__).parent / "queries"
SAMPLES = {
    "owner": '"kubevirt"',
    "login": '"kubevirt"',
    "slug": '"maintainers"',
    "expression": '"HEAD:veps"',
    "qualifiedName": '"main"',
    "headRef": '"main"',
    "path": '"OWNERS"',
    "number": "10",
    "name": "",
    "id": "",
    "ids": "",
}


def selection(kind: Any, depth: int, seen: set[tuple[str, str]]) -> str:
    """Every field of a type, and of the types behind it, down to a depth."""
    if is_abstract_type(kind):
        parts = "".join(
            f"... on {member.name} {{ {selection(member, depth, seen)} }}"
            for member in github_schema().get_possible_types(kind)
            if member.name != "Query"
        )
        return f"__typename {parts}"
    rows = [(name, field, get_named_type(field.type)) for name, field in kind.fields.items()]
    text = ["__typename"]
    for name, field, inner in rows:
        if is_leaf_type(inner):
            text.append(f"{kind.name}_{name}: {name}{arguments(kind, name, field)}")
        elif depth > 0:
            text.append(
                f"{kind.name}_{name}: {name}{arguments(kind, name, field)} {{ {selection(inner, depth - 1, seen)} }}"
            )
        else:
            continue
        seen.add((kind.name, name))
    return " ".join(text)


def arguments(kind: Any, name: str, field: GraphQLField) -> str:
    given = {
        key: SAMPLES[key] for key, row in field.args.items() if isinstance(row.type, GraphQLNonNull) and key in SAMPLES
    }
    if "number" in field.args:
        given["number"] = "7" if name == "projectV2" else "40" if name == "pullRequest" else "10"
    if (kind.name, name) == ("Repository", "object"):
        given["expression"] = SAMPLES["expression"]
    if "name" in field.args:
        given["name"] = '"enhancements"' if name == "repository" else '"Status"'
    if "first" in field.args:
        given["first"] = "3"
    return f"({', '.join(f'{key}: {value}' for key, value in given.items())})" if given else ""


DEEP = """{
  organization(login: "kubevirt") { projectV2(number: 7) { items(first: 3) { nodes { fieldValues(first: 3) {
    totalCount pageInfo { endCursor hasNextPage hasPreviousPage startCursor }
    nodes { ... on ProjectV2ItemFieldSingleSelectValue { id name optionId field {
      ... on ProjectV2FieldCommon { id name dataType } } } }
  } } } } }
  repository(owner: "kubevirt", name: "enhancements") { issue(number: 10) { comments(last: 2) { nodes {
    userContentEdits(first: 3) {
      totalCount pageInfo { endCursor hasNextPage hasPreviousPage startCursor }
      nodes { id deletedAt diff editedAt editor { login } }
    }
  } } } }
}"""
"""What lies too deep for a query of everything."""


def rich_site(site: Site) -> Site:
    site.scopes = "public_repo, read:org, read:project"
    site.teams["kubevirt/maintainers"] = ["anna"]
    site.boards[7] = BoardRecord(7, "Release 1.9", {10: {"Status": "Tracked"}})
    pull = site.pull(f"{ENHANCEMENTS}#40")
    pull.review_requests += ["kubevirt/maintainers", "helper[bot]"]
    pull.assignees.append("nora")
    pull.labels.append("size/L")
    pull.merge_oid = "1" * 40
    pull.references.append(f"{ENHANCEMENTS}#10")
    pull.references.append("kubevirt/kubevirt#1000")
    issue = site.find(f"{ENHANCEMENTS}#10")
    issue.references.append(f"{ENHANCEMENTS}#20")
    add_comment(site, pull, "alice", "see", edited=site.now)
    add_comment(site, issue, "helper[bot]", "beep", edited=site.now)
    add_comment(site, issue, "ghost", "gone")
    return site


def test_the_double_has_an_answer_for_every_field_of_its_schema(site: Site) -> None:
    visit, budget, seen = Visit(rich_site(site), "reviewer"), Budget("graphql", limit=10**9), set[tuple[str, str]]()
    query_type = github_schema().query_type
    assert query_type is not None
    for name, field in query_type.fields.items():
        if name in ("id", "node", "nodes"):
            continue
        inner = get_named_type(field.type)
        text = f"{{ {name}{arguments(query_type, name, field)} {{ {selection(inner, 5, seen)} }} }}"
        assert not (errors := run(visit, budget, {"query": text}).get("errors")), errors
    deep = run(visit, budget, {"query": DEEP})
    assert "errors" not in deep
    assert visit.complaints == []
    own = {
        (kind.name, name)
        for kind in github_schema().type_map.values()
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
        for name in kind.fields
    }
    unseen = {pair for pair in own - seen if pair[0] not in ("Query", "Mutation") and not pair[0].endswith("Payload")}
    by_hand = {"ProjectV2ItemFieldValueConnection", "ProjectV2ItemFieldSingleSelectValue", "UserContentEdit"}
    never = {"IssueCommentEdge", "Mannequin", "ProjectV2ItemFieldTextValue"}
    assert {kind for kind, _ in unseen} <= by_hand | never | {"UserContentEditConnection"}


def test_our_queries_are_valid_and_use_nothing_deprecated() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted(QUERIES.glob("*.graphql")))
    document = parse(text)
    rules = [rule for rule in specified_rules if rule is not NoUnusedFragmentsRule]
    assert [error.message for error in validate(github_schema(), document, rules)] == []
    assert validate(github_schema(), document, [NoDeprecatedCustomRule]) == []


@pytest.mark.parametrize("file", ["schema.graphql", "openapi.json"])
def test_the_copies_name_their_source(file: str) -> None:
    import vep_tui.demo

    text = (Path(vep_tui.demo.__file__).parent / file).read_text("utf-8")
    assert "@octokit/" in text
    assert "MIT" in text
