"""Handing in, taking back, returning, grading and the release."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from assignments.models import Assignment, Picture
from edu4all.accounts.models import User
from edu4all.web.api import OF_A_BODY, APIRequest, JSONView, problems
from edu4all.web.http import number_of
from edu4all.web.problems import Invalid, NotAllowed
from gallery.models import Submission
from gallery.services.grades import grade_submission, release_grades
from gallery.services.grading import with_work
from gallery.services.submissions import hand_in, return_submission, withdraw

from .serializers import (
    GradeInputSerializer,
    GradeSerializer,
    ReleasedSerializer,
    ReturnInputSerializer,
    SubmissionInputSerializer,
    SubmissionSerializer,
)

ASSIGNMENT = OpenApiParameter("assignment", int, description="Only those of this assignment.")


def visible_submissions(user: User) -> QuerySet[Submission]:
    return with_work(Submission.objects.visible_to(user))


def find_submission(request: APIRequest, pk: int) -> Submission:
    return get_object_or_404(visible_submissions(request.user), pk=pk)


def submission_answer(request: APIRequest, pk: int, status: int = 200) -> Response:
    data = SubmissionSerializer(find_submission(request, pk), context={"request": request}).data
    return Response(data, status=status)


class SubmissionList(JSONView, GenericAPIView):
    queryset = Submission.objects.none()
    serializer_class = SubmissionSerializer

    @extend_schema(
        operation_id="list_submissions",
        parameters=[ASSIGNMENT],
        responses={200: SubmissionSerializer(many=True), **problems(400, 404)},
        tags=["submissions"],
    )
    def get(self, request: APIRequest) -> Response:
        """A student's own; for teachers those of their classes, the oldest first."""
        found = visible_submissions(request.user).order_by("handed_in_at", "pk")
        wanted = request.query_params.get("assignment")
        if wanted is not None:
            number = number_of(wanted)
            if number is None:
                raise Invalid(_("An assignment is named by its number."), code="assignment")
            found = found.filter(assignment_id=number)
        rows = self.paginate_queryset(found) or ()
        return self.get_paginated_response(
            SubmissionSerializer(rows, many=True, context={"request": request}).data
        )

    @extend_schema(
        operation_id="hand_in",
        request=SubmissionInputSerializer,
        responses={201: SubmissionSerializer, **problems(403, 404, 409, *OF_A_BODY)},
        tags=["submissions"],
    )
    def post(self, request: APIRequest) -> Response:
        """Hand work in for grading, for the first time or again after taking it back or getting it returned.

        Late work is marked. 409 with code `closed`, `already_handed_in` or `graded`.
        """
        form = SubmissionInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        facts = form.validated_data
        rows = Assignment.objects.visible_to(request.user).select_related("classroom__school")
        assignment = rows.filter(pk=facts["assignment"]).first()
        if assignment is None:
            raise Http404
        if not request.user.is_student:
            raise NotAllowed(_("Only students of the class can hand in work."))
        submission = hand_in(
            student=request.user,
            assignment=assignment,
            pictures=own_pictures(request.user, facts["pictures"]),
            title=facts["title"],
            reflection=facts["reflection"],
            monument=facts["monument"],
        )
        return submission_answer(request, submission.pk, status=201)


def own_pictures(student: User, pks: list[int]) -> list[Picture]:
    """The student's pictures in the order asked for; which of them may be handed in, the service knows."""
    own = Picture.objects.filter(generation__student=student).in_bulk(pks)
    if set(pks) - set(own):
        text = _("Only your own pictures of this assignment that you can see may be handed in.")
        raise Invalid(text, code="pictures")
    return [own[pk] for pk in pks]


class SubmissionDetail(JSONView):
    @extend_schema(
        operation_id="get_submission",
        responses={200: SubmissionSerializer, **problems(404)},
        tags=["submissions"],
    )
    def get(self, request: APIRequest, pk: int) -> Response:
        """A hand-in with its rubric; `grade` is null for the student until the grades are released."""
        return submission_answer(request, pk)


class Withdrawal(JSONView):
    @extend_schema(
        operation_id="withdraw_submission",
        request=None,
        responses={200: SubmissionSerializer, **problems(403, 404, 409)},
        tags=["submissions"],
    )
    def post(self, request: APIRequest, pk: int) -> Response:
        """Take one's work back before the due date."""
        withdraw(submission=find_submission(request, pk), student=request.user)
        return submission_answer(request, pk)


class Return(JSONView):
    @extend_schema(
        operation_id="return_submission",
        request=ReturnInputSerializer,
        responses={200: SubmissionSerializer, **problems(403, 404, 409, *OF_A_BODY)},
        tags=["submissions"],
    )
    def post(self, request: APIRequest, pk: int) -> Response:
        """Give work back to its student for another go, with a reason."""
        submission = find_submission(request, pk)
        require_teacher(request)
        form = ReturnInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return_submission(submission=submission, teacher=request.user, reason=form.validated_data["reason"])
        return submission_answer(request, pk)


class SubmissionGrades(JSONView):
    @extend_schema(
        operation_id="grade_submission",
        request=GradeInputSerializer,
        responses={201: GradeSerializer, **problems(403, 404, 409, *OF_A_BODY)},
        tags=["submissions"],
    )
    def post(self, request: APIRequest, pk: int) -> Response:
        """Grade handed-in work against the rubric, or change its grade; each save is kept."""
        submission = find_submission(request, pk)
        require_teacher(request)
        form = GradeInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        grade = grade_submission(
            submission=submission,
            grader=request.user,
            scores={score["criterion"]: score["points"] for score in form.validated_data["scores"]},
            comment=form.validated_data["comment"],
        )
        return Response(GradeSerializer(grade).data, status=201)


class Release(JSONView):
    @extend_schema(
        operation_id="release_grades",
        request=None,
        responses={200: ReleasedSerializer, **problems(403, 404)},
        tags=["submissions"],
    )
    def post(self, request: APIRequest, pk: int) -> Response:
        """Show every grade of the assignment to its student, all together."""
        rows = Assignment.objects.visible_to(request.user).select_related("classroom")
        released = release_grades(assignment=get_object_or_404(rows, pk=pk), actor=request.user)
        return Response({"released": released})


def require_teacher(request: APIRequest) -> None:
    """Before the body is looked at: a student learns nothing from what is wrong with it."""
    if request.user.is_student:
        raise NotAllowed(_("Only the teachers of the class may do this."))
