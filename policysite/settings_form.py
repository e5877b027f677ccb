"""What settings must look like, and what is wrong with them in plain words.

Loaded only where settings are read: an edit has them from the last build, and pydantic takes longer
to load than its page to make.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, get_type_hints

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, create_model

from policysite.model.index_number import check_rule


def _form(pattern: str, said: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise ValueError(said)
        return value

    return AfterValidator(check)


def _check_colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError("写成 #9d1119 这样的颜色")
    if _contrast_with_white(value) < 7:
        raise ValueError("颜色太浅，上面的白字看不清（对比度要达到 7:1），请换深一些的")
    return value


def _contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    luminance = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


domain = _form(
    r"(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+", "只写域名，例如 www.example.org，不带 https:// 和斜线"
)
site_path = _form(r"/\S*", "要写网址")
web = _form(r"https?://\S+", "要写以 http:// 或 https:// 开头的网址")
mail = _form(r"[^@\s]+@[^@\s]+\.[^@\s]+", "不是电子邮箱地址")
postcode = _form(r"\d{6}", "邮政编码是六位数字")
icp = _form(r"\S{1,3}ICP[备证]\d{6,8}号(-\d+)?", "写法如 示ICP备00000001号-1")
# 网站标识码 has ten characters (国办发〔2017〕47号); a union may have none.
id_code = _form(r"[a-z]{2}\d{8}|\d{10}", "网站标识码是十位")
disclosure = _form("主动公开|依申请公开|不予公开", "写主动公开、依申请公开或不予公开")
police = _form(r"\S{1,4}公网安备\s?\d{14}号", "写法如 示公网安备 00000000000001号，数字十四位")
dark_colour = AfterValidator(_check_colour)
index_rule = AfterValidator(check_rule)
not_empty = Field(min_length=1)


def name_of(least: int, most: int) -> Any:
    """Return the form of a name of so many characters."""
    return Field(min_length=least, max_length=most)


def between(least: int, most: int) -> Any:
    """Return the form of a number."""
    return Field(ge=least, le=most)


def checked(part: type, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a part of the settings, those that are not given too.

    Beside them, what is wrong with each that is missing, unknown or of the wrong form; there are no
    values then.
    """
    try:
        found = _model(part).model_validate(dict(values))
    except ValidationError as error:
        return {}, _reasons(error)
    return {field.name: getattr(found, field.name) for field in fields(part)}, {}


@cache
def _model(part: type) -> type[BaseModel]:
    """Return the model of a part: its annotations name the forms above, and other parts."""
    hints = get_type_hints(part, localns=globals(), include_extras=True)
    given: Any = {
        field.name: (hints[field.name], ... if field.default is MISSING else field.default)
        for field in fields(part)
    }
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    return create_model(part.__name__, __config__=config, **given)


_REASONS = {
    "missing": "没有写",
    "extra_forbidden": "没有这一项，请检查拼写",
    "string_type": "要写成引号里的文字",
    "string_too_short": "不能是空的，或太短了",
    "string_too_long": "太长了",
    "int_type": "要写成数字",
    "int_parsing": "要写成数字",
    "bool_type": "要写成 True 或 False",
    "bool_parsing": "要写成 True 或 False",
    "greater_than_equal": "数字太小",
    "less_than_equal": "数字太大",
    "tuple_type": "要写成括号里的列表，只有一项时末尾加逗号",
}


def _reasons(error: ValidationError) -> dict[str, str]:
    found: dict[str, str] = {}
    for fault in error.errors():
        name = ".".join(str(step) for step in fault["loc"] if not str(step).startswith("function"))
        known = _REASONS.get(fault["type"], "写法不对，请对照 pelicanconf.py 里的示例")
        own = fault["type"] == "value_error"
        found.setdefault(name, fault["msg"].removeprefix("Value error, ") if own else known)
    return found
