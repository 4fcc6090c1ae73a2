"""From where somebody asks, also behind proxies."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The asker's IP address as the outermost of our own ``PROXY_COUNT`` proxies saw it.

    Each proxy adds the address it was asked from at the end of ``X-Forwarded-For``; what stands before
    those of our own proxies is the asker's invention. Without proxies the header is not read at all.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if not 0 < settings.PROXY_COUNT <= len(hops):
        return direct
    return _read_address(hops[-settings.PROXY_COUNT]) or direct


def _read_address(hop: str) -> str:
    """An address as proxies write it: some add a port, and brackets around IPv6; empty for anything else."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
