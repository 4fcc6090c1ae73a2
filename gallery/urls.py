from django.urls import path

from .views import desk, exhibitions, export, grading, lesson, people, reviews, submissions, walls

app_name = "gallery"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    # Reviewing
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/approve/", reviews.approve_many, name="approve_many"),
    path("pictures/<int:pk>/review/", reviews.review, name="review"),
    # Looking
    path("wall/", walls.walls, name="walls"),
    path("classes/<int:pk>/wall/", walls.wall, name="wall"),
    # Handing in
    path("assignments/<int:pk>/hand-in/", submissions.hand_in_page, name="hand_in"),
    path("assignments/<int:pk>/submission-box/", submissions.submission_box, name="submission_box"),
    path("submissions/", submissions.own_submissions, name="own_submissions"),
    path("submissions/<int:pk>/", submissions.submission, name="submission"),
    path("submissions/<int:pk>/withdraw/", submissions.withdraw_page, name="withdraw"),
    # The live lesson's table, a fragment of a page of assignments
    path("assignments/<int:pk>/lesson-rows/", lesson.lesson_rows, name="lesson_rows"),
    # Grading
    path("assignments/<int:pk>/submissions/", grading.submissions, name="submissions"),
    path("submissions/<int:pk>/grade/", grading.grade, name="grade"),
    path("submissions/<int:pk>/return/", grading.return_page, name="return"),
    path("assignments/<int:pk>/release/", grading.release, name="release"),
    path("assignments/<int:pk>/export/", export.export_assignment, name="export_assignment"),
    path("classes/<int:pk>/export/", export.export_classroom, name="export_class"),
    # Showing outside
    path("exhibitions/", exhibitions.exhibitions, name="exhibitions"),
    path("exhibitions/<int:pk>/", exhibitions.exhibition, name="exhibition"),
    path("exhibitions/<int:pk>/hang/", exhibitions.hang, name="hang"),
    path("exhibitions/<int:pk>/open/", exhibitions.open_page, name="open_exhibition"),
    path("exhibitions/<int:pk>/close/", exhibitions.close_page, name="close_exhibition"),
    path("exhibits/<int:pk>/label/", exhibitions.label, name="label_exhibit"),
    path("exhibits/<int:pk>/consent/", exhibitions.consent, name="consent"),
    path("exhibits/<int:pk>/withdraw-consent/", exhibitions.withdraw_consent, name="withdraw_consent"),
    path("exhibits/<int:pk>/take-down/", exhibitions.take_down, name="take_down"),
    path("e/<str:key>/", exhibitions.public_exhibition, name="public_exhibition"),
    path("e/<str:key>/works/<int:pk>/<str:name>.webp", exhibitions.public_file, name="public_file"),
    # A student's data, for the school's admin
    path("school/people/", people.people, name="people"),
    path("school/people/<int:pk>/", people.person, name="person"),
    path("school/people/<int:pk>/export/", people.export, name="export_person"),
    path("school/people/<int:pk>/stop/", people.stop, name="stop_person"),
    path("school/people/<int:pk>/delete/", people.delete, name="delete_person"),
]
