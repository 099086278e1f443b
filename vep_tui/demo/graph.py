"""GraphQL of the double: graphql-core runs a query over the views; it knows neither HTTP nor the site's records."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeGuard

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    build_ast_schema,
    execute,
    get_named_type,
    get_operation_ast,
    is_abstract_type,
    parse,
    validate,
)

from vep_tui.demo.budget import Budget
from vep_tui.demo.identity import stamp
from vep_tui.demo.limits import NODE_LIMIT, Cost, measure
from vep_tui.demo.paging import FieldError, Listing, Page, check_bounds
from vep_tui.demo.root import Root
from vep_tui.demo.visit import Visit

TROUBLE = (
    "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug."
)
_CLIENT_SLIPS = (
    "MISSING_PAGINATION_BOUNDARIES",
    "EXCESSIVE_PAGINATION",
    "INVALID_PAGINATION",
    "INVALID_CURSOR_ARGUMENTS",
)
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class NoViewError(Exception):
    """A field of the schema for which the double has nothing to say."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query text that GitHub's schema allows, or the reasons why it does not."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()


@lru_cache(maxsize=1)
def github_schema() -> GraphQLSchema:
    """GitHub's schema, pruned, with resolvers that read the views' attributes."""
    text = files("vep_tui.demo").joinpath("schema.graphql").read_text("utf-8")
    # GitHub's own SDL breaks a few deprecation rules of the specification, so it is taken as valid.
    schema = build_ast_schema(parse(text, no_location=True), assume_valid=True, assume_valid_sdl=True)
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for name, field in kind.fields.items():
                for argument_name, argument in field.args.items():
                    argument.out_name = snake(argument_name)
                field.resolve = _resolver(kind.name, name, str(get_named_type(field.type)))
        elif isinstance(kind, GraphQLInputObjectType):
            for name, part in kind.fields.items():
                part.out_name = snake(name)
        elif is_abstract_type(kind):
            kind.resolve_type = _type_name
    return schema


@lru_cache(maxsize=512)
def read_query(text: str) -> Query:
    """Parse and validate; remembered, because a client sends the same few texts."""
    try:
        document = parse(text)
    except GraphQLError as error:
        return Query(None, (error,))
    return Query(document, tuple(validate(github_schema(), document)))


def run(visit: Visit, budget: Budget, request: dict[str, Any]) -> dict[str, Any]:
    """Answer one GraphQL request; the answer's HTTP status is 200 whatever is in it."""
    query = read_query(str(request.get("query", "")))
    variables = request.get("variables") or {}
    operation = get_operation_ast(query.document, request.get("operationName")) if query.document else None
    if query.errors or query.document is None or operation is None:
        visit.complaints.extend(f"invalid query: {error.message}" for error in query.errors)
        if not query.errors:
            visit.complaints.append("a GraphQL request without an operation")
        return {"errors": [_invalid(error) for error in query.errors] or [{"message": "No operation"}]}
    refused = _charge(visit, budget, measure(query.document, operation, variables))
    if refused is not None:
        return refused
    document = _only_rate_limit(query.document, operation) if _is_dry_run(operation) else query.document
    return _execute(visit, document, operation, variables)


def snake(name: str) -> str:
    """`fullDatabaseId` -> `full_database_id`."""
    return _CAPITAL.sub("_", name).lower()


def _execute(
    visit: Visit, document: DocumentNode, operation: OperationDefinitionNode, variables: dict[str, Any]
) -> dict[str, Any]:
    result: Any = execute(
        github_schema(),
        document,
        root_value=Root(visit),
        variable_values=variables,
        operation_name=operation.name.value if operation.name else None,
        is_awaitable=_never,
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [_refused(visit, error) for error in result.errors]
    return answer


def _never(_value: Any) -> TypeGuard[Awaitable[Any]]:
    return False


def _charge(visit: Visit, budget: Budget, cost: Cost) -> dict[str, Any] | None:
    """Book the cost; the answer when GitHub would not run the query at all."""
    if cost.nodes > NODE_LIMIT:
        message = f"This query requests up to {cost.nodes:,} possible nodes which exceeds the maximum limit of 500,000."
        return {"errors": [{"type": "MAX_NODE_LIMIT_EXCEEDED", "message": message}]}
    now = visit.site.now
    paid = budget.spend(cost.points, now)
    visit.points, visit.node_count = cost.points, cost.nodes
    visit.limit, visit.used, visit.reset_at = budget.limit, budget.used, stamp(budget.reset_at or now)
    if not paid:
        return {"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}]}
    return None


def _resolver(parent: str, name: str, named_type: str) -> Callable[..., Any]:
    """Read the attribute of the view that bears the field's name; page it when it is a connection."""
    attribute = snake(name)
    is_connection = named_type.endswith("Connection")

    def resolve(view: Any, _info: Any, **arguments: Any) -> Any:
        try:
            value = getattr(view, attribute)
        except AttributeError as error:
            raise NoViewError(f"{parent}.{name} ({error})") from error
        if not is_connection:
            return value(**arguments) if callable(value) else value
        bounds = {word: arguments.pop(word, None) for word in ("first", "last", "after", "before")}
        check_bounds(name, bounds["first"], bounds["last"])
        found = value(**arguments) if callable(value) else value
        return Page(found if isinstance(found, Listing) else Listing(found), **bounds)

    return resolve


def _type_name(view: Any, _info: Any, _kind: Any) -> str:
    return str(view.typename)


def _refused(visit: Visit, error: GraphQLError) -> dict[str, Any]:
    """A field error as GitHub words it; what is nobody's intention becomes a complaint."""
    cause = error.original_error
    shape: dict[str, Any] = {"path": error.path, "locations": [loc.formatted for loc in error.locations or ()]}
    if isinstance(cause, FieldError):
        if cause.kind in _CLIENT_SLIPS:
            visit.complaints.append(f"{cause.kind} at {error.path}: {cause}")
        return {"type": cause.kind, **shape, "message": str(cause)}
    visit.complaints.append(f"{type(cause).__name__} at {error.path}: {error.message}")
    return {**shape, "message": TROUBLE}


def _invalid(error: GraphQLError) -> dict[str, Any]:
    return {
        "message": error.message,
        "locations": [loc.formatted for loc in error.locations or ()],
        "extensions": {"code": "invalidQuery"},
    }


def _is_dry_run(operation: OperationDefinitionNode) -> bool:
    return any(_asks_dry(node) for node in operation.selection_set.selections)


def _asks_dry(node: Any) -> bool:
    return (
        isinstance(node, FieldNode)
        and node.name.value == "rateLimit"
        and any(getattr(argument.value, "value", False) is True for argument in node.arguments or ())
    )


def _only_rate_limit(document: DocumentNode, operation: OperationDefinitionNode) -> DocumentNode:
    """The same document with nothing but `rateLimit` to answer: a dry run evaluates nothing else."""
    kept = tuple(node for node in operation.selection_set.selections if _asks_dry(node))
    bare = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=operation.directives,
        selection_set=SelectionSetNode(selections=kept),
    )
    return DocumentNode(definitions=tuple(bare if node is operation else node for node in document.definitions))
