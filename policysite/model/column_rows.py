"""What a row of content/columns.toml may hold."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from policysite.model.folders import SLUG

__all__ = ["Row", "ValidationError"]

# 国办发〔2017〕47号 附件《网页设计规范》ColumnType；“其他”留给规范没有列出的栏目
COLUMN_TYPES = (
    "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件", "政策解读", "信息公开指南",
    "信息公开目录", "信息公开年报", "依申请公开", "数据发布", "数据开放", "回应关切", "办事服务",
    "咨询投诉", "征集调查", "在线访谈", "其他",
)  # fmt: skip


class Row(BaseModel):
    """One [[column]] of the table, or one [[column.child]] of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    slug: str = Field(min_length=1)
    name: str = Field(min_length=1, max_length=20)
    description: str = Field(min_length=1)
    keywords: list[str] = Field(min_length=1)
    type: str
    update_days: int | None = Field(default=None, ge=1)
    home: int | None = Field(default=None, ge=1, le=20)
    page: str = ""
    archived: bool = False
    child: list[Row] = []

    @field_validator("slug", "page")
    @classmethod
    def _is_slug(cls, value: str) -> str:
        if value and not SLUG.fullmatch(value):
            raise ValueError(f"“{value}”只能用小写英文字母、数字和减号")
        return value

    @field_validator("type")
    @classmethod
    def _is_type(cls, value: str) -> str:
        if value not in COLUMN_TYPES:
            raise ValueError(f"没有“{value}”这种类型，可以写：{'、'.join(COLUMN_TYPES)}")
        return value
