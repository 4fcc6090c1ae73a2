from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assignments import policy as engine
from assignments.models import ClassPolicy, NamedPerson, TermEntry
from assignments.services.labels import group_label
from assignments.services.policies import EntryInput
from assignments.services.term_lines import decode_upload, parse_lines
from edu4all.web.problems import Problem

BY_ITSELF = ("", _("By itself: a word, or a phrase where there is a space"))
MATCHING_CHOICES = [
    BY_ITSELF,
    ("word", _("Word: in any form, not inside another word")),
    ("anywhere", _("Anywhere: also inside other words")),
    ("phrase", _("Phrase: all its words, near each other")),
]


def age_choices() -> list[tuple[str, str]]:
    return [(age, gettext("%(age)s years") % {"age": age}) for age in engine.shipped.AGE_BANDS]


class AnyChoicesField(forms.MultipleChoiceField):
    """Some choices or none at all: an answer either way, so not an optional one."""

    def validate(self, value: Any) -> None:
        for chosen in value:
            if not self.valid_value(chosen):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": chosen}
                )


class EntriesForm(forms.Form):
    """New entries of a list, one or many: typed, pasted or in a file."""

    use_required_attribute = False  # a file will do instead of lines

    kind = forms.ChoiceField(choices=TermEntry.Kind.choices, widget=forms.HiddenInput, initial="term")
    lines = forms.CharField(
        label=_("Words to add"),
        error_messages={"required": _("Write at least one word.")},
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-as-you-type": True}),
        help_text=_("One on each line, or with commas between. A line may also say: word, matching, note."),
    )
    file = forms.FileField(label=_("Or a CSV file"), required=False)
    matching = forms.ChoiceField(label=_("How to match"), choices=MATCHING_CHOICES, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    is_personal = forms.BooleanField(
        label=_("Personal: students never see the word"),
        required=False,
        help_text=_("For words about one child. A refusal then doesn't say which word it was."),
    )

    def __init__(self, *args: Any, has_personal: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].required = not self.files.get("file")
        self.fields["file"].widget.attrs["accept"] = ".csv,.txt,text/csv,text/plain"
        kind = self.data.get("kind") or self.initial.get("kind") or TermEntry.Kind.TERM
        if kind == TermEntry.Kind.EXCEPTION:
            self.fields["lines"].label = _("Words to let through")
            self.fields["lines"].help_text = _("Such as 칼국수 or “brush stroke”. One on each line.")
            del self.fields["matching"], self.fields["is_personal"]
        elif not has_personal:
            del self.fields["is_personal"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        defaults = self._defaults(data)
        entries: list[EntryInput] = []
        try:
            entries += parse_lines(data.get("lines") or "", defaults)
        except Problem as problem:
            self.add_error("lines", problem.detail)
        if data.get("file"):
            try:
                entries += parse_lines(decode_upload(data["file"].read()), defaults)
            except Problem as problem:
                self.add_error("file", problem.detail)
        data["entries"] = entries
        if not entries and not self.errors:
            self.add_error("lines", _("Write at least one word."))
        return data

    def _defaults(self, data: dict[str, Any]) -> EntryInput:
        return EntryInput(
            text="",
            matching=data.get("matching") or "",
            kind=data.get("kind") or TermEntry.Kind.TERM,
            note=data.get("note") or "",
            is_personal=bool(data.get("is_personal")),
        )


class EntryForm(forms.ModelForm):
    """One entry that is on the list already."""

    class Meta:
        model = TermEntry
        fields = ["text", "matching", "note", "is_personal"]
        labels = {
            "text": _("Word"),
            "matching": _("How to match"),
            "is_personal": _("Personal: students never see the word"),
        }

    def __init__(self, *args: Any, has_personal: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == TermEntry.Kind.EXCEPTION:
            del self.fields["matching"], self.fields["is_personal"]
            return
        self.fields["matching"] = forms.ChoiceField(label=_("How to match"), choices=MATCHING_CHOICES[1:])
        if not has_personal:
            del self.fields["is_personal"]

    def as_input(self) -> EntryInput:
        data = self.cleaned_data
        return EntryInput(
            data["text"],
            data.get("matching") or "",
            self.instance.kind,
            self.instance.group,
            data["note"],
            bool(data.get("is_personal")),
        )


class TryForm(forms.Form):
    """What the try-it box sends: words, and entries that nobody has saved yet."""

    prompt = forms.CharField(required=False, strip=False, max_length=5000)
    lines = forms.CharField(required=False, strip=False, max_length=20_000)
    kind = forms.ChoiceField(choices=TermEntry.Kind.choices, required=False)
    matching = forms.ChoiceField(choices=MATCHING_CHOICES, required=False)

    def unsaved(self) -> list[EntryInput]:
        data = self.cleaned_data
        defaults = EntryInput("", data.get("matching") or "", data.get("kind") or TermEntry.Kind.TERM)
        try:
            return parse_lines(data.get("lines") or "", defaults)
        except Problem:  # half written; what is wrong is told when the lines are sent
            return []


class StarterForm(forms.Form):
    age = forms.ChoiceField(
        label=_("Age group"),
        choices=age_choices,
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("ko", _("Korean")), ("en", _("English"))])


class ClassPolicyForm(forms.ModelForm):
    """A class's switches and meta-prompt. A template that equals the default one is kept as the default."""

    groups_on = AnyChoicesField(
        label=_("Shipped groups that are refused"), widget=forms.CheckboxSelectMultiple
    )
    age_group = forms.ChoiceField(
        label=_("Age group"),
        choices=age_choices,
    )
    meta_prompt_language = forms.ChoiceField(
        label=_("Language of the meta-prompt"),
        choices=[
            ("auto", _("As the student writes")),
            ("ko", _("Always Korean")),
            ("en", _("Always English")),
        ],
    )

    class Meta:
        model = ClassPolicy
        fields = [
            "mode",
            "age_group",
            "meta_prompt_language",
            "meta_prompt_ko",
            "meta_prompt_en",
            "is_artist_checked",
            "is_person_checked",
            "when_unchecked",
            "is_wall_open",
        ]
        widgets = {
            "mode": forms.RadioSelect,
            "when_unchecked": forms.RadioSelect,
            "meta_prompt_ko": forms.Textarea(attrs={"rows": 8, "lang": "ko", "data-as-you-type": True}),
            "meta_prompt_en": forms.Textarea(attrs={"rows": 8, "lang": "en", "data-as-you-type": True}),
        }

    def __init__(self, *args: Any, can_show_at_once: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [group.key for group in engine.shipped.groups()]
        groups = self.fields["groups_on"]
        assert isinstance(groups, forms.MultipleChoiceField)
        groups.choices = [(key, group_label(key)) for key in keys]
        self.initial["groups_on"] = [key for key in keys if key not in self.instance.groups_off]
        self.initial["meta_prompt_language"] = self.initial.get("meta_prompt_language") or "auto"
        for language in ("ko", "en"):
            name = f"meta_prompt_{language}"
            self.initial[name] = self.initial.get(name) or engine.DEFAULT_TEMPLATE[language]
        if not can_show_at_once:
            self.fields["mode"].help_text = _(
                "“At once” needs a picture check. This class draws with a model outside and no check is set up, "
                "so pictures wait for your review."
            )

    def clean_meta_prompt_language(self) -> str:
        chosen: str = self.cleaned_data["meta_prompt_language"]
        return "" if chosen == "auto" else chosen

    def clean_meta_prompt_ko(self) -> str:
        return self._clean_template("ko")

    def clean_meta_prompt_en(self) -> str:
        return self._clean_template("en")

    def _clean_template(self, language: str) -> str:
        text = self.cleaned_data[f"meta_prompt_{language}"].replace("\r\n", "\n").strip()
        if not text or text == engine.DEFAULT_TEMPLATE[language].strip():
            return ""
        mistakes = template_mistakes(text)
        if mistakes:
            raise forms.ValidationError(mistakes)
        return text

    def changes(self) -> dict[str, Any]:
        """The facts as ``save_class_policy`` takes them."""
        data = dict(self.cleaned_data)
        on = set(data.pop("groups_on"))
        return data | {"groups_off": [group.key for group in engine.shipped.groups() if group.key not in on]}


TEMPLATE_MISTAKES = {
    "too_long": _("The meta-prompt is too long: at most %(count)d characters."),
    "unknown_field": _("There is no field %(names)s. Use the fields that are listed below it."),
    "stray_brace": _("A brace { or } stands alone. Braces are for fields, such as {assignment}."),
    "mark": _("The marks around the student's words belong to the safety frame. Leave them out."),
    "empty": _("The meta-prompt is empty."),
}


def template_mistakes(template: str) -> list[str]:
    """What is wrong with a meta-prompt, in words; empty when nothing is."""
    names = ", ".join(f"{{{name}}}" for name in engine.unknown_fields(template))
    facts = {"count": engine.MAX_TEMPLATE_LENGTH, "names": names}
    return [str(TEMPLATE_MISTAKES[key]) % facts for key in engine.validate_template(template)]


class NamesForm(forms.Form):
    """Names for one of the school's two lists of people."""

    kind = forms.ChoiceField(label=_("List"), choices=NamedPerson.Kind.choices)
    names = forms.CharField(
        label=_("Names"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line. Write a name in every spelling that students use."),
    )

    def clean_names(self) -> Sequence[str]:
        text: str = self.cleaned_data["names"]
        return text.splitlines()
