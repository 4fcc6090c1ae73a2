from django.urls import path

from .reviews import PictureReviews, ReviewQueue
from .submissions import (
    Release,
    Return,
    SubmissionDetail,
    SubmissionGrades,
    SubmissionList,
    Withdrawal,
)

urlpatterns = [
    path("reviews/queue/", ReviewQueue.as_view(), name="review_queue"),
    path("pictures/<int:pk>/reviews/", PictureReviews.as_view(), name="picture_reviews"),
    path("submissions/", SubmissionList.as_view(), name="submissions"),
    path("submissions/<int:pk>/", SubmissionDetail.as_view(), name="submission"),
    path("submissions/<int:pk>/withdraw/", Withdrawal.as_view(), name="withdraw"),
    path("submissions/<int:pk>/return/", Return.as_view(), name="return"),
    path("submissions/<int:pk>/grades/", SubmissionGrades.as_view(), name="submission_grades"),
    path("assignments/<int:pk>/release/", Release.as_view(), name="release"),
]
