"""The operator's view: endpoints with their keys, limits and models. Decisions of a class are made on the pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assignments.generation.endpoints import set_key
from assignments.generation.errors import AddressForbidden
from assignments.generation.providers.addresses import check_address
from assignments.generation.stopping import start_model
from assignments.models import (
    Endpoint,
    Generation,
    ImageModel,
    Limit,
    Picture,
    ProviderCall,
    SchoolModel,
    Spending,
    TermListChange,
)
from assignments.services.school_models import refresh_models
from edu4all.accounts.admin import ReadOnly
from edu4all.web.problems import Problem


class EndpointForm(forms.ModelForm):
    """The key goes in and never comes out again."""

    base_url = forms.URLField(label=_("Address"), required=False, max_length=300, assume_scheme="https")
    new_key = forms.CharField(
        label=_("New key"),
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False),
        help_text=_("Stored encrypted, for this address only. Leave it empty to keep the one that is there."),
    )
    is_key_removed = forms.BooleanField(label=_("Take the stored key away"), required=False)

    class Meta:
        model = Endpoint
        fields = [
            "name",
            "kind",
            "base_url",
            "deployment",
            "api_version",
            "key_source",
            "has_moderation",
            "is_enabled",
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Endpoint.Kind.SAMPLE:
            return data
        self._check_prices(data.get("base_url") or "")
        source = Endpoint.KeySource(data.get("key_source") or Endpoint.KeySource.NONE)
        self._check_address(data.get("base_url") or "", source)
        has_key = bool(data.get("new_key")) or bool(self.instance.key_encrypted)
        if source == Endpoint.KeySource.STORED and (data.get("is_key_removed") or not has_key):
            self.add_error("new_key", _("Enter the key, or choose that there is none."))
        is_moved = (
            "base_url" in self.changed_data and self.instance.pk and source == Endpoint.KeySource.STORED
        )
        if is_moved and not data.get("new_key"):
            self.add_error("new_key", _("A key belongs to its address: enter it again for the new one."))
        return data

    def _check_prices(self, url: str) -> None:
        """Models that were free in the own network may not move outside with their price of 0."""
        free = self.instance.pk and self.instance.image_models.filter(price_per_picture_usd=0).exists()
        if free and not Endpoint(base_url=url).is_in_own_network:
            self.add_error(
                "base_url", _("Give each of its models a price first: the daily cap counts on it.")
            )

    def _check_address(self, url: str, source: Endpoint.KeySource) -> None:
        if not url:
            if source != Endpoint.KeySource.ENVIRONMENT:
                self.add_error("base_url", _("An endpoint needs its address."))
            return
        try:
            check_address(url, is_private_allowed=Endpoint(base_url=url).is_in_own_network)
        except AddressForbidden as error:
            self.add_error("base_url", str(error.detail))


class LimitInline(admin.TabularInline):
    model = Limit
    extra = 0
    fields = ("name", "unit", "per_minute", "burst", "in_flight", "learned_per_minute", "learned_at")
    readonly_fields = ("learned_per_minute", "learned_at")


@admin.register(Endpoint)
class EndpointAdmin(admin.ModelAdmin):
    form = EndpointForm
    list_display = ("name", "kind", "base_url", "key_source", "is_enabled")
    list_filter = ("kind", "is_enabled")
    inlines = (LimitInline,)
    actions = ("read_models",)

    def save_model(self, request: HttpRequest, obj: Endpoint, form: EndpointForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.cleaned_data.get("new_key"):
            set_key(obj, form.cleaned_data["new_key"])
        elif form.cleaned_data.get("is_key_removed"):
            set_key(obj, "")

    @admin.action(description=_("Read models from the endpoint"))
    def read_models(self, request: HttpRequest, queryset: QuerySet[Endpoint]) -> None:
        for endpoint in queryset.exclude(kind=Endpoint.Kind.SAMPLE):
            try:
                told = refresh_models(endpoint=endpoint)
            except Problem as problem:
                self.message_user(request, f"{endpoint}: {problem.detail}", messages.ERROR)
                continue
            said = ngettext(
                "%(endpoint)s names %(count)s model; %(changed)s shutdown dates are new.",
                "%(endpoint)s names %(count)s models; %(changed)s shutdown dates are new.",
                told.told,
            )
            facts = {"endpoint": endpoint, "count": told.told, "changed": told.changed}
            self.message_user(request, said % facts, messages.SUCCESS)


@admin.register(Limit)
class LimitAdmin(admin.ModelAdmin):
    list_display = ("__str__", "unit", "per_minute", "burst", "in_flight", "learned_per_minute")
    list_select_related = ("endpoint",)
    readonly_fields = ("learned_per_minute", "learned_at", "not_before")


class SchoolModelInline(admin.TabularInline):
    model = SchoolModel
    extra = 0
    autocomplete_fields = ("school",)


@admin.register(ImageModel)
class ImageModelAdmin(admin.ModelAdmin):
    list_display = (
        "__str__",
        "endpoint",
        "limit",
        "price_per_picture_usd",
        "shutdown_at",
        "is_enabled",
        "stop_reason",
    )
    list_filter = ("endpoint", "is_enabled", "stop_reason")
    list_select_related = ("endpoint", "limit__endpoint")
    search_fields = ("name", "label")
    readonly_fields = ("stopped_at", "stop_reason")
    inlines = (SchoolModelInline,)
    actions = ("let_draw",)

    @admin.action(description=_("Let stopped models draw again"))
    def let_draw(self, request: HttpRequest, queryset: QuerySet[ImageModel]) -> None:
        for model in queryset.filter(stopped_at__isnull=False):
            start_model(model)
            self.message_user(request, str(_("“%(model)s” draws again.")) % {"model": model})


@admin.register(SchoolModel)
class SchoolModelAdmin(admin.ModelAdmin):
    list_display = ("school", "image_model", "is_used", "is_default")
    list_filter = ("is_default", "is_used")
    list_select_related = ("school", "image_model")
    autocomplete_fields = ("school", "image_model")


@admin.register(ProviderCall)
class ProviderCallAdmin(ReadOnly):
    list_display = (
        "begun_at",
        "school",
        "image_model",
        "outcome",
        "error_kind",
        "status_code",
        "pictures",
        "cost_usd",
    )
    list_filter = ("outcome", "error_kind", "image_model")
    list_select_related = ("school", "image_model")
    search_fields = ("request_id",)
    date_hierarchy = "begun_at"


@admin.register(Generation)
class GenerationAdmin(ReadOnly):
    """What the queue does; a student's words are the school's own and stay on its pages."""

    fields = (
        "status",
        "refusal_stage",
        "error_kind",
        "operation",
        "count",
        "image_model",
        "limit",
        "start_tag",
        "finish_tag",
        "claim",
        "calls_begun",
        "slot_at",
        "lease_expires_at",
        "reserved_usd",
        "cost_usd",
        "created_at",
        "claimed_at",
        "settled_at",
    )
    list_display = ("pk", "status", "image_model", "claim", "created_at", "settled_at", "error_kind")
    list_filter = ("status", "error_kind", "image_model")
    list_select_related = ("image_model",)
    date_hierarchy = "created_at"


@admin.register(Picture)
class PictureAdmin(ReadOnly):
    fields = (
        "key",
        "generation",
        "moderation",
        "check_outcome",
        "width",
        "height",
        "sha256",
        "created_at",
    )
    list_display = ("pk", "moderation", "check_outcome", "width", "height", "created_at")
    list_filter = ("moderation", "check_outcome", "is_sample")
    date_hierarchy = "created_at"


@admin.register(Spending)
class SpendingAdmin(ReadOnly):
    list_display = ("day", "school", "scope", "reserved_usd", "spent_usd")
    list_select_related = ("school",)
    date_hierarchy = "day"


@admin.register(TermListChange)
class TermListChangeAdmin(ReadOnly):
    list_display = ("term_list", "version", "author_name", "created_at")
    list_select_related = ("term_list",)
