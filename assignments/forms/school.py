from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assignments.models import ImageModel, Limit, SchoolModel
from edu4all.accounts.models import School

# Landscape, 16:9, both sides multiples of 16: what models of any size take.
USUAL_SIZES = ((1280, 720), (1536, 864), (1792, 1008), (2048, 1152), (2560, 1440))
WIDE = Decimal(16) / 9
FASTEST_PER_MINUTE = 10_000
DEAREST_USD = Decimal(100)


def size_label(width: int, height: int) -> str:
    if abs(Decimal(width) / height - WIDE) < Decimal("0.01"):
        return f"{width} × {height} (16:9)"
    return f"{width} × {height}"


def plain_number(value: Decimal | None) -> str:
    """A number without the zeros that the column adds."""
    return "" if value is None else f"{value.normalize():f}"


class ModelForm(forms.ModelForm):
    """What an admin may change of a model that no other school uses."""

    size = forms.ChoiceField(
        label=_("Size"), help_text=_("Width × height in pixels. The lesson's pictures are landscape, 16:9.")
    )
    quality = forms.ChoiceField(
        label=_("Quality"), required=False, help_text=_("Higher is slower and dearer.")
    )

    class Meta:
        model = ImageModel
        fields = [
            "label",
            "quality",
            "price_per_picture_usd",
            "price_text_in_usd",
            "price_image_in_usd",
            "price_image_out_usd",
            "shutdown_at",
            "fallback",
        ]
        field_classes = {"shutdown_at": forms.DateField}
        widgets = {"shutdown_at": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "label": _("What teachers and students read. Empty: the model's own name."),
            "price_per_picture_usd": _(
                "Set aside when a student presses Draw. Too low, and a day can cost more than its cap."
            ),
            "price_text_in_usd": _("The true cost is counted from the tokens that the service reports."),
            "shutdown_at": _("When the service ends this model. A warning comes 60 days before."),
            "fallback": _(
                "Draws when this one has stopped. Empty: the school's other models, in their order."
            ),
        }

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_sizes()
        self._offer_qualities()
        fallback = self.fields["fallback"]
        assert isinstance(fallback, forms.ModelChoiceField)
        fallback.empty_label = str(_("The school's other models"))
        used = SchoolModel.objects.filter(school=school, is_used=True)
        fallback.queryset = (
            ImageModel.objects.filter(Q(school_models__in=used)).exclude(pk=self.instance.pk).distinct()
        )
        for name in (
            "price_per_picture_usd",
            "price_text_in_usd",
            "price_image_in_usd",
            "price_image_out_usd",
        ):
            self.fields[name].widget.attrs |= {"min": "0", "step": "any", "inputmode": "decimal"}
            self.initial[name] = plain_number(getattr(self.instance, name))
        self.order_fields(["label", "size", "quality"])

    def _offer_sizes(self) -> None:
        sizes = [tuple(size) for size in self.instance.sizes] or list(USUAL_SIZES)
        now = (self.instance.width, self.instance.height)
        offered = sizes if now in sizes else [now, *sizes]
        field = self.fields["size"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(f"{width}x{height}", size_label(width, height)) for width, height in offered]
        self.initial["size"] = f"{now[0]}x{now[1]}"

    def _offer_qualities(self) -> None:
        field = self.fields["quality"]
        assert isinstance(field, forms.ChoiceField)
        if not self.instance.qualities:
            del self.fields["quality"]
            return
        field.choices = [("", _("The service's own")), *((name, name) for name in self.instance.qualities)]

    def _price(self, name: str) -> Decimal:
        price: Decimal = self.cleaned_data[name]
        if not 0 <= price <= DEAREST_USD:
            raise ValidationError(_("A price from 0 to 100 US$."))
        return price

    def clean_price_per_picture_usd(self) -> Decimal:
        return self._price("price_per_picture_usd")

    def clean_price_text_in_usd(self) -> Decimal:
        return self._price("price_text_in_usd")

    def clean_price_image_in_usd(self) -> Decimal:
        return self._price("price_image_in_usd")

    def clean_price_image_out_usd(self) -> Decimal:
        return self._price("price_image_out_usd")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "size" in data:
            width, _times, height = data.pop("size").partition("x")
            data |= {"width": int(width), "height": int(height)}
        return data


class LimitForm(forms.ModelForm):
    """How fast the endpoint may be asked; as the service's own page of limits says."""

    class Meta:
        model = Limit
        fields = ["per_minute", "unit", "burst", "in_flight"]
        labels = {
            "per_minute": _("How many a minute"),
            "unit": _("What is counted"),
            "burst": _("How many at once"),
            "in_flight": _("Calls at the same time"),
        }
        help_texts = {
            "per_minute": _("30 students at 5 a minute take six minutes for one picture each."),
            "unit": _("Some services count calls, others pictures."),
            "burst": _("How many may leave in the same moment after a quiet time. 1 is the safe choice."),
            "in_flight": _("A picture takes 10 to 60 seconds, so several calls wait side by side."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["per_minute"].widget.attrs |= {"min": "0.1", "step": "any", "inputmode": "decimal"}

    def clean_per_minute(self) -> float:
        value: float = self.cleaned_data["per_minute"]
        if not 0.1 <= value <= FASTEST_PER_MINUTE:
            raise ValidationError(_("A number from 0.1 to 10,000."))
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, most in (("burst", 100), ("in_flight", 64)):
            value = data.get(name)
            if value is not None and not 1 <= value <= most:
                self.add_error(
                    name, ValidationError(_("A number from 1 to %(most)s."), params={"most": most})
                )
        return data


class CapsForm(forms.ModelForm):
    class Meta:
        model = School
        fields = ["daily_cap_usd", "class_daily_cap_usd", "student_daily_cap_usd"]
        help_texts = {
            "class_daily_cap_usd": _(
                "So that one class can't use up the whole school's day. Empty: no cap of its own."
            ),
            "student_daily_cap_usd": _("Empty: no cap of its own."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs |= {"min": "0", "step": "any", "inputmode": "decimal"}
            self.initial[name] = plain_number(getattr(self.instance, name))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wider = data.get("daily_cap_usd")
        for name in self.Meta.fields:
            cap = data.get(name)
            if cap is not None and cap < 0:
                self.add_error(name, _("A cap can't be below 0."))
            elif cap is not None and wider is not None and cap > wider:
                self.add_error(name, _("This is more than the cap above it."))
            wider = cap if cap is not None else wider
        return data
