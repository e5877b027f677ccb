"""The rules, one module for each indicator; a rule stands beside the function that checks it."""

from __future__ import annotations

from collections.abc import Mapping

from policysite.audit.rule import MemberRule, PageRule, Rule, SiteRule
from policysite.audit.rules import (
    access,
    content,
    documents,
    frame,
    links,
    notices,
    sample,
    search,
    tags,
    updates,
    weight,
)

_MODULES = (
    tags,
    updates,
    links,
    frame,
    documents,
    notices,
    content,
    sample,
    access,
    weight,
    search,
)
RULES: Mapping[str, Rule] = {rule.code: rule for module in _MODULES for rule in module.RULES}
"""Every rule by its code, in the order of reports."""
PAGE_RULES: Mapping[str, PageRule] = {c: r for c, r in RULES.items() if isinstance(r, PageRule)}
MEMBER_RULES: Mapping[str, MemberRule] = {
    c: r for c, r in RULES.items() if isinstance(r, MemberRule)
}
SITE_RULES: Mapping[str, SiteRule] = {c: r for c, r in RULES.items() if isinstance(r, SiteRule)}
