from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from edu4all.accounts.browsers import known_browser
from edu4all.accounts.models import Classroom, School, User
from edu4all.accounts.names import make_password
from edu4all.accounts.services.people import UNKNOWN_CODE, find_class, new_names, repeated_names, split_names
from edu4all.accounts.services.sign_in import INSIDE, is_password_of, rest_seconds


def check_password_kindly(password: str, user: User) -> None:
    """Refuse what is too short or easy to guess, in one sentence that a child can act on.

    The example is a new one each time: whoever takes it over shares it with nobody.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        is_short = any(found.code == "password_too_short" for found in error.error_list)
        say = (
            _("That is too short. Take two words and a number, for example %(example)s.")
            if is_short
            else _("That is easy to guess. Take two words and a number, for example %(example)s.")
        )
        raise ValidationError(say, code="weak", params={"example": make_password()}) from None


def resting_error(seconds: int) -> ValidationError:
    return ValidationError(
        _(
            "Too many wrong tries. Wait %(seconds)d seconds, look at your slip of paper again, then try once more."
        ),
        code="resting",
        params={"seconds": seconds},
    )


class PausingForm(AuthenticationForm):
    """Says when to try again while the account rests after wrong passwords."""

    rest_seconds = 0

    def get_invalid_login_error(self) -> ValidationError:
        username = self.cleaned_data.get("username") or ""
        self.rest_seconds = rest_seconds(username, known_browser(self.request, username))
        if not self.rest_seconds:
            return super().get_invalid_login_error()
        return resting_error(self.rest_seconds)


class SignInForm(PausingForm):
    username = UsernameField(
        label=_("User name"),
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocapitalize": "none", "autocomplete": "username"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _(
            "The user name and the password don't belong together. Look at your slip of paper again."
        ),
        "inactive": _("This account is switched off. Ask your school."),
    }


class ClassCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Class code"),
        max_length=16,
        help_text=_("Your teacher writes it on the board."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class JoinForm(ClassCodeForm):
    """A student without an account makes one with the class code."""

    display_name = forms.CharField(
        label=_("Your name"), max_length=80, help_text=_("As your teacher knows you.")
    )
    username = UsernameField(
        label=_("User name"),
        max_length=60,
        help_text=_("Small letters and digits, for signing in. No real name needed."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "username"}),
        validators=User._meta.get_field("username").validators,
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least eight letters or digits: two words and a number, say. Keep it to yourself."),
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if find_class(code) is None:
            raise ValidationError(UNKNOWN_CODE)
        return code

    def clean_username(self) -> str:
        """Who has an account here is told to nobody who doesn't know the code of a class."""
        username: str = self.cleaned_data["username"]
        if "code" in self.cleaned_data and User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("This user name is taken. Choose another one."))
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        check_password_kindly(password, User(username=self.cleaned_data.get("username", "")))
        return password


class NewPasswordForm(forms.Form):
    """Choose a new password; the old one proves who is asking."""

    old = forms.CharField(
        label=_("Your password now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.rest_seconds = 0

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not is_password_of(self.user, old):
            self.rest_seconds = rest_seconds(self.user.username, INSIDE)
            if self.rest_seconds:
                raise resting_error(self.rest_seconds)
            raise ValidationError(_("That is not your password."))
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        check_password_kindly(new, self.user)
        return new


class NamesForm(forms.Form):
    names = forms.CharField(
        label=_("Names"),
        help_text=_("One name on each line; paste them from your list. Numbers in front are left out."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    # What the teacher decided about names that are in the class already: a list is often pasted twice.
    repeated = forms.ChoiceField(
        choices=[("leave_out", ""), ("make", "")], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, taken: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken
        self.repeats: list[str] = []

    def clean_names(self) -> list[str]:
        return split_names(self.cleaned_data["names"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        names = data.get("names", [])
        self.repeats = repeated_names(names, taken=self.taken)
        if self.repeats and data.get("repeated") == "leave_out":
            data["names"] = new_names(names, taken=self.taken)
            if not data["names"]:
                self.add_error("names", _("Everybody on this list is in the class already."))
        elif self.repeats and data.get("repeated") != "make":
            text = ngettext(
                "This name is in the class or on your list already: %(names)s.",
                "These names are in the class or on your list already: %(names)s.",
                len(self.repeats),
            )
            self.add_error("names", text % {"names": ", ".join(self.repeats)})
        return data


class TeacherForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["display_name", "username", "role"]
        help_texts = {"username": _("For signing in: letters, digits and @ . + - _")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].required = True
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(User.Role.TEACHER, _("Teacher")), (User.Role.ADMIN, _("School admin"))]
        role.initial = User.Role.TEACHER

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("This user name is taken. Choose another one."))
        return username


class PersonForm(forms.ModelForm):
    """What an admin corrects of a student's account."""

    class Meta:
        model = User
        fields = ["display_name", "username"]
        labels = {"username": _("User name")}
        help_texts = {"username": _("For signing in: letters, digits and @ . + - _")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].required = True

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This user name is taken. Choose another one."))
        return username


class DeletePersonForm(forms.Form):
    username = forms.CharField(
        label=_("Type the user name to delete it all"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, username: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = username

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"].strip()
        if username != self.expected:
            raise ValidationError(_("This is not the user name of this student."))
        return username


class ClassroomForm(forms.ModelForm):
    class Meta:
        model = Classroom
        fields = ["name"]
        help_texts = {"name": _("Such as “Class 4-2” or “Art club”.")}


class HelplinesField(forms.CharField):
    """One helpline a line: Korean name, English name and number, with | between."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{line['name_ko']} | {line['name_en']} | {line['number']}" for line in value)
        return value

    def clean(self, value: Any) -> Any:
        lines = []
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            cells = [cell.strip() for cell in line.split("|")]
            if len(cells) != 3 or not all(cells):
                raise ValidationError(
                    _(
                        "Write “Korean name | English name | number” on each line; this one is different: %(line)s"
                    ),
                    params={"line": line[:60]},
                )
            lines.append({"name_ko": cells[0], "name_en": cells[1], "number": cells[2]})
        return lines

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data


class SchoolForm(forms.ModelForm):
    helplines = HelplinesField(
        label=_("Helplines"),
        required=True,
        help_text=_(
            "Shown to a student whose words sound like trouble: Korean name | English name | number."
        ),
    )

    class Meta:
        model = School
        fields = ["name", "helplines", "safety_contact", "retention_days"]
        help_texts = {
            "safety_contact": _(
                "Told first when a student's words sound like self-harm or a threat. Empty: the class's teachers."
            ),
            "retention_days": _("Prompts and pictures older than this are deleted for good."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = self.fields["safety_contact"]
        assert isinstance(contact, forms.ModelChoiceField)
        contact.queryset = User.objects.filter(school=self.instance, is_active=True).exclude(
            role=User.Role.STUDENT
        )


class ConsentForm(forms.ModelForm):
    """What must be on record before a provider outside the school is asked for a picture."""

    class Meta:
        model = School
        fields = [
            "council_reviewed_at",
            "council_reviewed_by",
            "has_under_14",
            "guardians_consented_at",
            "guardians_consented_by",
        ]
        widgets = {
            "council_reviewed_at": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "guardians_consented_at": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        pairs = [
            ("council_reviewed_at", "council_reviewed_by"),
            ("guardians_consented_at", "guardians_consented_by"),
        ]
        today = timezone.localdate()
        for when, who in pairs:
            if data.get(when) and not data.get(who):
                self.add_error(who, _("Write who recorded it."))
            if data.get(when) and data[when] > today:
                self.add_error(when, _("That day has not come yet."))
        return data
