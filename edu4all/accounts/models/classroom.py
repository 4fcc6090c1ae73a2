from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Without 0 O 1 I L: a child reads the code off a blackboard.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# 2.6e13 codes. Whoever tries them at random has no pause: a count by address would stop a whole school, one
# for all would let a script stop every class. With 3,000 open classes and 150 tries a second one is found
# in two years.
CODE_LENGTH = 9
_CODE_GROUP = 3


def make_class_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _position in range(CODE_LENGTH))


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    def visible_to(self, user) -> ClassroomQuerySet:
        """Own classes; for a school admin all of the school."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        in_school = self.filter(school_id=user.school_id)
        if user.is_school_admin:
            return in_school
        return in_school.filter(
            models.Exists(Membership.objects.current().filter(user=user, classroom_id=models.OuterRef("pk")))
        )

    def managed_by(self, user) -> ClassroomQuerySet:
        """Those this person teaches; for a school admin all of the school."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        in_school = self.filter(school_id=user.school_id)
        if user.is_school_admin:
            return in_school
        teaches = Membership.objects.current().filter(
            user=user, role=Membership.Role.TEACHER, classroom_id=models.OuterRef("pk")
        )
        return in_school.filter(models.Exists(teaches))

    def open(self) -> ClassroomQuerySet:
        return self.filter(archived_at=None)


class Classroom(models.Model):
    """A class: its people, its policy, its assignments."""

    school = models.ForeignKey(
        "accounts.School", models.PROTECT, related_name="classrooms", verbose_name=_("school")
    )
    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("class code"), max_length=12, unique=True, default=make_class_code)
    is_code_open = models.BooleanField(_("students may join with the code"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def spoken_code(self) -> str:
        """The class code as it is read out and copied: in groups, such as ``K7M-2QX-9TB``."""
        return "-".join(
            self.code[start : start + _CODE_GROUP] for start in range(0, len(self.code), _CODE_GROUP)
        )

    def can_be_managed_by(self, user) -> bool:
        """Whether this person may run the class: one of its teachers or the school's admin."""
        return Classroom.objects.managed_by(user).filter(pk=self.pk).exists()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        return self.filter(left_at=None)

    def students(self) -> MembershipQuerySet:
        return self.filter(role=Membership.Role.STUDENT)

    def teachers(self) -> MembershipQuerySet:
        return self.filter(role=Membership.Role.TEACHER)


class Membership(models.Model):
    """A person in a class. The row is locked first when its student presses Draw."""

    class Role(models.TextChoices):
        STUDENT = "student", _("Student")
        TEACHER = "teacher", _("Teacher")

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="memberships")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.STUDENT)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    # Came in with the class code, which may have gone round; everybody else was put in by an adult.
    is_by_code = models.BooleanField(default=False, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    # A pause after five refused prompts in ten minutes.
    paused_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["classroom", "user"], name="membership_once_per_class"),
            models.CheckConstraint(
                condition=models.Q(role__in=["student", "teacher"]), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.classroom}"
