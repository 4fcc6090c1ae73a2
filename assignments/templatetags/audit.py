"""The school's history, for templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

VERBS = {
    "students.added": _("added students"),
    "password.reset": _("made a new password for"),
    "person.let_in": _("switched on"),
    "person.kept_out": _("switched off"),
    "member.removed": _("took out of the class"),
    "class.made": _("made the class"),
    "class.renamed": _("renamed the class"),
    "class.archived": _("put away the class"),
    "class.brought_back": _("brought back the class"),
    "teacher.added_to_class": _("let run the class"),
    "teacher.added": _("added the teacher"),
    "admin.added": _("added the admin"),
    "school.edited": _("changed the school"),
    "person.corrected": _("corrected the account of"),
    "person.exported": _("downloaded the data of"),
    "person.deleted": _("deleted a student and all of their work"),
    "work.expired": _("Prompts and pictures past their time were deleted"),
    "class.exported": _("downloaded the work of"),
    "image_model.used": _("began to use the image model"),
    "image_model.unused": _("no longer uses the image model"),
    "image_model.made_default": _("made the default image model"),
    "image_model.edited": _("changed the image model"),
    "image_model.tried_again": _("let draw again"),
    "image_model.stopped": _("Drawing has stopped:"),
    "limit.edited": _("changed the speed limit"),
    "assignment.made": _("wrote the task"),
    "assignment.edited": _("changed the task"),
    "assignment.closed": _("closed the task"),
    "assignment.reopened": _("opened the task again"),
    "grades.released": _("released the grades of"),
    "exhibition.opened": _("opened the exhibition"),
    "exhibition.closed": _("closed the exhibition"),
    "exhibit.taken_down": _("took down from the exhibition"),
    "consent.recorded": _("recorded the consent for"),
    "consent.withdrawn": _("recorded that the consent was withdrawn for"),
    "class_policy.edited": _("changed the meta-prompt or switches of"),
    "named_people.added": _("added names to the school's lists of people"),
    "named_people.removed": _("took names off the school's lists of people"),
    "pause.lifted": _("ended the pause after several refusals of"),
    "appeal.allowed": _("let refused words through once in"),
    "appeal.excepted": _("added an exception after a student's question in"),
    "appeal.explained": _("explained a refusal in"),
    "safety_notice.answered": _("noted what was done about safety notice"),
    "safety_notice.edited": _("changed the note on safety notice"),
}


@register.filter
def audit_verb(verb: str) -> str:
    """What was done, in the reader's language; a verb without words shows as it is."""
    return str(VERBS.get(verb, verb))
