"""What the real services accept; everything else is an error with their own status, code and words."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from .config import RehearsalConfig
from .multipart import Part

_COMMON = frozenset(
    {
        "model", "prompt", "n", "size", "quality", "background", "moderation", "output_compression",
        "output_format", "partial_images", "safety_identifier", "stream", "user",
    }
)  # fmt: skip
_EDIT_ONLY = frozenset({"input_fidelity", "image", "image[]", "mask"})
_QUALITIES = frozenset({"auto", "low", "medium", "high"})
_FORMATS = frozenset({"png", "jpeg", "webp"})
MAX_PROMPT_CHARACTERS = 32_000
MIN_PIXELS, MAX_PIXELS = 655_360, 8_294_400


class ApiError(Exception):
    """An answer that is not 200."""

    def __init__(
        self,
        status: int,
        code: str | None,
        message: str,
        *,
        parameter: str | None = None,
        kind: str = "invalid_request_error",
        more: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = {
            "error": {"message": message, "type": kind, "param": parameter, "code": code, **(more or {})}
        }
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Order:
    """A request that the rules let through."""

    model: str
    prompt: str
    count: int
    width: int
    height: int
    pseudonym: str
    is_edit: bool = False


def check_generation(params: Mapping[str, Any], config: RehearsalConfig, *, is_azure: bool = False) -> Order:
    """Return the order, or raise ApiError as the real service would answer."""
    return _check(params, config, is_azure=is_azure, known=_COMMON)


def check_edit(parts: tuple[Part, ...], config: RehearsalConfig, *, is_azure: bool = False) -> Order:
    params: dict[str, Any] = {
        part.name: part.data.decode("utf-8")
        for part in parts
        if part.name not in {"image", "image[]", "mask"}
    }
    if "n" in params:
        params["n"] = int(params["n"]) if str(params["n"]).isdigit() else params["n"]
    order = _check(params, config, is_azure=is_azure, known=_COMMON | _EDIT_ONLY)
    images = [part for part in parts if part.name in {"image", "image[]"}]
    if not 1 <= len(images) <= 16:
        raise ApiError(
            400, "missing_required_parameter", "Missing required parameter: 'image'.", parameter="image"
        )
    sizes = [_size_of(part, {"PNG", "JPEG", "WEBP"}) for part in images]
    for mask in (part for part in parts if part.name == "mask"):
        if _size_of(mask, {"PNG"}, needs_alpha=True) != sizes[0]:
            raise ApiError(
                400,
                "invalid_image_file",
                "Invalid mask image: it must have the same size as the image.",
                parameter="mask",
            )
    return Order(
        order.model, order.prompt, order.count, order.width, order.height, order.pseudonym, is_edit=True
    )


def _check(
    params: Mapping[str, Any], config: RehearsalConfig, *, is_azure: bool, known: frozenset[str]
) -> Order:
    for name in params:
        if name not in known or name in config.unknown_parameters:
            raise unknown_parameter(name)
    model = params.get("model")
    if not isinstance(model, str) or model not in config.models:
        raise deployment_not_found() if is_azure else model_not_found(str(model))
    prompt = params.get("prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        raise ApiError(
            400, "missing_required_parameter", "Missing required parameter: 'prompt'.", parameter="prompt"
        )
    if len(prompt) > MAX_PROMPT_CHARACTERS:
        raise ApiError(
            400, "string_above_max_length", "Invalid 'prompt': string too long.", parameter="prompt"
        )
    count = params.get("n", 1)
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= 10:
        raise ApiError(400, "invalid_value", "Invalid 'n': expected an integer from 1 to 10.", parameter="n")
    _check_choice(params, "quality", _QUALITIES)
    _check_choice(params, "output_format", _FORMATS - {"webp"} if is_azure else _FORMATS)
    pseudonym = params.get("safety_identifier") or params.get("user") or ""
    if not isinstance(pseudonym, str) or len(pseudonym) > 64:
        raise ApiError(
            400, "string_above_max_length", "Invalid 'safety_identifier'.", parameter="safety_identifier"
        )
    width, height = _check_size(params.get("size", "auto"))
    return Order(model, prompt, count, width, height, pseudonym)


def _check_choice(params: Mapping[str, Any], name: str, allowed: frozenset[str]) -> None:
    if name in params and params[name] not in allowed:
        raise ApiError(400, "invalid_value", f"Invalid value: {params[name]!r}.", parameter=name)


def _check_size(size: Any) -> tuple[int, int]:
    if size == "auto":
        return 1024, 1024
    found = re.fullmatch(r"([1-9]\d{1,4})x([1-9]\d{1,4})", str(size))
    if not found:
        raise invalid_size(str(size))
    width, height = int(found.group(1)), int(found.group(2))
    is_ratio_good = width <= 3 * height and height <= 3 * width
    if width % 16 or height % 16 or not is_ratio_good or not MIN_PIXELS <= width * height <= MAX_PIXELS:
        raise invalid_size(str(size))
    return width, height


def _size_of(part: Part, formats: set[str], *, needs_alpha: bool = False) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(part.data), formats=sorted(formats)) as image:
            has_alpha = "A" in image.getbands() or "transparency" in image.info
            if needs_alpha and not has_alpha:
                raise ApiError(
                    400, "invalid_image_file", "Invalid mask image: no alpha channel.", parameter=part.name
                )
            return image.size
    except OSError:
        raise ApiError(
            400, "invalid_image_file", "Invalid image file or mode.", parameter=part.name
        ) from None


def unknown_parameter(name: str) -> ApiError:
    return ApiError(400, "unknown_parameter", f"Unknown parameter: '{name}'.", parameter=name)


def invalid_size(size: str) -> ApiError:
    return ApiError(
        400, "invalid_value", f"Invalid size '{size}'.", parameter="size", kind="image_generation_user_error"
    )


def model_not_found(model: str, status: int = 400) -> ApiError:
    return ApiError(status, "model_not_found", f"The model '{model}' does not exist.", parameter="model")


def deployment_not_found() -> ApiError:
    return ApiError(404, "DeploymentNotFound", "The API deployment for this resource does not exist.")


def key_rejected() -> ApiError:
    return ApiError(401, "invalid_api_key", "Incorrect API key provided.")


def rate_limited(seconds: float, milliseconds: int = 0) -> ApiError:
    headers = {"retry-after": str(math.ceil(seconds))} if seconds else {}
    if milliseconds:
        headers["retry-after-ms"] = str(milliseconds)
    return ApiError(
        429,
        "rate_limit_exceeded",
        "Rate limit reached. Please try again later.",
        kind="requests",
        headers=headers,
    )
