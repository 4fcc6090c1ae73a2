from django.urls import path

from .classrooms import ClassroomDetail, ClassroomList
from .token import EndTokenView, TokenView

urlpatterns = [
    path("token/", TokenView.as_view(), name="token"),
    path("token/end/", EndTokenView.as_view(), name="end_token"),
    path("classrooms/", ClassroomList.as_view(), name="classrooms"),
    path("classrooms/<int:pk>/", ClassroomDetail.as_view(), name="classroom"),
]
