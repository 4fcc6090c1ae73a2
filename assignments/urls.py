from django.urls import URLPattern, URLResolver, path

from .views import classes, lesson, pictures, school, studio

app_name = "assignments"

urlpatterns: list[URLPattern | URLResolver] = [
    # A student's tasks and the studio
    path("assignments/", studio.assignment_list, name="list"),
    path("assignments/<int:pk>/", studio.studio, name="studio"),
    path("assignments/<int:pk>/draw/", studio.draw, name="draw"),
    path("assignments/<int:pk>/ideas/", studio.idea_cards, name="ideas"),
    path("assignments/<int:pk>/hints/", studio.hints, name="hints"),
    path("generations/<int:pk>/", studio.generation, name="generation"),
    path("generations/<int:pk>/cancel/", studio.cancel, name="cancel"),
    # Pictures
    path("pictures/<int:pk>/", pictures.picture, name="picture"),
    path("pictures/<int:pk>/<slug:name>.webp", pictures.picture_file, name="picture_file"),
    path("pictures/<int:pk>/download/", pictures.download, name="download"),
    path("pictures/<int:pk>/hide/", pictures.hide, name="hide"),
    path("pictures/<int:pk>/unhide/", pictures.unhide, name="unhide"),
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
    # The school's models, limits and money
    path("school/models/", school.models, name="models"),
    path("school/money/", school.money, name="money"),
    path("school/models/notices/", school.model_notices, name="model_notices"),
]
