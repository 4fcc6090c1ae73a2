from django.urls import URLPattern, URLResolver, path

from .views import classes, lesson

app_name = "assignments"

urlpatterns: list[URLPattern | URLResolver] = [
    # A teacher's classes
    path("classes/", classes.classes, name="classes"),
    path("classes/<int:pk>/", classes.classroom, name="classroom"),
    path("classes/<int:pk>/assignments/new/", classes.assignment_new, name="assignment_new"),
    path("classes/<int:pk>/refused/", classes.refused, name="refused"),
    path("assignments/<int:pk>/edit/", classes.assignment_edit, name="assignment_edit"),
    path("assignments/<int:pk>/state/", classes.assignment_state, name="assignment_state"),
    # The live lesson
    path("classes/<int:pk>/lesson/", lesson.lesson, name="lesson"),
    path("classes/<int:pk>/lesson/start/", lesson.start, name="lesson_start"),
    path("classes/<int:pk>/lesson/pause/", lesson.pause, name="lesson_pause"),
    path("classes/<int:pk>/lesson/resume/", lesson.resume, name="lesson_resume"),
    path("classes/<int:pk>/lesson/end/", lesson.end, name="lesson_end"),
]
