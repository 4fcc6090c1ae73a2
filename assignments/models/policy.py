from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from edu4all.accounts.models import Classroom


class TermListQuerySet(models.QuerySet["TermList"]):
    def visible_to(self, user) -> TermListQuerySet:
        """Lists of the classes one runs; a school's admin also sees the base list, teachers read it."""
        if not user.is_authenticated or user.school_id is None or user.is_student:
            return self.none()
        own = models.Q(classroom__in=Classroom.objects.managed_by(user))
        return self.filter(models.Q(classroom=None, school_id=user.school_id) | own)

    def editable_by(self, user) -> TermListQuerySet:
        visible = self.visible_to(user)
        return visible if user.is_authenticated and user.is_school_admin else visible.exclude(classroom=None)


class TermList(models.Model):
    """A disallow list: the school's base list (no class) or a class's own.

    ``version`` counts up with each saved change. Entries carry the version that added them and the
    one that removed them, so the list of any version can be read back: an entry belongs to version
    v when ``added_version <= v`` and (``removed_version`` is null or ``removed_version > v``).
    """

    school = models.ForeignKey("accounts.School", models.CASCADE, related_name="term_lists")
    classroom = models.OneToOneField(
        "accounts.Classroom", models.CASCADE, null=True, blank=True, related_name="term_list"
    )
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = TermListQuerySet.as_manager()

    class Meta:
        verbose_name = _("disallow list")
        verbose_name_plural = _("disallow lists")
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=models.Q(classroom=None), name="term_list_one_base_per_school"
            )
        ]

    def __str__(self) -> str:
        return f"{self.classroom or self.school} v{self.version}"


class TermListChange(models.Model):
    """One saved change of a list: who, when, and a word about why. Insert-only."""

    term_list = models.ForeignKey(TermList, models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField()
    author = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=80)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("list change")
        verbose_name_plural = _("list changes")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["term_list", "version"], name="term_list_change_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.term_list_id} v{self.version}"


class TermEntryQuerySet(models.QuerySet["TermEntry"]):
    def current(self) -> TermEntryQuerySet:
        return self.filter(removed_version=None)

    def at_version(self, version: int) -> TermEntryQuerySet:
        return self.filter(added_version__lte=version).filter(
            models.Q(removed_version=None) | models.Q(removed_version__gt=version)
        )


class TermEntry(models.Model):
    """A term or an exception of a list."""

    class Kind(models.TextChoices):
        TERM = "term", _("Term")
        EXCEPTION = "exception", _("Exception")

    class Matching(models.TextChoices):
        WORD = "word", _("Word")
        ANYWHERE = "anywhere", _("Anywhere")
        PHRASE = "phrase", _("Phrase")

    term_list = models.ForeignKey(TermList, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TERM)
    text = models.CharField(_("text"), max_length=100)
    matching = models.CharField(_("matching"), max_length=10, choices=Matching.choices, default=Matching.WORD)
    group = models.CharField(max_length=30, blank=True)  # shipped group it belongs to, for the student's hint
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_personal = models.BooleanField(_("personal"), default=False)  # never shown to students
    added_version = models.PositiveIntegerField()
    removed_version = models.PositiveIntegerField(null=True, blank=True)

    objects = TermEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("list entry")
        verbose_name_plural = _("list entries")
        ordering = ["text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["term_list", "kind", "text"],
                condition=models.Q(removed_version=None),
                name="term_entry_current_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["term", "exception"]), name="term_entry_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(matching__in=["word", "anywhere", "phrase"]),
                name="term_entry_matching_is_known",
            ),
        ]
        indexes = [models.Index(fields=["term_list", "removed_version"], name="term_entry_by_list")]

    def __str__(self) -> str:
        return self.text


def default_groups_off() -> list[str]:
    """Ghosts and games of chance are a matter of the class's age; the other shipped groups start switched on."""
    return ["horror", "gambling"]


class ClassPolicy(models.Model):
    """A class's switches and meta-prompt; its disallow list stands in TermList."""

    class Mode(models.TextChoices):
        AFTER_REVIEW = "after_review", _("After review: nothing is shown before a teacher decided")
        AT_ONCE = "at_once", _("At once when the automatic check passed")

    class WhenUnchecked(models.TextChoices):
        HOLD = "hold", _("Hold the prompt until the check works again")
        GO_ON = "go_on", _("Go on with our own check alone")

    classroom = models.OneToOneField("accounts.Classroom", models.CASCADE, related_name="policy")
    mode = models.CharField(
        _("when pictures are shown"), max_length=20, choices=Mode.choices, default=Mode.AFTER_REVIEW
    )
    # Language of the meta-prompt; "" follows the prompt: Korean words, Korean frame.
    meta_prompt_language = models.CharField(
        _("language of the meta-prompt"), max_length=5, blank=True, default=""
    )
    meta_prompt_ko = models.TextField(_("meta-prompt (Korean)"), blank=True)  # "" = the default template
    meta_prompt_en = models.TextField(_("meta-prompt (English)"), blank=True)
    age_group = models.CharField(_("age group"), max_length=10, default="11-13")
    groups_off = models.JSONField(_("shipped groups that are off"), default=default_groups_off, blank=True)
    is_artist_checked = models.BooleanField(_("refuse styles of living artists"), default=True)
    is_person_checked = models.BooleanField(_("refuse real living people"), default=True)
    when_unchecked = models.CharField(
        _("when the second opinion is down"),
        max_length=10,
        choices=WhenUnchecked.choices,
        default=WhenUnchecked.HOLD,
    )
    is_wall_open = models.BooleanField(_("the class sees its wall"), default=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("class policy")
        verbose_name_plural = _("class policies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mode__in=["after_review", "at_once"]), name="class_policy_mode_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"policy of {self.classroom_id}"


class NamedPerson(models.Model):
    """What a school's admin changed of the shipped lists of living artists and real living people.

    The shipped names are refused in every school from its first day, without a row; a row adds a name
    or, with ``is_allowed``, lets prompts name somebody of the shipped list.
    """

    class Kind(models.TextChoices):
        ARTIST = "artist", _("Living artist")
        PERSON = "person", _("Real person")

    school = models.ForeignKey("accounts.School", models.CASCADE, related_name="named_people")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    is_allowed = models.BooleanField(_("may be named"), default=False)

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "kind", "name"], name="named_person_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["artist", "person"]), name="named_person_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
