"""What the API tells of assignments, generations and pictures, and what it takes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from assignments.generation.eta import Waiting
from assignments.models import REFUSAL_STAGES, Assignment, Criterion, Generation, Picture
from assignments.services.explanations import is_gentle, refusal_reason
from assignments.services.marks import is_cells

MOST_ID = 2**63 - 1


def id_field(**options: Any) -> serializers.IntegerField:
    """A row's number in a body, no larger than the database can look for."""
    return serializers.IntegerField(min_value=1, max_value=MOST_ID, **options)


class CriterionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Criterion
        fields = ["id", "title", "points"]
        read_only_fields = fields


class AssignmentSerializer(serializers.ModelSerializer):
    """Needs ``tries_left`` in its context: tries by assignment, empty for those who don't draw."""

    classroom = serializers.IntegerField(source="classroom_id", read_only=True)
    classroom_name = serializers.CharField(source="classroom.name", read_only=True)
    is_open = serializers.SerializerMethodField(help_text="Whether pictures may be drawn and handed in now.")
    tries_left = serializers.SerializerMethodField(help_text="Null for those who don't draw.")
    criteria = CriterionSerializer(many=True, read_only=True)

    class Meta:
        model = Assignment
        fields = [
            "id",
            "title",
            "classroom",
            "classroom_name",
            "brief",
            "is_open",
            "tries",
            "tries_left",
            "pictures_per_press",
            "monuments_mode",
            "monuments",
            "opens_at",
            "due_at",
            "closes_at",
            "criteria",
        ]
        read_only_fields = fields
        extra_kwargs = {"monuments": {"help_text": "Names, as the teacher wrote them."}}

    def get_is_open(self, assignment: Assignment) -> bool:
        return assignment.is_open and assignment.classroom.archived_at is None

    def get_tries_left(self, assignment: Assignment) -> int | None:
        left: dict[int, int] = self.context["tries_left"]
        return left.get(assignment.pk)


class PictureSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    file = serializers.SerializerMethodField(
        help_text="Address of the largest size, for those who may see it."
    )
    alt = serializers.SerializerMethodField(help_text="What is to be seen, in the reader's language.")

    @extend_schema_field(OpenApiTypes.URI)
    def get_file(self, picture: Picture) -> str:
        return reverse("api:picture_file", [picture.pk], request=self.context["request"])

    def get_alt(self, picture: Picture) -> str:
        """The words of a prompt are for its student and the teachers; classmates hear what is to be seen."""
        user = self.context["request"].user
        if not user.is_student or picture.generation.student_id == user.pk:
            return picture.alt_in_words
        return picture.alt_text


class MatchSerializer(serializers.Serializer):
    """One stretch of the generation's prompt; offsets are half-open and count code points."""

    term = serializers.CharField(
        allow_null=True, help_text="Null where it would tell a name or a personal term."
    )
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()
    rule = serializers.CharField()


class RefusalSerializer(serializers.Serializer):
    stage = serializers.ChoiceField(choices=REFUSAL_STAGES)
    reason = serializers.CharField()
    matches = MatchSerializer(many=True)


def refusal_of(generation: Generation) -> dict[str, Any] | None:
    """A refusal as its reader gets it; None for what was not refused.

    Words that call for a gentle answer are not held up to the one who wrote them.
    """
    if generation.status != Generation.Status.REFUSED:
        return None
    matches = [] if is_gentle(generation) else generation.matches
    told = [
        {
            "term": None if match.get("is_secret") else match["term"],
            "start": match["start"],
            "end": match["end"],
            "text": match["text"],
            "rule": match["rule"],
        }
        for match in matches
    ]
    return {
        "stage": generation.refusal_stage,
        "reason": refusal_reason(generation, get_language() or ""),
        # Two lists may hold the same term; its reader hears of it once.
        "matches": [match for index, match in enumerate(told) if match not in told[:index]],
    }


class GenerationSerializer(serializers.Serializer):
    """Needs ``waits`` in its context, and rows of ``with_shown_pictures``."""

    id = serializers.IntegerField(source="pk")
    assignment = serializers.IntegerField(source="assignment_id")
    status = serializers.ChoiceField(choices=Generation.Status.values)
    operation = serializers.ChoiceField(choices=Generation.Operation.values)
    prompt = serializers.CharField()
    sent_prompt = serializers.SerializerMethodField(
        help_text="The text that the provider gets; null for students, and where nothing was sent."
    )
    place = serializers.SerializerMethodField(help_text="In the queue, from 1; null when it isn't waiting.")
    eta_seconds = serializers.SerializerMethodField(help_text="Null when it has ended, or nobody can know.")
    refusal = serializers.SerializerMethodField()
    pictures = PictureSerializer(source="shown_pictures", many=True)
    created_at = serializers.DateTimeField()

    def _wait(self, generation: Generation) -> Waiting | None:
        waits: dict[int, Waiting] = self.context["waits"]
        return waits.get(generation.pk) if generation.is_unfinished else None

    def get_sent_prompt(self, generation: Generation) -> str | None:
        return None if self.context["request"].user.is_student else generation.sent_prompt or None

    def get_place(self, generation: Generation) -> int | None:
        wait = self._wait(generation)
        return wait.place if wait and generation.status == Generation.Status.QUEUED else None

    def get_eta_seconds(self, generation: Generation) -> int | None:
        wait = self._wait(generation)
        return wait.eta_seconds if wait else None

    @extend_schema_field(RefusalSerializer(allow_null=True))
    def get_refusal(self, generation: Generation) -> dict[str, Any] | None:
        return refusal_of(generation)


def check_cells(text: str) -> None:
    if text and not is_cells(text):
        raise serializers.ValidationError(_("The place you marked got lost. Mark it once more."))


class PressSerializer(serializers.Serializer):
    """One press of the button. ``operation`` and ``source`` start from one of the student's own pictures."""

    OPERATIONS = (Generation.Operation.DRAW, Generation.Operation.VARY, Generation.Operation.REFINE)

    prompt = serializers.CharField(
        allow_blank=True, trim_whitespace=False, help_text="At most 1,000 characters."
    )
    operation = serializers.ChoiceField(
        choices=[operation.value for operation in OPERATIONS], default=Generation.Operation.DRAW.value
    )
    source = id_field(  # type: ignore[assignment]
        required=False, allow_null=True, help_text="Picture to start from."
    )
    count = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=4,
        help_text="The assignment's own if left out.",
    )
    cells = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        validators=[check_cells],
        help_text="With `refine`, where the picture may change: 48 x 27 digits row by row, 1 where it may. "
        "Only models that can edit a marked part take it.",
    )


class RefusedSerializer(serializers.Serializer):
    """The policy refused the words; they cost no try."""

    detail = serializers.CharField()
    code = serializers.ChoiceField(choices=["refused"])
    id = serializers.IntegerField()
    refusal = RefusalSerializer()
