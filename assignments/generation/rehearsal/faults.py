"""The ways to fail: each answers one image request in place of a good picture.

``refusal_of`` gives the faults that are an orderly error, ``pictures_of`` those that draw badly;
what is left breaks the HTTP answer itself and is played by the connection (``server.py``).
"""

from __future__ import annotations

from typing import Any

from . import art, rules
from .config import Fault
from .rules import ApiError, Order

_FILTERED = {
    "hate": {"filtered": False, "severity": "safe"},
    "violence": {"filtered": True, "severity": "medium"},
}


def refusal_of(fault: Fault, order: Order) -> ApiError | None:
    """Return the error that this fault answers with, or None when it isn't an orderly error."""
    match fault.kind:
        case "rate_limited":
            return rules.rate_limited(fault.seconds, fault.milliseconds)
        case "insufficient_quota":
            words = "You exceeded your current quota."
            return ApiError(429, "insufficient_quota", words, kind="insufficient_quota")
        case "server_error":
            return ApiError(500, None, "The server had an error.", kind="server_error")
        case "unavailable":
            return ApiError(
                503, None, "The engine is overloaded.", kind="server_error", headers=_retry(fault)
            )
        case "temporarily_blocked":
            return ApiError(
                403, "403", "Your resource has been temporarily blocked because of repeated abuse."
            )
        case "model_gone":
            return rules.model_not_found(order.model)
        case "model_gone_404":
            return rules.model_not_found(order.model, status=404)
        case "key_rejected":
            return rules.key_rejected()
        case "unknown_parameter":
            return rules.unknown_parameter(fault.parameter or "safety_identifier")
        case "invalid_size":
            return rules.invalid_size(f"{order.width}x{order.height}")
    return _content_refusal(fault.kind)


def _retry(fault: Fault) -> dict[str, str]:
    return {"retry-after": str(round(fault.seconds))} if fault.seconds else {}


def _content_refusal(kind: str) -> ApiError | None:
    match kind:
        case "refuse_input" | "refuse_output" | "refuse_unknown":
            stage = kind.removeprefix("refuse_")
            more: dict[str, Any] = {
                "moderation_details": {"moderation_stage": stage, "categories": ["violence"]}
            }
            words = "Your request was rejected by the safety system."
            return ApiError(400, "moderation_blocked", words, kind="image_generation_user_error", more=more)
        case "content_policy_violation":
            return ApiError(
                400, kind, "Your prompt may contain text that is not allowed by our safety system."
            )
        case "azure_content_filter":
            more = {
                "inner_error": {"code": "ResponsibleAIPolicyViolation", "content_filter_results": _FILTERED}
            }
            return ApiError(
                400, "contentFilter", "Your task failed as a result of our safety system.", more=more
            )
        case "azure_old_content_filter":
            more = {
                "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": _FILTERED}
            }
            return ApiError(400, "content_filter", "The response was filtered.", more=more)
        case "azure_jailbreak":
            more = {
                "innererror": {"content_filter_result": {"jailbreak": {"filtered": True, "detected": True}}}
            }
            return ApiError(400, "content_filter", "The response was filtered.", more=more)
        case "azure_filtered_output":
            message = "Generated image was filtered as a result of our safety system."
            return ApiError(400, "contentFilter", message)
    return None


def pictures_of(fault: Fault, order: Order, numbers: tuple[int, ...]) -> list[bytes] | None:
    """Return the bad pictures that this fault draws, or None when it is no matter of pictures."""
    width, height = order.width, order.height
    drawn: bytes
    match fault.kind:
        case "wrong_format":
            drawn = art.draw_gif(width, height)
        case "wrong_size":
            return [art.draw_png(1024, 1024, number) for number in numbers]
        case "rounded_size":
            return [art.draw_png(_up_to_64(width), _up_to_64(height), number) for number in numbers]
        case "blank":
            drawn = art.draw_blank(width, height)
        case "grey":
            drawn = art.draw_grey(width, height)
        case "bomb":
            drawn = art.draw_bomb()
        case _:
            return None
    return [drawn for _ in numbers]


def _up_to_64(side: int) -> int:
    return -(-side // 64) * 64
