"""Which models a school is offered: the sample provider always, one from the environment's key when there is one."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import transaction

from assignments.models import Endpoint, ImageModel, Limit, SchoolModel
from edu4all.accounts.models import School

# What an unknown model of the family costs at most: its true prices are an admin's to enter.
CAUTIOUS_PRICE_USD = Decimal("0.25")
TEXT_IN_USD, IMAGE_IN_USD, IMAGE_OUT_USD = Decimal(5), Decimal(8), Decimal(30)
# The first tier of both vendors; raised by an admin, or learned from the answers.
FIRST_TIER_PER_MINUTE = 5.0


def ensure_sample_model(name: str = "Sample") -> ImageModel:
    """The offline provider's model; it is free and as fast as the machine.

    Schools that share an endpoint share its queue; each with an endpoint of its own has its own pace.
    """
    endpoint, _is_new = Endpoint.objects.get_or_create(name=name, defaults={"kind": Endpoint.Kind.SAMPLE})
    limit, _is_new = Limit.objects.get_or_create(
        endpoint=endpoint, name="Sample", defaults={"per_minute": 120.0, "burst": 4, "in_flight": 2}
    )
    model, _is_new = ImageModel.objects.get_or_create(
        endpoint=endpoint,
        name="sample",
        defaults={
            "limit": limit,
            "label": "Sample",
            "max_count": 4,
            "can_edit": True,
            "can_mask": True,
            "has_seed": True,
            "has_negative_prompt": True,
        },
    )
    return model


def offer_model(*, school: School, image_model: ImageModel, is_default: bool) -> SchoolModel:
    """Let a school use a model. As its default it takes the place of the one before."""
    used = {"is_used": True} if is_default else {}
    with transaction.atomic():
        if is_default:
            SchoolModel.objects.filter(school=school, is_default=True).exclude(
                image_model=image_model
            ).update(is_default=False)
        offered, _is_new = SchoolModel.objects.update_or_create(
            school=school, image_model=image_model, defaults={"is_default": is_default} | used
        )
    return offered


def wanted_kind() -> str:
    """The kind of provider that the environment asks for; "" or ``sample`` where it holds no key."""
    if settings.IMAGE_PROVIDER:
        return str(settings.IMAGE_PROVIDER)
    if settings.AZURE_OPENAI_KEY and settings.AZURE_OPENAI_ENDPOINT:
        return "azure"
    return "openai" if settings.OPENAI_API_KEY else ""


def offer_environment_model(*, school: School) -> ImageModel | None:
    """Offer the environment's model as the school's default, with the sample as fallback; None without a key."""
    kind = wanted_kind()
    if kind == "openai" and settings.OPENAI_API_KEY:
        base_url, name = settings.OPENAI_BASE_URL, settings.OPENAI_IMAGE_MODEL
    elif kind == "azure" and settings.AZURE_OPENAI_KEY:
        base_url, name = settings.AZURE_OPENAI_ENDPOINT, settings.AZURE_OPENAI_DEPLOYMENT or "image"
    else:
        return None
    endpoint, _is_new = Endpoint.objects.update_or_create(
        name=f"{kind} (environment)",
        defaults={
            "kind": kind,
            "base_url": base_url,
            "deployment": settings.AZURE_OPENAI_DEPLOYMENT if kind == "azure" else "",
            "api_version": settings.AZURE_OPENAI_API_VERSION if kind == "azure" else "",
            "key_source": Endpoint.KeySource.ENVIRONMENT,
            "has_moderation": kind == "openai",
            "is_enabled": True,
        },
    )
    limit, _is_new = Limit.objects.get_or_create(
        endpoint=endpoint, name="Images", defaults={"per_minute": FIRST_TIER_PER_MINUTE, "in_flight": 4}
    )
    model, _is_new = ImageModel.objects.get_or_create(
        endpoint=endpoint,
        name=name,
        defaults={
            "limit": limit,
            "max_count": 4,
            "can_edit": True,
            "can_mask": True,
            "qualities": ["low", "medium", "high"],
            "quality": "medium",
            "price_per_picture_usd": CAUTIOUS_PRICE_USD,
            "price_text_in_usd": TEXT_IN_USD,
            "price_image_in_usd": IMAGE_IN_USD,
            "price_image_out_usd": IMAGE_OUT_USD,
            "fallback": None,
        },
    )
    offer_model(school=school, image_model=model, is_default=True)
    return model
