"""Whether the process lives; readiness of the parts is asked in the project's own urls."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

Probe = Callable[[], None]


@never_cache
@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def make_readyz(probes: Mapping[str, Probe]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that runs every probe and answers 200 when none raises, else 503 with the names of those that did."""

    @never_cache
    @require_safe
    @login_not_required
    def readyz(request: HttpRequest) -> HttpResponse:
        broken = [name for name, probe in probes.items() if not _is_answering(probe)]
        body = {name: name not in broken for name in probes}
        return JsonResponse(body, status=503 if broken else 200)

    return readyz


def _is_answering(probe: Probe) -> bool:
    try:
        probe()
    except Exception:
        return False
    return True
