"""How a rehearsal provider behaves, and the faults that it can be told to commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

FAULT_KINDS = frozenset(
    {
        "rate_limited",
        "insufficient_quota",
        "server_error",
        "unavailable",
        "html",
        "no_data",
        "error_inside",
        "event_stream",
        "truncated",
        "oversized",
        "drip",
        "hang",
        "reset",
        "redirect",
        "compressed",
        "not_base64",
        "wrong_format",
        "wrong_size",
        "rounded_size",
        "blank",
        "grey",
        "bomb",
        "url",
        "foreign_url",
        "refuse_input",
        "refuse_output",
        "refuse_unknown",
        "content_policy_violation",
        "azure_content_filter",
        "azure_old_content_filter",
        "azure_jailbreak",
        "azure_filtered_output",
        "temporarily_blocked",
        "model_gone",
        "model_gone_404",
        "key_rejected",
        "unknown_parameter",
        "invalid_size",
        "plain_text_error",
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What the server does with the next image requests instead of drawing.

    Attributes:
        kind: one of ``FAULT_KINDS``.
        times: how many requests it meets; 0 for every one until a reset.
        seconds: ``retry-after`` of a 429, length of a hang, pause between the bytes of a drip.
        milliseconds: ``retry-after-ms`` of a 429; 0 leaves the header out.
        parameter: the parameter that ``unknown_parameter`` complains of.
        size: bytes of an oversized answer.
        is_drawn: the picture counts as drawn (and billed) although no good answer comes.
    """

    kind: str
    times: int = 1
    seconds: float = 0.0
    milliseconds: int = 0
    parameter: str = ""
    size: int = 0
    is_drawn: bool = False

    def __post_init__(self) -> None:
        if self.kind not in FAULT_KINDS:
            raise ValueError(f"No fault called {self.kind!r}; there are {', '.join(sorted(FAULT_KINDS))}.")


@dataclass(frozen=True, slots=True)
class RehearsalConfig:
    """How the server behaves when nothing is scripted.

    Attributes:
        key: what ``Authorization: Bearer`` or ``api-key`` must carry; "" lets everyone in.
        limit: units a minute; 0 for no limit.
        unit: ``requests`` or ``pictures``.
        burst: units that may come at once.
        jitter_seconds: how much earlier than its slot a request may arrive; it absorbs the road's
            unevenness and leaves the rate of the long run as it is.
        latency_seconds: least and most time that a drawing takes.
        seed: start of the latency's random numbers.
        models: name -> shutdown date (ISO) or None. A name that isn't here is ``model_not_found``.
        unknown_parameters: optional parameters that this server doesn't know, as compatible ones do.
        flag_words: words that ``/v1/moderations`` flags as violence.
    """

    key: str = "rehearsal-key"
    limit: float = 0.0
    unit: str = "requests"
    burst: int = 1
    jitter_seconds: float = 0.0
    latency_seconds: tuple[float, float] = (0.0, 0.0)
    seed: int = 1
    models: Mapping[str, str | None] = field(
        default_factory=lambda: MappingProxyType({"rehearsal-1": None, "rehearsal-old": "2026-12-01"})
    )
    unknown_parameters: frozenset[str] = frozenset()
    flag_words: tuple[str, ...] = ("flag-this",)

    def __post_init__(self) -> None:
        if self.unit not in {"requests", "pictures"}:
            raise ValueError("The unit of a limit is requests or pictures.")
        if self.limit < 0 or self.burst < 1 or self.latency_seconds[0] > self.latency_seconds[1]:
            raise ValueError(
                "A limit is 0 or more, a burst 1 or more, and a latency goes from least to most."
            )
