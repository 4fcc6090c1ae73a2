from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from assignments.models import Assignment, ImageModel, SchoolModel
from assignments.services.assignments import CriterionInput

MAX_MONUMENTS = 100
SPARE_LINES = 3


class MonumentsField(forms.CharField):
    """Names of monuments, one a line, kept as a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        names = [" ".join(line.split())[:80] for line in super().clean(value).replace(",", "\n").splitlines()]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > MAX_MONUMENTS:
            raise ValidationError(_("At most %(count)d monuments."), params={"count": MAX_MONUMENTS})
        return names


def moment(**attrs: Any) -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"} | attrs, format="%Y-%m-%dT%H:%M")


class AssignmentForm(forms.ModelForm):
    monuments = MonumentsField(
        label=_("The monuments to choose from"), required=False, help_text=_("One on each line.")
    )
    is_published = forms.BooleanField(
        label=_("Students can see it"),
        required=False,
        initial=True,
        help_text=_("Leave it out for a draft that only you see."),
    )

    class Meta:
        model = Assignment
        fields = [
            "title",
            "brief",
            "monuments_mode",
            "monuments",
            "tries",
            "pictures_per_press",
            "variety",
            "is_colour_required",
            "image_model",
            "opens_at",
            "due_at",
            "closes_at",
        ]
        widgets = {
            "brief": forms.Textarea(attrs={"rows": 5}),
            "monuments_mode": forms.RadioSelect,
            "variety": forms.NumberInput(attrs={"min": 0, "max": 1, "step": 0.1}),
            "opens_at": moment(),
            "due_at": moment(),
            "closes_at": moment(),
        }
        help_texts = {
            "tries": _("How many times a student may press Draw. Refused words don't cost one."),
            "pictures_per_press": _(
                "One is best for a whole class: four make everybody wait four times as long."
            ),
            "variety": _(
                "0 repeats the same picture, 1 never does. Models without seeds use it for the prompt helper only."
            ),
            "due_at": _("Work handed in later is marked as late, not lost."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_published"].initial = (
            self.instance.pk is None or self.instance.published_at is not None
        )
        model = self.fields["image_model"]
        assert isinstance(model, forms.ModelChoiceField)
        school_id = self.instance.classroom.school_id
        model.queryset = ImageModel.objects.filter(
            school_models__in=SchoolModel.objects.filter(school_id=school_id, is_used=True),
            is_enabled=True,
            endpoint__is_enabled=True,
        ).select_related("endpoint")
        model.empty_label = str(_("The school's usual one"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("monuments_mode") == Assignment.Monuments.LISTED and not data.get("monuments"):
            self.add_error("monuments", _("Write the monuments that the students may choose from."))
        for earlier, later in [("opens_at", "due_at"), ("due_at", "closes_at"), ("opens_at", "closes_at")]:
            if data.get(earlier) and data.get(later) and data[earlier] > data[later]:
                self.add_error(later, _("This is earlier than the date above it."))
        return data


class CriterionForm(forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Criterion"), max_length=80, required=False)
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=100, initial=5, required=False)
    description = forms.CharField(label=_("What it means"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("title") and not data.get("points"):
            self.add_error("points", _("How many points does it give?"))
        return data


CriterionFormSet = formset_factory(CriterionForm, extra=SPARE_LINES, max_num=20, validate_max=True)


def criteria_formset(assignment: Assignment, data: Any = None) -> BaseFormSet:
    """The rubric's lines of an assignment, and some empty ones; a line without a title is left out."""
    rows: list[dict[str, Any]] = []
    if not assignment._state.adding:
        rows = [dict(row) for row in assignment.criteria.values("pk", "title", "points", "description")]
    elif data is None:
        rows = [
            {"title": _("The idea: a monument where nobody expects it"), "points": 5},
            {"title": _("The words: clear, rich, one's own"), "points": 5},
            {"title": _("Trying again: what was learnt from each try"), "points": 5},
        ]
    return CriterionFormSet(data, initial=rows, prefix="criteria")


def criteria_of(formset: BaseFormSet, assignment: Assignment) -> list[CriterionInput]:
    """The valid formset's lines; a pk that is no line of this assignment's is taken as a new line."""
    known = set(assignment.criteria.values_list("pk", flat=True)) if not assignment._state.adding else set()
    return [
        CriterionInput(
            title=form.cleaned_data["title"],
            points=form.cleaned_data["points"],
            description=form.cleaned_data.get("description") or "",
            pk=form.cleaned_data["pk"] if form.cleaned_data.get("pk") in known else None,
        )
        for form in formset.forms
        if form.cleaned_data.get("title")
    ]
