"""Checks REST answers of the double against GitHub's OpenAPI description, by jsonschema."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from vep_tui.demo.description import description

_HOME = "urn:github"


def as_json_schema(value: Any) -> Any:
    """OpenAPI 3.0's dialect as JSON Schema: `nullable` becomes a type, references become absolute."""
    if isinstance(value, list):
        return [as_json_schema(part) for part in value]
    if not isinstance(value, dict):
        return value
    plain = {name: as_json_schema(part) for name, part in value.items() if name != "nullable"}
    if isinstance(plain.get("$ref"), str) and plain["$ref"].startswith("#"):
        plain["$ref"] = _HOME + plain["$ref"]
    if value.get("nullable") is not True:
        return plain
    return {"anyOf": [plain, {"type": "null"}]}


@lru_cache(maxsize=1)
def _registry() -> Registry[Any]:
    resource = Resource(contents=as_json_schema(description()), specification=DRAFT7)
    return Registry().with_resource(_HOME, resource)


_validators: dict[int, Draft7Validator] = {}


def validate_rest(schema: dict[str, Any], body: Any) -> Iterator[str]:
    """Complaints about an answer; schemas live in the cached description, so their identity is stable."""
    validator = _validators.get(id(schema))
    if validator is None:
        validator = _validators[id(schema)] = Draft7Validator(as_json_schema(schema), registry=_registry())
    for error in validator.iter_errors(body):
        yield f"{error.json_path}: {error.message[:200]}"
