from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from edu4all.accounts.models import Classroom

from .picture import Picture

REFUSAL_STAGES = ("policy", "prompt", "picture", "review")


class GenerationQuerySet(models.QuerySet["Generation"]):
    def visible_to(self, user) -> GenerationQuerySet:
        """A student's own; all of the classes one runs."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        if user.is_student:
            return self.filter(student=user, classroom__school_id=user.school_id)
        return self.filter(classroom__in=Classroom.objects.managed_by(user))

    def unfinished(self) -> GenerationQuerySet:
        return self.filter(status__in=Generation.UNFINISHED)

    def costing_a_try(self) -> GenerationQuerySet:
        return self.filter(Generation.COSTS_A_TRY)

    def counting_towards_a_pause(self) -> GenerationQuerySet:
        """Ordinary refusals by our own list, but for words that a teacher granted after they were refused."""
        granted = Generation.objects.filter(
            membership=models.OuterRef("membership"),
            prompt=models.OuterRef("prompt"),
            appeal__status__in=["allowed", "excepted"],
            appeal__answered_at__gt=models.OuterRef("created_at"),
        )
        refused = self.filter(refusal_stage=Generation.Stage.POLICY, verdict_kind="ordinary")
        return refused.filter(~models.Exists(granted))

    def given_back_last(self) -> GenerationQuerySet:
        """Presses whose picture a teacher gave back, and after which nothing else was drawn for the task."""
        newer = Generation.objects.costing_a_try().filter(
            student=models.OuterRef("student"),
            assignment=models.OuterRef("assignment"),
            created_at__gt=models.OuterRef("created_at"),
        )
        return self.filter(~models.Exists(newer), status="refused", refusal_stage="review")

    def for_studio(self, *, student, assignment) -> GenerationQuerySet:
        """A student's presses in an assignment, newest first, with what that student may see of them.

        Each carries ``shown_pictures``: its pictures visible to the student, with ``is_hidden``; and
        ``is_given_back``: a teacher gave one of its pictures back, and ``refusal_reason`` says why.
        """
        rejected = Picture.objects.filter(
            generation=models.OuterRef("pk"), moderation=Picture.Moderation.REJECTED
        )
        pictures = Picture.objects.visible_to(student).with_hidden_by(student).order_by("position")
        return (
            self.filter(student=student, assignment=assignment)
            .select_related("image_model", "appeal")
            .annotate(
                is_given_back=Q(status="refused", refusal_stage="review")
                | Q(status__in=["ready", "held"]) & models.Exists(rejected)
            )
            .prefetch_related(models.Prefetch("pictures", pictures, to_attr="shown_pictures"))
            .order_by("-created_at", "-pk")
        )


class Generation(models.Model):
    """One press of the button; the row is the queue.

    ::

        QUEUED -> DRAWING -> CHECKING -> READY | HELD | REFUSED | FAILED
        QUEUED -> CANCELLED          HELD -> READY (approved) | REFUSED (stage review)
        DRAWING -> QUEUED (rate limited)    (refused by the policy at birth) REFUSED

    Each change is a compare-and-set on (pk, status, claim). ``claim`` goes up at every claim, so a
    worker that was declared dead and wakes up again loses.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        DRAWING = "drawing", _("Drawing")
        CHECKING = "checking", _("Being checked")
        READY = "ready", _("Ready")
        HELD = "held", _("Waiting for your teacher")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class Operation(models.TextChoices):
        DRAW = "draw", _("Draw")
        VARY = "vary", _("Vary")
        EDIT = "edit", _("Edit")
        EXPAND = "expand", _("Expand")
        REFINE = "refine", _("Refine")

    class Stage(models.TextChoices):
        POLICY = "policy", _("our list")
        PROMPT = "prompt", _("the drawing service, on the words")
        PICTURE = "picture", _("the check, on the picture")
        REVIEW = "review", _("a teacher")

    PENDING = frozenset({Status.QUEUED})
    WORKING = frozenset({Status.DRAWING, Status.CHECKING})
    UNFINISHED = PENDING | WORKING
    SETTLED = frozenset({Status.READY, Status.HELD, Status.REFUSED, Status.FAILED, Status.CANCELLED})
    # A press whose picture was drawn, or may still be, costs a try; words that were refused don't.
    COSTS_A_TRY = Q(status__in=["queued", "drawing", "checking", "ready", "held"]) | Q(
        status="refused", refusal_stage__in=["picture", "review"]
    )

    assignment = models.ForeignKey("assignments.Assignment", models.CASCADE, related_name="generations")
    classroom = models.ForeignKey("accounts.Classroom", models.CASCADE, related_name="generations")
    membership = models.ForeignKey("accounts.Membership", models.CASCADE, related_name="generations")
    student = models.ForeignKey("accounts.User", models.CASCADE, related_name="generations")
    lesson = models.ForeignKey(
        "assignments.Lesson", models.SET_NULL, null=True, blank=True, related_name="generations"
    )

    operation = models.CharField(max_length=10, choices=Operation.choices, default=Operation.DRAW)
    prompt = models.TextField()
    language = models.CharField(max_length=5, default="ko")
    source = models.ForeignKey(
        "assignments.Picture", models.SET_NULL, null=True, blank=True, related_name="descendants"
    )
    mask = models.CharField(max_length=200, blank=True)  # name in storage
    count = models.PositiveSmallIntegerField(default=1)
    variety = models.FloatField(default=0.7)
    seed = models.BigIntegerField(default=0)
    idempotency_key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)

    # The verdict, with the version of the lists that it used
    policy_version = models.CharField(max_length=120, blank=True)
    matches = models.JSONField(
        default=list, blank=True
    )  # [{"term","start","end","text","rule","list","group","is_secret"}]
    warnings = models.JSONField(default=list, blank=True)
    hint = models.CharField(max_length=40, blank=True)
    verdict_kind = models.CharField(max_length=10, default="ordinary")  # ordinary, self_harm, threat
    is_allowed_once = models.BooleanField(default=False)  # a teacher let these words through

    sent_prompt = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    refusal_stage = models.CharField(max_length=10, choices=Stage.choices, blank=True)
    refusal_reason = models.CharField(max_length=300, blank=True)
    error_kind = models.CharField(max_length=40, blank=True)

    # The queue
    image_model = models.ForeignKey(
        "assignments.ImageModel", models.PROTECT, null=True, related_name="generations"
    )
    limit = models.ForeignKey("assignments.Limit", models.PROTECT, null=True, related_name="generations")
    weight = models.FloatField(default=1.0)
    start_tag = models.FloatField(default=0.0)
    finish_tag = models.FloatField(default=0.0)
    pictures_before = models.PositiveIntegerField(default=0)  # already had in this assignment
    claim = models.PositiveIntegerField(default=0)
    taken_claim = models.PositiveIntegerField(default=0)  # the newest claim that a worker has taken up
    slot_at = models.FloatField(
        null=True, blank=True
    )  # planned sending, seconds since the epoch, database clock
    resume_at = models.FloatField(null=True, blank=True)  # rests in the queue until then
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    # The lease ran out once; a worker that is alive renews it before the sweeper looks again.
    is_suspect = models.BooleanField(default=False)
    stored = models.JSONField(default=list, blank=True)  # originals in storage, before they are pictures
    calls_begun = models.PositiveSmallIntegerField(default=0)
    first_call_at = models.DateTimeField(null=True, blank=True)

    budget_day = models.DateField(null=True, blank=True)  # the school's own date at the press
    reserved_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    cost_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = GenerationQuerySet.as_manager()

    class Meta:
        verbose_name = _("generation")
        verbose_name_plural = _("generations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "idempotency_key"], name="generation_key_once_per_student"
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(status__in=["queued", "drawing", "checking"]),
                name="generation_one_unfinished_per_membership",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "queued",
                        "drawing",
                        "checking",
                        "ready",
                        "held",
                        "refused",
                        "failed",
                        "cancelled",
                    ]
                ),
                name="generation_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(operation__in=["draw", "vary", "edit", "expand", "refine"]),
                name="generation_operation_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="refused", refusal_stage__in=REFUSAL_STAGES) | ~Q(status="refused"),
                name="generation_refused_has_stage",
            ),
        ]
        indexes = [
            models.Index(
                fields=["limit", "start_tag", "pictures_before", "created_at"],
                condition=Q(status="queued"),
                name="generation_queue",
            ),
            models.Index(
                fields=["lease_expires_at"],
                condition=Q(status__in=["drawing", "checking"]),
                name="generation_leases",
            ),
            models.Index(fields=["assignment", "student", "-created_at"], name="generation_by_student"),
            models.Index(fields=["classroom", "-changed_at"], name="generation_by_class"),
        ]

    def __str__(self) -> str:
        return f"generation {self.pk} ({self.status})"

    @property
    def is_unfinished(self) -> bool:
        return self.status in self.UNFINISHED


class FairShare(models.Model):
    """A student's last finish on a limit: the memory of start-time fair queueing."""

    limit = models.ForeignKey("assignments.Limit", models.CASCADE, related_name="shares")
    student = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    last_finish = models.FloatField(default=0.0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "student"], name="fair_share_once")]

    def __str__(self) -> str:
        return f"{self.student_id} on {self.limit_id}: {self.last_finish}"
