"""Settings of Front Matter CMS, an extension of VS Code that shows the fields as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from policysite.model.columns import Column
from policysite.model.fields import (
    ArticleFields,
    CommonFields,
    Named,
    PageFields,
    TopicFields,
    specs,
)
from policysite.tools.field_forms import Form, form_of

_KINDS: Mapping[str, type[CommonFields]] = {
    "article": ArticleFields,
    "page": PageFields,
    "topic": TopicFields,
}


def form_editor(columns: Sequence[Column]) -> dict[str, Any]:
    """Return the settings, with a folder for each of `columns`."""
    places = [
        (f"{c.parent_name} > {c.name}".removeprefix(" > "), c.path, "article") for c in columns
    ]
    places += [("固定页面", "pages", "page"), ("专题", "topics", "topic")]
    return {
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.framework.id": "other",
        "frontMatter.preview.host": "http://localhost:8000",
        "frontMatter.content.publicFolder": "content",
        "frontMatter.content.pageFolders": [
            {
                "title": title,
                "path": f"[[workspace]]/content/{path}",
                "contentTypes": [kind],
                "excludeSubdir": True,
            }
            for title, path, kind in places
        ],
        "frontMatter.taxonomy.frontMatterType": "YAML",
        "frontMatter.taxonomy.indentArrays": True,
        "frontMatter.taxonomy.dateFormat": "yyyy-MM-dd",
        "frontMatter.taxonomy.seoTitleField": "标题",
        "frontMatter.taxonomy.seoDescriptionField": "摘要",
        "frontMatter.taxonomy.contentTypes": [
            {
                "name": name,
                "pageBundle": False,
                "clearEmpty": True,
                "filePrefix": "yyyy-MM-dd" if model is ArticleFields else "",
                "fields": [_cms_field(form_of(model, row), row) for row in specs(model)],
            }
            for name, model in _KINDS.items()
        ],
    }


_CMS_TYPES: Mapping[Form, Mapping[str, Any]] = {
    Form.TEXT: {"type": "string", "single": True},
    Form.LIST: {"type": "list"},
    Form.FILES: {"type": "list"},
    Form.DAY: {"type": "datetime", "dateFormat": "yyyy-MM-dd"},
    Form.MOMENT: {"type": "datetime", "dateFormat": "yyyy-MM-dd HH:mm"},
    Form.YES_NO: {"type": "choice", "choices": ["是", "否"]},
    Form.NUMBER: {"type": "number"},
    Form.PINNED: {"type": "string", "single": True},
    Form.PICTURE: {"type": "image", "isPreviewImage": True},
}


def _cms_field(form: Form, row: Named) -> dict[str, Any]:
    if form is Form.CHOICE:
        shape: Mapping[str, Any] = {"type": "choice", "choices": list(row.spec.choices)}
    else:
        shape = _CMS_TYPES[form]
    field: dict[str, Any] = {"title": row.spec.label, "name": row.spec.label, **shape}
    if row.required:
        field["required"] = True
    if row.spec.help:
        field["description"] = row.spec.help
    if row.key == "date":
        field |= {"isPublishDate": True, "default": "{{now}}"}
    if row.key == "updated":
        field["isModifiedDate"] = True
    return field
