from django.urls import URLPattern, URLResolver, path

from .views import (
    appeals,
    audit,
    class_policy,
    classes,
    lesson,
    named_people,
    pictures,
    refused,
    safety,
    school,
    studio,
    term_edits,
    term_history,
    terms,
)

app_name = "assignments"


def term_list_paths(where: str, name: str) -> list[URLPattern]:
    """The pages of a disallow list: the same for the school's base list and for a class's own."""
    return [
        path(f"{where}/terms/", terms.term_list, name=name),
        path(f"{where}/terms/try/", terms.try_words, name=f"{name}_try"),
        path(f"{where}/terms/download/", terms.download, name=f"{name}_download"),
        path(f"{where}/terms/groups/", terms.groups, name=f"{name}_groups"),
        path(f"{where}/terms/add/", term_edits.add, name=f"{name}_add"),
        path(f"{where}/terms/starter/", term_edits.starter, name=f"{name}_starter"),
        path(f"{where}/terms/remove/", term_edits.remove, name=f"{name}_remove"),
        path(f"{where}/terms/entries/<int:entry_pk>/", term_edits.edit, name=f"{name}_edit"),
        path(f"{where}/terms/history/", term_history.history, name=f"{name}_history"),
        path(f"{where}/terms/versions/<int:number>/", term_history.version, name=f"{name}_version"),
        path(f"{where}/terms/versions/<int:number>/revert/", term_history.revert, name=f"{name}_revert"),
    ]


urlpatterns: list[URLPattern | URLResolver] = [
    # A student's tasks and the studio
    path("assignments/", studio.assignment_list, name="list"),
    path("assignments/<int:pk>/", studio.studio, name="studio"),
    path("assignments/<int:pk>/draw/", studio.draw, name="draw"),
    path("assignments/<int:pk>/pause/", studio.bar, name="studio_bar"),
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
    path("classes/<int:pk>/name/", classes.classroom_edit, name="classroom_edit"),
    path("classes/<int:pk>/state/", classes.classroom_state, name="classroom_state"),
    path("classes/<int:pk>/assignments/new/", classes.assignment_new, name="assignment_new"),
    path("classes/<int:pk>/refused/", refused.refused, name="refused"),
    path("classes/<int:pk>/pauses/seen/", refused.pauses_seen, name="pauses_seen"),
    path("classes/<int:pk>/pauses/<int:member_pk>/lift/", refused.lift_pause, name="lift_pause"),
    path("assignments/<int:pk>/edit/", classes.assignment_edit, name="assignment_edit"),
    path("assignments/<int:pk>/state/", classes.assignment_state, name="assignment_state"),
    # The live lesson
    path("classes/<int:pk>/lesson/", lesson.lesson, name="lesson"),
    path("classes/<int:pk>/lesson/start/", lesson.start, name="lesson_start"),
    path("classes/<int:pk>/lesson/pause/", lesson.pause, name="lesson_pause"),
    path("classes/<int:pk>/lesson/resume/", lesson.resume, name="lesson_resume"),
    path("classes/<int:pk>/lesson/end/", lesson.end, name="lesson_end"),
    # Lists, meta-prompt, questions and notices
    *term_list_paths("school", "base_terms"),
    *term_list_paths("classes/<int:pk>", "class_terms"),
    path("classes/<int:pk>/meta-prompt/", class_policy.settings, name="class_policy"),
    path("classes/<int:pk>/meta-prompt/preview/", class_policy.preview, name="class_policy_preview"),
    path("school/named-people/", named_people.named_people, name="named_people"),
    path("school/named-people/put-back/", named_people.put_back, name="named_people_put_back"),
    path("school/named-people/remove/", named_people.remove, name="named_people_remove"),
    path("generations/<int:pk>/appeal/", appeals.appeal, name="appeal"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<int:pk>/", appeals.answer, name="appeal_answer"),
    path("safety/", safety.notices, name="safety"),
    path("safety/<int:pk>/", safety.answer, name="safety_answer"),
    # The school's models, limits and money
    path("school/models/", school.models, name="models"),
    path("school/models/notices/", school.model_notices, name="model_notices"),
    path("school/models/<int:pk>/", school.model_edit, name="model_edit"),
    path("school/models/<int:pk>/use/", school.model_use, name="model_use"),
    path("school/models/<int:pk>/default/", school.model_default, name="model_default"),
    path("school/models/<int:pk>/again/", school.model_again, name="model_again"),
    path("school/models/<int:pk>/refresh/", school.model_refresh, name="model_refresh"),
    path("school/audit/", audit.audit, name="audit"),
    path("school/money/", school.money, name="money"),
]
