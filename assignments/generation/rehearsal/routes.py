"""Where the image APIs live: OpenAI's address and both of Azure's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_V1 = re.compile(r"^(?P<azure>/openai)?/v1/(?P<what>images/generations|images/edits|models|moderations)/?$")
_DEPLOYMENT = re.compile(
    r"^/openai/deployments/(?P<deployment>[^/]+)/(?P<what>images/generations|images/edits)$"
)
_METHODS = {"images/generations": "POST", "images/edits": "POST", "models": "GET", "moderations": "POST"}


@dataclass(frozen=True, slots=True)
class Route:
    """What a path stands for; ``deployment`` is the model's name where the path carries it."""

    what: str
    method: str
    is_azure: bool = False
    deployment: str = ""
    api_version: str = ""


def find_route(target: str) -> Route | None:
    """Return the route of a request target, or None when the real service would answer 404."""
    parts = urlsplit(target)
    if found := _V1.match(parts.path):
        what = found["what"]
        is_azure = bool(found["azure"])
        if is_azure and what == "moderations":
            return None
        return Route(what, _METHODS[what], is_azure)
    if found := _DEPLOYMENT.match(parts.path):
        version = parse_qs(parts.query).get("api-version", [""])[0]
        if not version:
            return None
        return Route(found["what"], "POST", True, found["deployment"], version)
    return None
