"""The operator's view of schools and people. What a school does itself is done on its own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .forms import PausingForm
from .models import AuditEvent, Classroom, Membership, School, User
from .services.sign_in import end_access, end_sessions


class ReadOnly(admin.ModelAdmin):
    """To look at, never to change: state changes have one way, and it is not this one."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Undeletable(admin.ModelAdmin):
    """Rows on which children's work hangs: it is deleted through the school's own pages, with its files."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(School)
class SchoolAdmin(Undeletable):
    list_display = (
        "name",
        "daily_cap_usd",
        "council_reviewed_at",
        "guardians_consented_at",
        "retention_days",
    )
    search_fields = ("name",)
    raw_id_fields = ("safety_contact",)


class NewPersonForm(AdminUserCreationForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        # An operator is made on the command line (createsuperuser), everybody else belongs to a school.
        if not data.get("school"):
            self.add_error("school", _("Choose the school."))
        return data


class OperatorsPasswordForm(AdminPasswordChangeForm):
    """A password set here ends tokens and pauses, as one that a school's admin sets."""

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit=commit)
        if commit:
            end_access(user=user)
        return user


@admin.register(User)
class PersonAdmin(UserAdmin):
    add_form = NewPersonForm
    change_password_form = OperatorsPasswordForm
    list_display = ("username", "display_name", "school", "role", "is_active", "is_superuser", "last_login")
    list_filter = ("role", "is_active", "is_superuser", "school")
    list_select_related = ("school",)
    search_fields = ("username", "display_name")
    ordering = ("username",)
    autocomplete_fields = ("school",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password", "must_change_password")}),
        (_("Person"), {"fields": ("display_name", "school", "role", "language")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": (
                    "username",
                    "school",
                    "role",
                    "display_name",
                    "usable_password",
                    "password1",
                    "password2",
                )
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and {"is_active", "must_change_password", "role", "school"} & set(form.changed_data):
            end_access(user=obj)
        if change and "is_active" in form.changed_data:
            end_sessions(user=obj)


@admin.register(Classroom)
class ClassroomAdmin(Undeletable):
    list_display = ("name", "school", "is_code_open", "created_at", "archived_at")
    list_filter = ("school",)
    list_select_related = ("school",)
    search_fields = ("name", "code")
    autocomplete_fields = ("school",)


@admin.register(Membership)
class MembershipAdmin(ReadOnly):
    list_display = ("user", "classroom", "role", "joined_at", "left_at")
    list_filter = ("role",)
    list_select_related = ("user", "classroom")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnly):
    list_display = ("created_at", "school", "actor_name", "verb", "target")
    list_filter = ("verb",)
    list_select_related = ("school",)
    date_hierarchy = "created_at"


class OperatorSignInForm(PausingForm, AdminAuthenticationForm):
    """Django's own, with the pauses told."""


admin.site.login_form = OperatorSignInForm
admin.site.unregister(Group)
