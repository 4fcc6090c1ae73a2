from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from edu4all.accounts.models import Classroom, Membership


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user) -> PictureQuerySet:
        """Who may see a picture, decided by its ``moderation`` alone.

        Its student, once shown or approved; the class, once approved and while the wall is open,
        unless that person or its own student hid it; teachers of the class and the school's admin always.
        """
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        if not user.is_student:
            return self.filter(generation__classroom__in=Classroom.objects.managed_by(user))
        own = Q(generation__student=user, moderation__in=Picture.SHOWN_TO_STUDENT)
        joined = Membership.objects.current().students().filter(user=user).values("classroom_id")
        on_wall = Q(
            generation__classroom__in=joined,
            generation__classroom__policy__is_wall_open=True,
            moderation=Picture.Moderation.APPROVED,
        )
        is_hidden = HiddenPicture.objects.filter(person=user, picture=OuterRef("pk"))
        return self.filter(own | on_wall & ~Exists(is_hidden) & ~_is_withdrawn()).filter(
            generation__classroom__school_id=user.school_id
        )

    def undecided(self) -> PictureQuerySet:
        """No person has decided on them yet."""
        return self.filter(moderation__in=Picture.UNDECIDED)

    def with_hidden_by(self, person) -> PictureQuerySet:
        """Each with ``is_hidden``: whether this person hid it for themselves."""
        return self.annotate(
            is_hidden=Exists(HiddenPicture.objects.filter(person=person, picture=OuterRef("pk")))
        )

    def hidden_by_person(self, person) -> PictureQuerySet:
        """Those that this person hid for themselves."""
        return self.filter(Exists(HiddenPicture.objects.filter(person=person, picture=OuterRef("pk"))))

    def with_is_withdrawn(self) -> PictureQuerySet:
        """Each with ``is_withdrawn``: whether its own student has hidden it."""
        return self.annotate(is_withdrawn=_is_withdrawn())

    def not_withdrawn(self) -> PictureQuerySet:
        return self.exclude(_is_withdrawn())

    def on_wall(self) -> PictureQuerySet:
        """Approved, and not hidden by the very student whose picture it is."""
        return self.filter(moderation=Picture.Moderation.APPROVED).not_withdrawn()


def _is_withdrawn() -> Exists:
    hidden = HiddenPicture.objects.filter(picture=OuterRef("pk"), person=OuterRef("generation__student"))
    return Exists(hidden)


class Picture(models.Model):
    """One generated image. ``moderation`` alone decides who sees it; Review is the log."""

    class Moderation(models.TextChoices):
        WAITING = "waiting", _("Waiting for review")
        SHOWN = "shown", _("Shown to its student")  # the automatic check passed, mode "at once"
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Returned")

    UNDECIDED = frozenset({Moderation.WAITING, Moderation.SHOWN})
    SHOWN_TO_STUDENT = frozenset({Moderation.SHOWN, Moderation.APPROVED})

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    generation = models.ForeignKey("assignments.Generation", models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField(default=0)
    claim = models.PositiveIntegerField()
    moderation = models.CharField(max_length=10, choices=Moderation.choices, default=Moderation.WAITING)
    moderated_at = models.DateTimeField(null=True, blank=True)
    original = models.CharField(max_length=200)  # name in storage; the bytes as the provider sent them
    original_mime = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    seed = models.BigIntegerField(null=True, blank=True)
    alt_ko = models.CharField(max_length=500, blank=True)
    alt_en = models.CharField(max_length=500, blank=True)
    revised_prompt = models.TextField(blank=True)
    credits = models.JSONField(default=list, blank=True)
    is_sample = models.BooleanField(default=False)
    check_outcome = models.CharField(max_length=12, default="unchecked")  # passed, flagged, unchecked
    check_categories = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-created_at", "-pk"]
        constraints = [
            # A generation can never have two sets of pictures.
            models.UniqueConstraint(fields=["generation", "position"], name="picture_position_once"),
            models.CheckConstraint(
                condition=Q(moderation__in=["waiting", "shown", "approved", "rejected"]),
                name="picture_moderation_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(moderation__in=["waiting", "shown"]),
                name="picture_undecided",
            )
        ]

    def __str__(self) -> str:
        return f"picture {self.pk}"

    @property
    def alt_text(self) -> str:
        """What is to be seen, in the reader's language, for anybody who may see the picture."""
        return self._described or str(_("A picture from class"))

    @property
    def alt_in_words(self) -> str:
        """The same, and the student's own words where nobody said: for that student and the teachers only."""
        return self._described or self.generation.prompt

    @property
    def _described(self) -> str:
        return self.alt_ko if (get_language() or "").startswith("ko") else self.alt_en


class PictureFile(models.Model):
    """A derived size with the AI mark in its XMP. ``large`` is the largest."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="files")
    name = models.CharField(max_length=10)  # thumb, page, large
    file = models.CharField(max_length=200)  # name in storage
    mime = models.CharField(max_length=20, default="image/webp")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "name"], name="picture_file_once")]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.name}"


class HiddenPicture(models.Model):
    """Somebody hid a picture for themselves and told the teacher, in one press."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="hidden_by")
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="hidden_pictures")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["picture", "person"], name="hidden_picture_once")]

    def __str__(self) -> str:
        return f"{self.picture_id} hidden by {self.person_id}"
