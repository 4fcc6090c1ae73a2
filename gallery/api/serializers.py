"""What the API tells of reviews and hand-ins, and what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assignments.api.serializers import CriterionSerializer, PictureSerializer, id_field
from assignments.models import Picture
from gallery.models import Grade, Review, Submission
from gallery.services.submissions import is_grade_told


class PersonSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="__str__")


class WaitingPictureSerializer(serializers.Serializer):
    """A picture that no person has decided on, with what there is to know about it."""

    picture = PictureSerializer(source="*")
    generation = serializers.IntegerField(source="generation_id")
    assignment = serializers.IntegerField(source="generation.assignment_id")
    classroom = serializers.IntegerField(source="generation.classroom_id")
    student = PersonSerializer(source="generation.student")
    prompt = serializers.CharField(source="generation.prompt")
    sent_prompt = serializers.CharField(source="generation.sent_prompt")
    moderation = serializers.ChoiceField(
        choices=sorted(Picture.UNDECIDED), help_text="`waiting`: nobody sees it; `shown`: its student does."
    )
    check_outcome = serializers.CharField(help_text="Of the automatic check: passed, flagged or unchecked.")
    created_at = serializers.DateTimeField()


class ReviewInputSerializer(serializers.Serializer):
    decision = serializers.ChoiceField(choices=Review.Decision.values)
    reason = serializers.CharField(
        max_length=300,
        default="",
        allow_blank=True,
        help_text="For the student, when the picture is returned.",
    )


class ReviewSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    picture = serializers.IntegerField(source="picture_id")
    decision = serializers.ChoiceField(choices=Review.Decision.values)
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()


class SubmissionInputSerializer(serializers.Serializer):
    assignment = id_field()
    pictures = serializers.ListField(child=id_field(), max_length=20)
    title = serializers.CharField(max_length=80, allow_blank=True)
    reflection = serializers.CharField(max_length=2000, default="", allow_blank=True)
    monument = serializers.CharField(max_length=80, default="", allow_blank=True)


class ReturnInputSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, allow_blank=True)


class ScoreInputSerializer(serializers.Serializer):
    criterion = id_field()
    points = serializers.DecimalField(max_digits=5, decimal_places=1, min_value=Decimal(0))


class GradeInputSerializer(serializers.Serializer):
    scores = ScoreInputSerializer(many=True, help_text="One for each criterion of the rubric, in halves.")
    comment = serializers.CharField(max_length=2000, default="", allow_blank=True)

    def validate_scores(self, scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({score["criterion"] for score in scores}) < len(scores):
            raise serializers.ValidationError(_("Give each criterion its points once."))
        return scores


class ScoreSerializer(serializers.Serializer):
    criterion = serializers.IntegerField(source="criterion_id")
    points = serializers.FloatField()


class GradeSerializer(serializers.Serializer):
    scores = ScoreSerializer(many=True, source="scores.all")
    points = serializers.SerializerMethodField(help_text="The sum of the scores.")
    comment = serializers.CharField()
    graded_at = serializers.DateTimeField()
    is_released = serializers.SerializerMethodField()

    def get_points(self, grade: Grade) -> float:
        return float(sum(score.points for score in grade.scores.all()))

    def get_is_released(self, grade: Grade) -> bool:
        return grade.released_at is not None


class SubmissionSerializer(serializers.Serializer):
    """Needs rows of ``with_work``. A student hears of a grade, and that there is one, once it is released."""

    id = serializers.IntegerField(source="pk")
    status = serializers.SerializerMethodField()
    assignment = serializers.IntegerField(source="assignment_id")
    student = PersonSerializer()
    title = serializers.CharField()
    reflection = serializers.CharField()
    monument = serializers.CharField()
    pictures = serializers.SerializerMethodField()
    is_late = serializers.BooleanField()
    handed_in_at = serializers.DateTimeField()
    return_reason = serializers.CharField()
    criteria = CriterionSerializer(source="assignment.criteria.all", many=True)
    grade = serializers.SerializerMethodField()

    def _grade(self, submission: Submission) -> Grade | None:
        grade: Grade | None = getattr(submission, "grade", None)
        if not self.context["request"].user.is_student:
            return grade
        return grade if is_grade_told(submission) else None

    @extend_schema_field(serializers.ChoiceField(choices=Submission.Status.values))
    def get_status(self, submission: Submission) -> str:
        if submission.status == Submission.Status.GRADED and self._grade(submission) is None:
            return Submission.Status.HANDED_IN
        return submission.status

    @extend_schema_field(PictureSerializer(many=True))
    def get_pictures(self, submission: Submission) -> Sequence[dict[str, Any]]:
        """What the reader may see: a picture that was taken down since is gone for its student as well."""
        chosen = [row.picture for row in submission.chosen.all()]
        if self.context["request"].user.is_student:
            chosen = [picture for picture in chosen if picture.moderation in Picture.SHOWN_TO_STUDENT]
        data: Any = PictureSerializer(chosen, many=True, context=self.context).data
        return data

    @extend_schema_field(GradeSerializer(allow_null=True))
    def get_grade(self, submission: Submission) -> dict[str, Any] | None:
        grade = self._grade(submission)
        return GradeSerializer(grade).data if grade else None


class ReleasedSerializer(serializers.Serializer):
    released = serializers.IntegerField(help_text="How many grades became visible now.")
