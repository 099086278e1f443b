"""Cut GitHub's GraphQL schema and OpenAPI description down to what the double needs; writes vep_tui/demo's copies.

    python scripts/prune_schema.py                          # fetches both packages with npm
    python scripts/prune_schema.py --graphql schema.graphql --openapi api.github.com.json
    python scripts/prune_schema.py --check                  # writes nothing; fails when the copies are out of date

The fields kept are those of `KEEP` and those that our own queries use.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graphql import (
    ConstDirectiveNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    UnionTypeDefinitionNode,
    Visitor,
    build_ast_schema,
    parse,
    print_ast,
    visit,
)

GRAPHQL = ("@octokit/graphql-schema", "15.26.1", "package/schema.graphql")
OPENAPI = ("@octokit/openapi", "23.0.2", "package/generated/api.github.com.json")
ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "vep_tui" / "demo"
QUERIES = ROOT / "vep_tui" / "remote" / "queries"

KEEP = """
Actor: login
AddCommentPayload: clientMutationId commentEdge subject
Blob: abbreviatedOid byteSize id isBinary isTruncated oid text
Bot: databaseId id login url
Commit: abbreviatedOid authoredDate committedDate file id oid tree url
Comparison: aheadBy behindBy id status
CrossReferencedEvent: actor createdAt id isCrossRepository referencedAt source target willCloseTarget
GitObject: abbreviatedOid id oid
Issue: activeLockReason assignees author authorAssociation body closed closedAt comments createdAt fullDatabaseId id
  labels lastEditedAt locked number repository state stateReason timelineItems title updatedAt url viewerCanUpdate
  viewerDidAuthor
IssueComment: author authorAssociation body createdAt editor fullDatabaseId id includesCreatedEdit isMinimized issue
  lastEditedAt minimizedReason pullRequest updatedAt url userContentEdits viewerCanUpdate viewerCannotUpdateReasons
  viewerDidAuthor
IssueCommentConnection: nodes pageInfo totalCount
IssueCommentEdge: node
IssueConnection: nodes pageInfo totalCount
IssueTimelineItemsConnection: filteredCount nodes pageCount pageInfo totalCount updatedAt
Label: color id name
LabelConnection: nodes pageInfo totalCount
Mutation: addComment updateIssueComment
Node: id
Organization: id login name projectV2 team url viewerIsAMember
PageInfo: endCursor hasNextPage hasPreviousPage startCursor
ProjectV2: closed fields id items number title updatedAt url
ProjectV2FieldCommon: dataType id name
ProjectV2FieldConfigurationConnection: nodes totalCount
ProjectV2Item: content fieldValueByName fieldValues id isArchived type updatedAt
ProjectV2ItemConnection: nodes pageInfo totalCount
ProjectV2ItemFieldSingleSelectValue: field id name optionId
ProjectV2ItemFieldValueConnection: nodes pageInfo totalCount
ProjectV2SingleSelectField: dataType id name options
ProjectV2SingleSelectFieldOption: id name
PullRequest: additions assignees author authorAssociation baseRefName body changedFiles closed closedAt comments commits
  createdAt deletions files fullDatabaseId headRefName headRefOid id isDraft labels lastEditedAt
  latestOpinionatedReviews locked mergeCommit mergeable merged mergedAt number repository reviewDecision
  reviewRequests reviews state timelineItems title updatedAt url viewerCanUpdate viewerDidAuthor
PullRequestChangedFile: additions changeType deletions path
PullRequestChangedFileConnection: nodes pageInfo totalCount
PullRequestCommit: commit id
PullRequestCommitConnection: nodes pageInfo totalCount
PullRequestConnection: nodes pageInfo totalCount
PullRequestReview: author authorAssociation body commit createdAt fullDatabaseId id state submittedAt updatedAt url
PullRequestReviewConnection: nodes pageInfo totalCount
PullRequestTimelineItemsConnection: filteredCount nodes pageCount pageInfo totalCount updatedAt
Query: node nodes organization rateLimit repository viewer
RateLimit: cost limit nodeCount remaining resetAt used
Ref: compare id name prefix target
Repository: defaultBranchRef hasIssuesEnabled id isArchived isPrivate issue issueOrPullRequest issues name nameWithOwner
  object owner pullRequest pullRequests ref url viewerPermission
RepositoryOwner: id login url
ReviewRequest: asCodeOwner id requestedReviewer
ReviewRequestConnection: nodes pageInfo totalCount
Team: combinedSlug id members name slug
TeamMemberConnection: nodes pageInfo totalCount
Tree: abbreviatedOid entries id oid
TreeEntry: extension mode name object oid path size type
UpdateIssueCommentPayload: clientMutationId issueComment
User: databaseId id login url
UserConnection: nodes pageInfo totalCount
UserContentEdit: deletedAt diff editedAt editor id
UserContentEditConnection: nodes pageInfo totalCount
"""
"""What the double's views can answer, by type."""

ROUTES = (
    ("get", "/user"),
    ("get", "/rate_limit"),
    ("get", "/repos/{owner}/{repo}/issues"),
    ("get", "/repos/{owner}/{repo}/issues/{issue_number}"),
    ("get", "/repos/{owner}/{repo}/issues/{issue_number}/comments"),
    ("post", "/repos/{owner}/{repo}/issues/{issue_number}/comments"),
    ("get", "/repos/{owner}/{repo}/issues/comments/{comment_id}"),
    ("patch", "/repos/{owner}/{repo}/issues/comments/{comment_id}"),
    ("delete", "/repos/{owner}/{repo}/issues/comments/{comment_id}"),
)


def kept_fields() -> dict[str, set[str]]:
    """`KEEP` as type to fields."""
    kept: dict[str, set[str]] = {}
    for row in KEEP.replace("\n  ", " ").split("\n"):
        name, colon, fields = row.partition(":")
        if colon:
            kept[name] = set(fields.split())
    return kept


def add_used_fields(kept: dict[str, set[str]], schema: GraphQLSchema, texts: list[str]) -> None:
    """Keep what our own queries ask for; a type met only in a fragment's condition keeps its id."""
    info = TypeInfo(schema)

    class Collector(Visitor):
        def enter_field(self, node: Any, *_: Any) -> None:
            parent = info.get_parent_type()
            if parent is not None and node.name.value != "__typename":
                kept.setdefault(parent.name, set()).add(node.name.value)

        def enter_named_type(self, node: Any, *_: Any) -> None:
            found = schema.type_map.get(node.name.value)
            if isinstance(found, GraphQLObjectType | GraphQLInterfaceType) and not node.name.value.endswith("Input"):
                kept.setdefault(node.name.value, set()).update({"id"} & set(found.fields))

    for text in texts:
        visit(parse(text), TypeInfoVisitor(info, Collector()))


def prune_graphql(text: str, queries: list[str]) -> str:
    """The pruned SDL."""
    document = parse(text, no_location=True)
    nodes = {node.name.value: node for node in document.definitions if isinstance(node, TypeDefinitionNode)}
    schema = build_ast_schema(document, assume_valid=True, assume_valid_sdl=True)
    kept = kept_fields()
    add_used_fields(kept, schema, queries)
    for name, node in nodes.items():
        if isinstance(node, ObjectTypeDefinitionNode) and name in kept:
            for interface in node.interfaces or ():
                kept[name] |= kept.get(interface.name.value, set())
    pruned: dict[str, TypeDefinitionNode] = {}
    waiting = ["Query", "Mutation", *kept]
    while waiting:
        name = waiting.pop()
        if name not in nodes or name in pruned:
            continue
        pruned[name] = _pruned(nodes[name], kept)
        waiting.extend(_named_in(pruned[name]))
    return print_ast(DocumentNode(definitions=tuple(pruned[name] for name in sorted(pruned)))) + "\n"


def _pruned(node: TypeDefinitionNode, kept: dict[str, set[str]]) -> TypeDefinitionNode:
    name = node.name
    if isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        if name.value not in kept:
            sys.exit(f"{name.value} is reached, but KEEP says nothing about it")
        if missing := kept[name.value] - {field.name.value for field in node.fields or ()}:
            sys.exit(f"GitHub's {name.value} has no {', '.join(sorted(missing))}")
        fields = [field for field in node.fields or () if field.name.value in kept[name.value]]
        interfaces = [row for row in node.interfaces or () if row.name.value in kept]
        return type(node)(
            name=name,
            interfaces=tuple(interfaces),
            fields=tuple(_bare_field(field) for field in sorted(fields, key=lambda field: field.name.value)),
        )
    if isinstance(node, UnionTypeDefinitionNode):
        return UnionTypeDefinitionNode(
            name=name, types=tuple(row for row in node.types or () if row.name.value in kept)
        )
    if isinstance(node, EnumTypeDefinitionNode):
        values = (EnumValueDefinitionNode(name=value.name) for value in node.values or ())
        return EnumTypeDefinitionNode(name=name, values=tuple(values))
    if isinstance(node, InputObjectTypeDefinitionNode):
        return InputObjectTypeDefinitionNode(name=name, fields=tuple(_bare_input(row) for row in node.fields or ()))
    return ScalarTypeDefinitionNode(name=name)


def _bare_field(node: FieldDefinitionNode) -> FieldDefinitionNode:
    """Without description; the deprecation stays, so that a test can see whether we use a deprecated field."""
    return FieldDefinitionNode(
        name=node.name,
        type=node.type,
        arguments=tuple(_bare_input(row) for row in node.arguments or ()),
        directives=_deprecation(node),
    )


def _bare_input(node: InputValueDefinitionNode) -> InputValueDefinitionNode:
    return InputValueDefinitionNode(
        name=node.name, type=node.type, default_value=node.default_value, directives=_deprecation(node)
    )


def _deprecation(node: FieldDefinitionNode | InputValueDefinitionNode) -> tuple[ConstDirectiveNode, ...]:
    return tuple(row for row in node.directives or () if row.name.value == "deprecated")


def _named_in(node: TypeDefinitionNode) -> Iterator[str]:
    """Names of the types a definition leads to."""
    for field in getattr(node, "fields", None) or ():
        yield _named(field.type)
        for argument in getattr(field, "arguments", None) or ():
            yield _named(argument.type)
    for row in getattr(node, "interfaces", None) or getattr(node, "types", None) or ():
        yield row.name.value


def _named(node: Any) -> str:
    while isinstance(node, NonNullTypeNode | ListTypeNode):
        node = node.type
    assert isinstance(node, NamedTypeNode)
    return node.name.value


def prune_openapi(text: str) -> dict[str, Any]:
    """The routes of `ROUTES` with the components they lead to, without examples and prose."""
    whole = json.loads(text)
    paths: dict[str, Any] = {}
    for method, path in ROUTES:
        paths.setdefault(path, {})[method] = _bare(whole["paths"][path][method])
    parts: dict[str, dict[str, Any]] = {}
    waiting = list(_references(paths))
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in parts.setdefault(kind, {}):
            parts[kind][name] = _bare(whole["components"][kind][name])
            waiting.extend(_references(parts[kind][name]))
    info = {"title": whole["info"]["title"], "version": OPENAPI[1], "license": whole["info"]["license"]}
    owner = "MIT, Copyright (c) 2020 Octokit contributors"
    info["x-source"] = f"Pruned from {OPENAPI[0]} {OPENAPI[1]} ({owner}) by scripts/prune_schema.py; do not edit."
    return {"openapi": whole["openapi"], "info": info, "paths": paths, "components": parts}


_PROSE = ("description", "example", "examples", "externalDocs", "summary", "tags", "title")


def _bare(value: Any, *, names: bool = False) -> Any:
    """Without prose; `names` says that the keys are names of properties rather than words of OpenAPI."""
    if isinstance(value, list):
        return [_bare(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _bare(part, names=key in ("properties", "responses", "headers") and not names)
        for key, part in value.items()
        if names or (key not in _PROSE and not key.startswith("x-"))
    }


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from _references(part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(part)


def fetch(package: tuple[str, str, str]) -> str:
    """One file of an npm package."""
    name, version, member = package
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["npm", "pack", f"{name}@{version}", "--silent"], cwd=folder, capture_output=True, text=True, check=True
        )
        with tarfile.open(Path(folder) / done.stdout.strip().splitlines()[-1]) as archive:
            found = archive.extractfile(member)
            assert found is not None
            return found.read().decode("utf-8")


def main() -> int:
    """Write both copies, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graphql", type=Path, help="schema.graphql of the package, instead of fetching it")
    parser.add_argument("--openapi", type=Path, help="api.github.com.json of the package, instead of fetching it")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a copy is out of date")
    given = parser.parse_args()
    queries = [path.read_text("utf-8") for path in sorted(QUERIES.glob("*.graphql"))]
    head = (
        f"# Pruned from {GRAPHQL[2].rpartition('/')[2]} of {GRAPHQL[0]} {GRAPHQL[1]} (MIT, Copyright (c) GitHub 2025) "
        "by scripts/prune_schema.py; do not edit.\n\n"
    )
    sdl = given.graphql.read_text("utf-8") if given.graphql else fetch(GRAPHQL)
    api = given.openapi.read_text("utf-8") if given.openapi else fetch(OPENAPI)
    wanted = {
        DEMO / "schema.graphql": head + prune_graphql(sdl, queries),
        DEMO / "openapi.json": json.dumps(prune_openapi(api), indent=1, sort_keys=True) + "\n",
    }
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        if not given.check:
            path.write_text(wanted[path], "utf-8")
        print(f"{'out of date' if given.check else 'written'}: {path.relative_to(ROOT)}")
    return 1 if given.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
