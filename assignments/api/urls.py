from django.urls import path

from .assignments import AssignmentDetail, AssignmentList
from .generations import AssignmentGenerations, CancelGeneration, GenerationDetail, GenerationList
from .pictures import PictureDetail, PictureFileView
from .terms import ClassTerms

urlpatterns = [
    path("assignments/", AssignmentList.as_view(), name="assignments"),
    path("assignments/<int:pk>/", AssignmentDetail.as_view(), name="assignment"),
    path("assignments/<int:pk>/generations/", AssignmentGenerations.as_view(), name="assignment_generations"),
    path("generations/", GenerationList.as_view(), name="generations"),
    path("generations/<int:pk>/", GenerationDetail.as_view(), name="generation"),
    path("generations/<int:pk>/cancel/", CancelGeneration.as_view(), name="cancel_generation"),
    path("pictures/<int:pk>/", PictureDetail.as_view(), name="picture"),
    path("pictures/<int:pk>/file/", PictureFileView.as_view(), name="picture_file"),
    path("classrooms/<int:pk>/terms/", ClassTerms.as_view(), name="class_terms"),
]
