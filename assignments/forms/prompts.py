"""The writing desk."""

from __future__ import annotations

import unicodedata
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assignments.models import Assignment, Generation, Picture
from assignments.policy import MAX_LENGTH
from assignments.services.marks import cells_of_places, is_cells, mark_press
from edu4all.accounts.models import User

# From the top left, row by row.
PLACE_LABELS = (
    _("top left"),
    _("top"),
    _("top right"),
    _("left"),
    _("middle"),
    _("right"),
    _("bottom left"),
    _("bottom"),
    _("bottom right"),
)


def new_key() -> str:
    return uuid.uuid4().hex


class DrawForm(forms.Form):
    """A prompt, and where it starts from. The key is the server's: one sheet of paper, one picture.

    A picture to start from is one of the student's own in the same assignment that the student may see.
    On it a place can be marked: painted in cells, or chosen from nine where there is no script; the mask
    that comes of it stands in ``cleaned_data["mask"]``, None when the whole picture may change.
    """

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    operation = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in (Generation.Operation.DRAW, Generation.Operation.VARY,
                                                       Generation.Operation.REFINE)],
        required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip
    source = forms.ModelChoiceField(Picture.objects.none(), required=False, widget=forms.HiddenInput)
    cells = forms.CharField(required=False, widget=forms.HiddenInput)
    places = forms.TypedMultipleChoiceField(
        choices=list(enumerate(PLACE_LABELS)),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    prompt = forms.CharField(
        label=_("What shall we draw?"),
        strip=False,
        widget=forms.Textarea,
        error_messages={"required": _("Write down first what is to be seen.")},
    )

    def __init__(self, *args: Any, student: User, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Picture.objects.visible_to(student).filter(
            generation__student=student, generation__assignment=assignment
        )
        field = self.fields["source"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = own.select_related("generation__image_model")

    def clean_prompt(self) -> str:
        """Line ends as one character and composed syllables, so that the length is what a person counts."""
        prompt = unicodedata.normalize("NFC", self.cleaned_data["prompt"].replace("\r\n", "\n")).strip()
        if not prompt:
            raise forms.ValidationError(_("Write down first what is to be seen."), code="required")
        if len(prompt) > MAX_LENGTH:
            raise forms.ValidationError(
                _("That is longer than 1,000 characters. Keep the parts that matter most to you.")
            )
        return prompt

    def clean_cells(self) -> str:
        cells = self.cleaned_data["cells"]
        if cells and not is_cells(cells):
            raise forms.ValidationError(_("The place you marked got lost. Mark it once more."))
        return cells

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["operation"] = data.get("operation") or Generation.Operation.DRAW
        if (data["operation"] == Generation.Operation.DRAW) != (data.get("source") is None):
            raise forms.ValidationError(
                _("The picture to start from is gone. Draw a new one, or choose another.")
            )
        cells = data.get("cells") or cells_of_places(data.get("places", ()))
        data["operation"], data["mask"] = mark_press(data["operation"], data.get("source"), cells)
        return data
