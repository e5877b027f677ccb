"""How each field is written: for people who type it, and for the JSON Schema that watches them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from policysite.model import values as read
from policysite.model.fields import CommonFields, Named, specs


class Form(StrEnum):
    """How a field is written."""

    TEXT = "text"
    LIST = "list"
    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes or no"
    NUMBER = "number"
    PINNED = "yes, no or a day"
    FILES = "files"
    PICTURE = "picture"
    CHOICE = "choice"


_FORMS: Mapping[Callable[..., object], Form] = {
    read.read_text: Form.TEXT,
    read.read_doc_number: Form.TEXT,
    read.read_web_address: Form.TEXT,
    read.read_list: Form.LIST,
    read.read_references: Form.LIST,
    read.read_addresses: Form.LIST,
    read.read_date: Form.DAY,
    read.read_moment: Form.MOMENT,
    read.read_yes_no: Form.YES_NO,
    read.read_number: Form.NUMBER,
    read.read_pinned: Form.PINNED,
    read.read_attachments: Form.FILES,
    read.read_path: Form.PICTURE,
}


def form_of(model: type[CommonFields], row: Named) -> Form:
    """Return how a field of `model` is written."""
    if row.spec.choices:
        return Form.CHOICE
    return _FORMS[row.read]


def schema(model: type[CommonFields]) -> dict[str, Any]:
    """Return the JSON Schema of one kind's front matter; a field has a Chinese and an English name."""
    properties: dict[str, Any] = {}
    required = []
    for row in specs(model):
        described = _schema_of(form_of(model, row), row)
        properties[row.spec.label] = properties[row.key] = described
        if row.required:
            required.append({"anyOf": [{"required": [row.spec.label]}, {"required": [row.key]}]})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "文章的信息栏",
        "type": "object",
        "properties": properties,
        "allOf": required,
        "additionalProperties": False,
    }


_DAY = r"^\d{4}-\d{2}-\d{2}$"
_MOMENT = r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$"
_TEXT = {"type": ["string", "number"]}
_YES_NO = {"enum": ["是", "否", True, False]}
_TYPES: Mapping[Form, Mapping[str, Any]] = {
    Form.TEXT: _TEXT,
    Form.LIST: {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]},
    Form.DAY: {"type": "string", "pattern": _DAY},
    Form.MOMENT: {"type": "string", "pattern": _MOMENT},
    Form.YES_NO: _YES_NO,
    Form.NUMBER: {"type": "integer", "minimum": 1},
    Form.PINNED: {"anyOf": [_YES_NO, {"type": "string", "pattern": _DAY}]},
    Form.FILES: {
        "type": "array",
        "items": {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "maxProperties": 1, "additionalProperties": {"type": "string"}},
            ]
        },
    },
    Form.PICTURE: {"type": "string"},
}


def _schema_of(form: Form, row: Named) -> dict[str, Any]:
    shape = {"enum": list(row.spec.choices)} if form is Form.CHOICE else _TYPES[form]
    described: dict[str, Any] = {"title": row.spec.label, **shape}
    if row.spec.help:
        described["description"] = row.spec.help
    if row.spec.example:
        described["examples"] = [row.spec.example]
    return described
