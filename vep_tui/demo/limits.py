"""What a GraphQL query costs, by GitHub's documented formulas, and the hourly budget; sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
)
from graphql.utilities import value_from_ast_untyped

NODE_LIMIT = 500_000


@dataclass(frozen=True, slots=True)
class Cost:
    """A query's price."""

    nodes: int
    """Nodes it may return at most."""
    requests: int
    """Connections it opens, each counted once per parent."""

    @property
    def points(self) -> int:
        """Points it takes from the budget: requests by the hundred, rounded, at least one."""
        return max(1, (self.requests + 50) // 100)


class _Meter:
    def __init__(self, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self.variables = variables
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self.nodes = self.requests = 0

    def walk(self, selection: SelectionSetNode | None, parents: int) -> None:
        for node in selection.selections if selection else ():
            if not self._included(node):
                continue
            if isinstance(node, FragmentSpreadNode):
                self.walk(self.fragments[node.name.value].selection_set, parents)
            elif isinstance(node, InlineFragmentNode):
                self.walk(node.selection_set, parents)
            elif isinstance(node, FieldNode):
                self._field(node, parents)

    def _field(self, node: FieldNode, parents: int) -> None:
        given = {argument.name.value: self._value(argument.value) for argument in node.arguments or ()}
        size = given.get("first") or given.get("last")
        if node.name.value == "nodes" and isinstance(given.get("ids"), list):
            size = len(given["ids"])
        if isinstance(size, int):
            self.requests += parents
            self.nodes += parents * size
            parents *= size
        self.walk(node.selection_set, parents)

    def _value(self, node: ValueNode) -> Any:
        return value_from_ast_untyped(node, dict(self.variables))

    def _included(self, node: Any) -> bool:
        for directive in node.directives or ():
            wanted = {"include": True, "skip": False}.get(directive.name.value)
            if wanted is not None and directive.arguments and self._value(directive.arguments[0].value) is not wanted:
                return False
        return True


def measure(document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> Cost:
    """What running one operation of a valid document costs."""
    defaults = {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    meter = _Meter(document, {**defaults, **variables})
    meter.walk(operation.selection_set, 1)
    return Cost(meter.nodes, meter.requests)
