from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> UserQuerySet:
        """People whom this person may know of: oneself, one's own classes, for an admin the school."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_school_admin:
            return self.filter(school_id=user.school_id)
        if user.is_teacher:
            mine = models.Q(
                memberships__classroom__memberships__user=user,
                memberships__classroom__memberships__role="teacher",
                memberships__classroom__memberships__left_at=None,
            )
            return self.filter(models.Q(pk=user.pk) | mine & models.Q(school_id=user.school_id)).distinct()
        return self.filter(pk=user.pk)


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's own manager of users, with our reads."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Whoever signs in under this name. Tablets write a capital first, and no two names differ in case alone."""
        found: list[User] = list(self.filter(username__iexact=username)[:2])
        return found[0] if len(found) == 1 else self.get(username=username)


class User(AbstractUser):
    """Somebody who signs in. Young children have no e-mail address; a user name and a card are enough."""

    class Role(models.TextChoices):
        STUDENT = "student", _("Student")
        TEACHER = "teacher", _("Teacher")
        ADMIN = "admin", _("School admin")

    # Django's own field, called what our pages call it.
    username = models.CharField(
        _("User name"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator(message=_("Only letters, digits and @ . + - _, no spaces."))],
        error_messages={"unique": _("This user name is taken. Choose another one.")},
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        "accounts.School",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name=_("school"),
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.STUDENT)
    display_name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    must_change_password = models.BooleanField(_("must choose a new password"), default=False)
    # How often the account was stopped; sessions from before stay ended when it is let in again.
    stops = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=["student", "teacher", "admin"]), name="user_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(school__isnull=False) | models.Q(is_superuser=True),
                name="user_has_school_or_is_operator",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_session_auth_hash(self) -> str:
        return self._of_this_stop(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for earlier_key in super().get_session_auth_fallback_hash():
            yield self._of_this_stop(earlier_key)

    def _of_this_stop(self, session_hash: str) -> str:
        return f"{session_hash}-{self.stops}"

    @property
    def is_student(self) -> bool:
        return self.role == self.Role.STUDENT and self.school_id is not None

    @property
    def is_teacher(self) -> bool:
        return self.role == self.Role.TEACHER and self.school_id is not None

    @property
    def is_school_admin(self) -> bool:
        return self.role == self.Role.ADMIN and self.school_id is not None

    @property
    def is_operator(self) -> bool:
        return self.is_superuser and self.school_id is None
