"""Redirects and security headers in the form in which two providers' CDNs take them.

Aliyun: `Functions` of BatchSetCdnDomainConfig; its redirects answer 302 and are at most 50 a domain.
Tencent: the input of UpdateDomainConfig (UrlRedirect, ResponseHeader); at most 10 redirects. Where a
site has more, its redirect pages do the work.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

REDIRECTS_OF_ALIYUN, REDIRECTS_OF_TENCENT = 50, 10


def aliyun(redirects: Sequence[tuple[str, str]], headers: Mapping[str, str]) -> str:
    """Return the features to be set, as JSON; `redirects` are old and new paths."""
    functions = [_function("set_resp_header", key=k, value=v) for k, v in headers.items()]
    functions += [
        _function("host_redirect", regex=f"^{re.escape(old)}$", replacement=new, flag="redirect")
        for old, new in redirects[:REDIRECTS_OF_ALIYUN]
    ]
    return _json(functions)


def _function(name: str, **arguments: str) -> dict[str, object]:
    listed = [{"argName": key, "argValue": value} for key, value in arguments.items()]
    return {"functionArgs": listed, "functionName": name}


def tencent(redirects: Sequence[tuple[str, str]], headers: Mapping[str, str], domain: str) -> str:
    """Return the domain's settings, as JSON."""
    return _json({
        "Domain": domain,
        "ResponseHeader": _switched("HeaderRules", (_header_rule(*h) for h in headers.items())),
        "UrlRedirect": _switched(
            "PathRules", (_path_rule(*r, domain) for r in redirects[:REDIRECTS_OF_TENCENT])
        ),
    })  # fmt: skip


def _switched(name: str, rules: Iterable[dict[str, object]]) -> dict[str, object]:
    listed = list(rules)
    return {"Switch": "on", name: listed} if listed else {"Switch": "off"}


def _header_rule(name: str, value: str) -> dict[str, object]:
    every = {"RuleType": "all", "RulePaths": ["*"]}
    return {"HeaderMode": "set", "HeaderName": name, "HeaderValue": value, **every}


def _path_rule(old: str, new: str, domain: str) -> dict[str, object]:
    rule = {"RedirectStatusCode": 301, "Pattern": old, "FullMatch": True, "RedirectUrl": new}
    # Without it the CDN sends readers to http://.
    return rule | ({"RedirectHost": f"https://{domain}"} if domain else {})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
