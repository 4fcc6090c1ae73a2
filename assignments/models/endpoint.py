from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Endpoint(models.Model):
    """An address with its key: the operator's.

    An environment key is never stored and is only ever sent to its own environment address.
    """

    class Kind(models.TextChoices):
        SAMPLE = "sample", _("Sample (offline)")
        OPENAI = "openai", _("OpenAI or compatible")
        AZURE = "azure", _("Azure OpenAI")

    class KeySource(models.TextChoices):
        NONE = "none", _("No key")
        ENVIRONMENT = "environment", _("From the environment")
        STORED = "stored", _("Stored, encrypted")

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    base_url = models.URLField(_("address"), max_length=300, blank=True)
    deployment = models.CharField(_("deployment"), max_length=120, blank=True)
    api_version = models.CharField(_("API version"), max_length=40, blank=True)
    key_source = models.CharField(_("key"), max_length=12, choices=KeySource.choices, default=KeySource.NONE)
    key_encrypted = models.BinaryField(blank=True, default=b"", editable=False)
    # Only OpenAI's own address is known to answer at /moderations; compatible servers mostly don't.
    has_moderation = models.BooleanField(_("offers the second opinion (moderation)"), default=False)
    is_enabled = models.BooleanField(_("enabled"), default=True)

    class Meta:
        verbose_name = _("endpoint")
        verbose_name_plural = _("endpoints")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["sample", "openai", "azure"]), name="endpoint_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(key_source__in=["none", "environment", "stored"]),
                name="endpoint_key_source_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_external(self) -> bool:
        return self.kind != self.Kind.SAMPLE

    @property
    def is_in_own_network(self) -> bool:
        """Whether its host is one that the operator allows by name."""
        return (urlsplit(self.base_url).hostname or "") in settings.ALLOWED_PRIVATE_HOSTS


class Limit(models.Model):
    """What an endpoint allows, shared by its models; the queue's clock stands in this row.

    Speed follows GCRA (ITU-T I.371): ``tat`` is the theoretical arrival time of the next cell in
    seconds since the epoch by the database's clock; spacing is 60 / per_minute seconds plus 1 %.
    ``virtual_time`` is V of start-time fair queueing (Goyal, Vin, Cheng 1996).
    """

    class Unit(models.TextChoices):
        REQUESTS = "requests", _("Requests")
        PICTURES = "pictures", _("Pictures")

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="limits")
    name = models.CharField(_("name"), max_length=80)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices, default=Unit.PICTURES)
    per_minute = models.FloatField(_("a minute"), default=60.0, validators=[MinValueValidator(0.01)])
    burst = models.PositiveSmallIntegerField(_("burst"), default=1, validators=[MinValueValidator(1)])
    in_flight = models.PositiveSmallIntegerField(
        _("calls in flight"), default=4, validators=[MinValueValidator(1)]
    )
    # Two clocks of the same rule: ``tat`` plans when rows are claimed, ``send_tat`` books the moment at
    # which a claimed row's request leaves, so a worker that is late pushes nobody into a 429.
    tat = models.FloatField(default=0.0, editable=False)
    send_tat = models.FloatField(default=0.0, editable=False)
    armed_at = models.FloatField(default=0.0, editable=False)  # when the next wake-up is due
    not_before = models.FloatField(default=0.0, editable=False)  # a 429 moved the clock to here
    virtual_time = models.FloatField(default=0.0, editable=False)
    dispatch_cpu_seconds = models.FloatField(default=0.0, editable=False)  # spent on choosing, summed up
    learned_per_minute = models.FloatField(null=True, blank=True, editable=False)
    learned_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        ordering = ["endpoint", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__in=["requests", "pictures"]), name="limit_unit_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(per_minute__gt=0, burst__gte=1, in_flight__gte=1),
                name="limit_numbers_are_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint} {self.name}"


class ImageModel(models.Model):
    """A model's name at an endpoint, with what it can do and what it costs. Data, never code."""

    class StopReason(models.TextChoices):
        QUOTA = "quota_exhausted", _("The account is used up")
        BLOCKED = "account_blocked", _("The account is blocked")
        KEY = "key_rejected", _("The key is not accepted")
        GONE = "model_gone", _("The model no longer exists")
        ADDRESS = "address_forbidden", _("The address is not allowed")

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="image_models")
    limit = models.ForeignKey(Limit, models.PROTECT, related_name="image_models")
    name = models.CharField(_("model"), max_length=120)
    label = models.CharField(_("label"), max_length=80, blank=True)
    sizes = models.JSONField(_("sizes"), default=list, blank=True)  # [[width, height], ...], empty = any
    width = models.PositiveIntegerField(_("width"), default=1536, validators=[MinValueValidator(1)])
    height = models.PositiveIntegerField(_("height"), default=864, validators=[MinValueValidator(1)])
    qualities = models.JSONField(_("qualities"), default=list, blank=True)
    quality = models.CharField(_("quality"), max_length=20, blank=True)
    max_count = models.PositiveSmallIntegerField(
        _("most pictures a call"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    can_edit = models.BooleanField(_("can edit"), default=False)
    can_mask = models.BooleanField(_("can edit a marked part"), default=False)
    has_seed = models.BooleanField(_("takes a seed"), default=False)
    has_negative_prompt = models.BooleanField(_("takes a negative prompt"), default=False)
    # US$ a picture at most, reserved at the press; and US$ a million tokens, for the true cost.
    price_per_picture_usd = models.DecimalField(
        _("highest price a picture (US$)"),
        max_digits=10,
        decimal_places=6,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    price_text_in_usd = models.DecimalField(
        _("US$ a million text tokens in"),
        max_digits=10,
        decimal_places=4,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    price_image_in_usd = models.DecimalField(
        _("US$ a million image tokens in"),
        max_digits=10,
        decimal_places=4,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    price_image_out_usd = models.DecimalField(
        _("US$ a million image tokens out"),
        max_digits=10,
        decimal_places=4,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    shutdown_at = models.DateField(_("shutdown date"), null=True, blank=True)
    fallback = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("fall back on")
    )
    is_enabled = models.BooleanField(_("enabled"), default=True)
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    stop_reason = models.CharField(max_length=30, choices=StopReason.choices, blank=True, editable=False)

    class Meta:
        verbose_name = _("image model")
        verbose_name_plural = _("image models")
        ordering = ["endpoint", "name"]
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "name"], name="image_model_once_per_endpoint"),
            models.CheckConstraint(
                condition=models.Q(
                    price_per_picture_usd__gte=0,
                    price_text_in_usd__gte=0,
                    price_image_in_usd__gte=0,
                    price_image_out_usd__gte=0,
                ),
                name="image_model_prices_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.name

    def clean(self) -> None:
        """What is reserved at the press is what a daily cap can stop: a price of 0 stops nothing.

        Only a machine in the operator's own network, allowed by name, draws for free.
        """
        if self.price_per_picture_usd or not self.endpoint_id or not self.endpoint.is_external:
            return
        has_token_price = self.price_text_in_usd or self.price_image_in_usd or self.price_image_out_usd
        if has_token_price or not self.endpoint.is_in_own_network:
            raise ValidationError(
                {
                    "price_per_picture_usd": _(
                        "A service outside costs money. With 0 the daily cap could not stop it."
                    )
                }
            )


class SchoolModel(models.Model):
    """An image model that a school may use, and whether it does; one of those used is its default."""

    school = models.ForeignKey("accounts.School", models.CASCADE, related_name="school_models")
    image_model = models.ForeignKey(ImageModel, models.CASCADE, related_name="school_models")
    is_used = models.BooleanField(_("used"), default=True)
    is_default = models.BooleanField(_("default"), default=False)

    class Meta:
        verbose_name = _("school's image model")
        verbose_name_plural = _("school's image models")
        constraints = [
            models.UniqueConstraint(fields=["school", "image_model"], name="school_model_once"),
            models.UniqueConstraint(
                fields=["school"], condition=models.Q(is_default=True), name="school_model_one_default"
            ),
            models.CheckConstraint(
                condition=models.Q(is_default=False) | models.Q(is_used=True),
                name="school_model_default_is_used",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image_model} at {self.school}"
