from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assignments.models import Assignment, Criterion, Picture
from edu4all.accounts.models import Classroom
from gallery.models import Exhibition, Grade, Submission

# A press is quicker than typing, and a child reads the same kind words every time.
QUICK_REASONS = (
    _("It does not fit the task yet. Read the task once more and try again."),
    _("There is something in it that not everybody would like to see. Try it without."),
    _("A real person can be recognised in it. Draw somebody made up."),
    _("Part of it went wrong. Describe that part more exactly and draw it again."),
)
# Up to so many points a criterion is a row of buttons; above that a number to type.
MOST_BUTTONS = 10


class ReasonForm(forms.Form):
    """One of the quick reasons or one's own words; own words win."""

    quick = forms.CharField(required=False, max_length=300)
    reason = forms.CharField(required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        quick = data.pop("quick", "").strip()
        data["reason"] = data.get("reason", "").strip() or quick
        return data


class ReviewForm(ReasonForm):
    decision = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Return"))])
    seen = forms.CharField(required=False, max_length=10)  # how the picture stood on the page


class HandInForm(forms.Form):
    """A picture of one's own, what it is called, and a few words on how it came about."""

    picture = forms.ModelChoiceField(
        Picture.objects.none(), error_messages={"required": _("Choose a picture.")}
    )
    title = forms.CharField(
        label=_("What is it called?"), max_length=80, help_text=_("Everybody can read the title on the wall.")
    )
    monument = forms.CharField(label=_("Which monument is it?"), max_length=80, required=False)
    reflection = forms.CharField(
        label=_("What did you try?"),
        max_length=2000,
        required=False,
        help_text=_("What did you want to show? Which words did you change, and what happened?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, assignment: Assignment, pictures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].queryset = pictures  # type: ignore[attr-defined]
        if assignment.monuments_mode == Assignment.Monuments.LISTED and assignment.monuments:
            choices = [("", gettext("Choose one")), *((name, name) for name in assignment.monuments)]
            self.fields["monument"] = forms.ChoiceField(label=_("Which monument is it?"), choices=choices)
        for name in ("title", "monument", "reflection"):
            keep = {"data-keep-draft": f"hand-in-{assignment.pk}-{name}", "data-draft-wins": True}
            self.fields[name].widget.attrs.update(keep)

    @staticmethod
    def initial_of(submission: Submission | None, picture_pk: int | None) -> dict[str, Any]:
        """The last hand-in's words, so that handing in again is a matter of changing them."""
        if submission is None:
            return {"picture": picture_pk}
        chosen = list(submission.chosen.values_list("picture_id", flat=True))
        return {
            "picture": picture_pk or (chosen[0] if chosen else None),
            "title": submission.title,
            "monument": submission.monument,
            "reflection": submission.reflection,
        }


class GradeForm(forms.Form):
    """A field a criterion, named ``criterion-<pk>``; ``version`` says which grade the grader saw."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("A word to the student"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-key": "c"}),
        help_text=_("Shown together with the grade when you release the grades."),
    )

    def __init__(self, *args: Any, criteria: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria: list[Criterion] = list(criteria)
        for criterion in self.criteria:
            self.fields[self.name_of(criterion)] = forms.DecimalField(
                label=criterion.title,
                help_text=criterion.description,
                min_value=Decimal(0),
                max_value=Decimal(criterion.points),
                max_digits=5,
                decimal_places=1,
                step_size=0.5,
            )

    @staticmethod
    def name_of(criterion: Criterion) -> str:
        return f"criterion-{criterion.pk}"

    @classmethod
    def initial_of(cls, grade: Grade | None) -> dict[str, Any]:
        if grade is None:
            return {"version": 0}
        scores = {f"criterion-{score.criterion_id}": score.points for score in grade.scores.all()}
        return {"version": grade.version, "comment": grade.comment, **scores}

    @property
    def scores(self) -> dict[int, Decimal]:
        return {criterion.pk: self.cleaned_data[self.name_of(criterion)] for criterion in self.criteria}

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What the rubric's template shows of each criterion; ``choices`` is empty where a number is typed."""
        return [self._line(criterion) for criterion in self.criteria]

    def _line(self, criterion: Criterion) -> dict[str, Any]:
        field = self[self.name_of(criterion)]
        value = _decimal(field.value())
        choices = (
            [Decimal(point) for point in range(criterion.points + 1)]
            if criterion.points <= MOST_BUTTONS
            else []
        )
        if choices and value is not None and value not in choices:
            choices = sorted([*choices, value])
        return {"criterion": criterion, "field": field, "value": value, "choices": choices}


def _decimal(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value)).normalize()
    except ArithmeticError:
        return None


class ReturnForm(ReasonForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data["reason"]:
            self.add_error("reason", _("Write in a few words what to try next."))
        return data


class ExhibitionForm(forms.ModelForm):
    class Meta:
        model = Exhibition
        fields = ("classroom", "title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, classrooms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classroom"] = forms.ModelChoiceField(
            Classroom.objects.filter(pk__in=[classroom.pk for classroom in classrooms]),
            label=_("Class"),
            empty_label=None if len(classrooms) == 1 else gettext("Choose a class"),
        )


class OpenForm(forms.Form):
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class LabelForm(forms.Form):
    title = forms.CharField(label=_("title"), max_length=80, required=False)
    artist_label = forms.CharField(
        label=_("name on the label"),
        max_length=80,
        required=False,
        help_text=_("Leave it empty to show no name. A first name or initials say enough."),
    )


class ConsentForm(forms.Form):
    consented_by = forms.CharField(
        label=_("consent given by"),
        max_length=120,
        help_text=_("Who agreed, for example “mother of Bora, on paper”."),
    )
    consented_at = forms.DateField(
        label=_("consent given on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_consented_at(self) -> Any:
        day = self.cleaned_data["consented_at"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day
