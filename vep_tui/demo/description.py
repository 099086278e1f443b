"""GitHub's own description of REST (OpenAPI, pruned): what it documents; checking needs a validator from outside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

Validator = Callable[[dict[str, Any], Any], Iterable[str]]
"""(JSON schema, JSON) to complaints; the tests bring one made of jsonschema."""


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """The OpenAPI document."""
    loaded: dict[str, Any] = json.loads(files("vep_tui.demo").joinpath("openapi.json").read_text("utf-8"))
    return loaded


@lru_cache(maxsize=64)
def documented(method: str, path: str) -> dict[str, Any] | None:
    """The operation of a method and a real path; None when GitHub documents none. Longer templates win."""
    for template in sorted(description()["paths"], key=lambda text: text.count("{")):
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path):
            operation: dict[str, Any] | None = description()["paths"][template].get(method.lower())
            if operation is not None:
                return operation
    return None


def complaints(method: str, path: str, status: int, body: Any, validator: Validator | None) -> list[str]:
    """What an answer has that GitHub's description does not allow.

    Only 2xx answers must be documented: GitHub itself refuses with statuses that its description leaves out.
    """
    operation = documented(method, path)
    if operation is None:
        return [f"undocumented route: {method} {path}"] if status < 300 else []
    response = operation["responses"].get(str(status))
    if response is None:
        return [f"undocumented status {status}: {method} {path}"] if status < 300 else []
    schema = _schema(response)
    if schema is None or validator is None:
        return []
    return [f"{method} {path} {status}: {text}" for text in validator(schema, body)]


def _schema(response: dict[str, Any]) -> dict[str, Any] | None:
    if "$ref" in response:
        response = description()["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schema: dict[str, Any] | None = response.get("content", {}).get("application/json", {}).get("schema")
    return schema
