from django.urls import URLPattern, URLResolver, path

from .views import lesson

app_name = "gallery"

urlpatterns: list[URLPattern | URLResolver] = [
    # The live lesson's table, a fragment of a page of assignments
    path("assignments/<int:pk>/lesson-rows/", lesson.lesson_rows, name="lesson_rows"),
]
