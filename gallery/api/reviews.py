"""What waits for a person's eyes, and their decisions."""

from __future__ import annotations

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from assignments.models import Picture
from edu4all.web.api import OF_A_BODY, APIRequest, JSONView, problems
from edu4all.web.problems import NotAllowed
from gallery.services.queue import Choice, waiting_pictures
from gallery.services.reviews import review_picture

from .serializers import ReviewInputSerializer, ReviewSerializer, WaitingPictureSerializer


class ReviewQueue(JSONView, GenericAPIView):
    queryset = Picture.objects.none()
    serializer_class = WaitingPictureSerializer

    @extend_schema(
        operation_id="list_waiting_pictures",
        responses={200: WaitingPictureSerializer(many=True), **problems(403, 404)},
        tags=["reviews"],
    )
    def get(self, request: APIRequest) -> Response:
        """Every picture of the person's classes that no person has decided on, the oldest first."""
        if request.user.is_student:
            raise NotAllowed(_("Only the teachers of the class may do this."))
        waiting = waiting_pictures(request.user, Choice()).select_related("generation__student")
        rows = self.paginate_queryset(waiting) or ()
        return self.get_paginated_response(
            WaitingPictureSerializer(rows, many=True, context={"request": request}).data
        )


class PictureReviews(JSONView):
    @extend_schema(
        operation_id="review_picture",
        request=ReviewInputSerializer,
        responses={201: ReviewSerializer, **problems(403, 404, *OF_A_BODY)},
        tags=["reviews"],
    )
    def post(self, request: APIRequest, pk: int) -> Response:
        """Approve a picture, or return it with a reason; also takes an approved one off the wall.

        The newest decision counts. The same one twice is one.
        """
        picture = find_picture(request, pk)
        if request.user.is_student:
            raise NotAllowed(_("Only the teachers of the class may do this."))
        form = ReviewInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        review = review_picture(picture=picture, reviewer=request.user, **form.validated_data)
        return Response(ReviewSerializer(review).data, status=201)


def find_picture(request: APIRequest, pk: int) -> Picture:
    """A student knows of an own picture that is held; others don't know that it is there."""
    known = Q(pk__in=Picture.objects.visible_to(request.user).filter(pk=pk).values("pk"))
    if request.user.is_student:
        known |= Q(generation__student=request.user)
    return get_object_or_404(Picture.objects.filter(known).select_related("generation__classroom"), pk=pk)
