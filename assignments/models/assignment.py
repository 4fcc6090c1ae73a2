from __future__ import annotations

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from edu4all.accounts.models import Classroom, Membership


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user) -> AssignmentQuerySet:
        """Published ones of a student's classes; all of the classes one runs."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        managed = models.Q(classroom__in=Classroom.objects.managed_by(user))
        if not user.is_student:
            return self.filter(managed)
        joined = Membership.objects.current().students().filter(user=user).values("classroom_id")
        return self.filter(
            classroom__in=joined, published_at__lte=timezone.now(), classroom__archived_at=None
        )

    def managed_by(self, user) -> AssignmentQuerySet:
        return self.filter(classroom__in=Classroom.objects.managed_by(user))

    def open_at(self, moment: datetime) -> AssignmentQuerySet:
        """Those whose ``is_open_at`` is true, of classes that are not put away."""
        return self.filter(
            models.Q(opens_at=None) | models.Q(opens_at__lte=moment),
            models.Q(closes_at=None) | models.Q(closes_at__gt=moment),
            published_at__lte=moment,
            closed_at=None,
            classroom__archived_at=None,
        )

    def open_first(self) -> AssignmentQuerySet:
        """Open ones first, the nearest due date on top; then those that open later, then closed ones."""
        now = timezone.now()
        is_closed = models.Case(
            models.When(
                models.Q(closed_at__isnull=False) | models.Q(closes_at__lte=now), then=models.Value(1)
            ),
            default=models.Value(0),
            output_field=models.IntegerField(),
        )
        is_to_come = models.Case(
            models.When(models.Q(published_at=None) | models.Q(published_at__gt=now), then=models.Value(1)),
            models.When(opens_at__gt=now, then=models.Value(1)),
            default=models.Value(0),
            output_field=models.IntegerField(),
        )
        return self.annotate(closed_rank=is_closed, later_rank=is_to_come).order_by(
            "closed_rank", "later_rank", models.F("due_at").asc(nulls_last=True), "-pk"
        )


class Assignment(models.Model):
    """The task sheet."""

    class Monuments(models.TextChoices):
        FREE = "free", _("A monument of the student's choice")
        LISTED = "listed", _("One from a list")

    classroom = models.ForeignKey("accounts.Classroom", models.CASCADE, related_name="assignments")
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    brief = models.TextField(
        _("brief"), max_length=4000, help_text=_("What the students are to do, in their words.")
    )
    monuments_mode = models.CharField(
        _("monuments"), max_length=10, choices=Monuments.choices, default=Monuments.FREE
    )
    monuments = models.JSONField(
        _("list of monuments"), default=list, blank=True
    )  # names as written by the teacher
    tries = models.PositiveSmallIntegerField(
        _("tries"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    pictures_per_press = models.PositiveSmallIntegerField(
        _("pictures a press"), default=1, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    variety = models.FloatField(
        _("variety"), default=0.7, validators=[MinValueValidator(0.0), MaxValueValidator(1.0)]
    )
    is_colour_required = models.BooleanField(_("pictures must be in colour"), default=True)
    image_model = models.ForeignKey(
        "assignments.ImageModel",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image model"),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("Nothing can be drawn or handed in after this.")
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    grades_released_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(monuments_mode__in=["free", "listed"]),
                name="assignment_monuments_mode_is_known",
            ),
            models.CheckConstraint(condition=models.Q(tries__gte=1), name="assignment_has_tries"),
            models.CheckConstraint(
                condition=models.Q(pictures_per_press__gte=1, pictures_per_press__lte=4),
                name="assignment_pictures_per_press_1_to_4",
            ),
            models.CheckConstraint(
                condition=models.Q(variety__gte=0.0, variety__lte=1.0), name="assignment_variety_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open_at(self, moment: datetime) -> bool:
        """Whether pictures may be drawn and handed in at this moment."""
        if self.published_at is None or self.published_at > moment or self.closed_at is not None:
            return False
        if self.opens_at is not None and self.opens_at > moment:
            return False
        return self.closes_at is None or self.closes_at > moment

    @property
    def is_open(self) -> bool:
        return self.is_open_at(timezone.now())

    def is_late_at(self, moment: datetime) -> bool:
        return self.due_at is not None and moment > self.due_at
