"""A class's switches and meta-prompt, with the text that would really be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.decorators.vary import vary_on_headers

from assignments import policy as engine
from assignments.forms.policy import ClassPolicyForm, template_mistakes
from assignments.models import Assignment, ClassPolicy
from assignments.services.explanations import marked_parts
from assignments.services.facts import FactChanged, facts_of, facts_that_differ
from assignments.services.generations import language_of
from assignments.services.policies import class_policy, compose_for, save_class_policy
from assignments.services.showing import can_show_at_once
from edu4all.accounts.models import AuditEvent, Classroom
from edu4all.accounts.permissions import get_managed_classroom
from edu4all.web.htmx import wants_fragment
from edu4all.web.http import PageRequest, number_of
from edu4all.web.problems import Conflict, Problem

MOST_CHANGES = 20
SAMPLE_PROMPTS = {
    "ko": "아침 햇살에 에펠탑 옆에 있는 개",
    "en": "A dog beside the Eiffel Tower in the morning sun",
}
FIELD_MEANINGS = {
    "age_group": gettext_lazy("the class's age group, such as 8-10"),
    "orientation": gettext_lazy("landscape"),
    "colour": gettext_lazy("in colour, or black and white where the task says so"),
    "aspect_ratio": gettext_lazy("16:9"),
    "avoided_groups": gettext_lazy("the shipped groups that are switched on, in words"),
    "assignment": gettext_lazy("the title of the task"),
    "style": gettext_lazy("empty unless a task sets one; its line is then left out"),
}


@dataclass(frozen=True, slots=True)
class SentText:
    """The text that would be sent for a prompt, cut into (text, is_from_student); or why there is none."""

    parts: tuple[tuple[str, bool], ...] = ()
    mistakes: tuple[str, ...] = ()


def settings(request: PageRequest, pk: int) -> HttpResponse:
    classroom = get_managed_classroom(request.user, pk)
    current = class_policy(classroom)
    if request.method != "POST":
        return _page(request, classroom, _form(classroom, current))
    if request.POST.get("action") == "reset":
        return _reset(request, classroom)
    form = _form(classroom, class_policy(classroom), request.POST)
    if form.is_valid():
        try:
            save_class_policy(
                classroom=classroom,
                author=request.user,
                changes=form.changes(),
                seen_version=_seen(request),
            )
        except Conflict as problem:
            newest = class_policy(classroom)
            now = {name: getattr(newest, name) for name in form.changes()}
            theirs = facts_that_differ(ClassPolicy, now, form.changes())
            return _page(request, classroom, form, problem=problem, theirs=theirs, status=409)
        except Problem as problem:
            form.add_error("mode" if problem.code == "mode" else None, str(problem.detail))
        else:
            messages.success(request, _("Saved. It counts from the next press."))
            return redirect("assignments:class_policy", pk)
    return _page(request, classroom, form, status=422)


@require_POST
@vary_on_headers("HX-Request")
def preview(request: PageRequest, pk: int) -> HttpResponse:
    """The text that would be sent with the form as it stands; nothing is saved."""
    classroom = get_managed_classroom(request.user, pk)
    sent = sent_text(classroom, request.POST)
    if wants_fragment(request):
        return render(request, "assignments/_sent_text.html", {"sent": sent})
    form = _form(classroom, class_policy(classroom), request.POST)
    return _page(request, classroom, form, sent=sent, sample=request.POST.get("sample", ""))


def sent_text(classroom: Classroom, data: Any) -> SentText:
    """Compose a sample prompt with the form's template, age group and groups."""
    current = class_policy(classroom)
    sample = (data.get("sample") or "").strip()[: engine.MAX_LENGTH] or SAMPLE_PROMPTS["ko"]
    chosen = data.get("meta_prompt_language")
    chosen = chosen if chosen in ("ko", "en") else language_of(sample)
    language: Literal["ko", "en"] = "ko" if chosen == "ko" else "en"
    template = data.get(f"meta_prompt_{language}", "").strip() or engine.DEFAULT_TEMPLATE[language]
    mistakes = template_mistakes(template)
    if mistakes:
        return SentText(mistakes=tuple(mistakes))
    if data.get("age_group") in engine.shipped.AGE_BANDS:
        current.age_group = data["age_group"]
    if hasattr(data, "getlist") and "meta_prompt_ko" in data:
        on = set(data.getlist("groups_on"))
        current.groups_off = [group.key for group in engine.shipped.groups() if group.key not in on]
    newest = Assignment.objects.filter(classroom=classroom).order_by("-pk").first()
    composed = compose_for(
        current,
        prompt=sample,
        language=language,
        assignment_title=newest.title if newest else "",
        is_colour_required=newest.is_colour_required if newest else True,
        template=template,
    )
    start = composed.text.rfind(composed.student_text)
    span = {"start": start, "end": start + len(composed.student_text)}
    return SentText(parts=marked_parts(composed.text, [span]))


def _form(classroom: Classroom, current: ClassPolicy, data: Any = None) -> ClassPolicyForm:
    return ClassPolicyForm(data, instance=current, can_show_at_once=can_show_at_once(classroom))


def _reset(request: PageRequest, classroom: Classroom) -> HttpResponse:
    save_class_policy(
        classroom=classroom, author=request.user, changes={"meta_prompt_ko": "", "meta_prompt_en": ""}
    )
    messages.success(request, _("The meta-prompt is the shipped one again."))
    return redirect("assignments:class_policy", classroom.pk)


def _page(
    request: PageRequest,
    classroom: Classroom,
    form: ClassPolicyForm,
    *,
    sent: SentText | None = None,
    sample: str = "",
    problem: Problem | None = None,
    theirs: list[FactChanged] | None = None,
    status: int = 200,
) -> HttpResponse:
    current = ClassPolicy.objects.get(classroom=classroom)
    language = "ko" if request.LANGUAGE_CODE.startswith("ko") else "en"
    if sent is None:
        sent = sent_text(classroom, {**form.initial, "sample": SAMPLE_PROMPTS[language]})
    context = {
        "classroom": classroom,
        "form": form,
        "version": problem.extra.get("version") if problem else _seen(request) or current.version,
        "frames": [
            {"language": code, "field": form[f"meta_prompt_{code}"], "frame": engine.safety_frame(code)}
            for code in ("ko", "en")
        ],
        "fields": [(name, FIELD_MEANINGS[name]) for name in engine.FIELD_NAMES],
        "is_default": not current.meta_prompt_ko and not current.meta_prompt_en,
        "sent": sent,
        "sample": sample or SAMPLE_PROMPTS[language],
        "problem": problem,
        "theirs": theirs,
        "changes": settings_history(current),
    }
    return render(request, "assignments/class_policy.html", context, status=status)


def _seen(request: PageRequest) -> int | None:
    return number_of(request.POST.get("seen_version"))


def settings_history(current: ClassPolicy) -> list[tuple[int, AuditEvent, list[FactChanged]]]:
    """The last changes of a class's settings, newest first: version, event, and facts before and after.

    Each saved change is one version and one event, so the versions count down from the present one.
    """
    events = AuditEvent.objects.filter(classroom_id=current.classroom_id, verb="class_policy.edited")
    return [
        (current.version - back, event, facts_of(ClassPolicy, event.before, event.after))
        for back, event in enumerate(events[:MOST_CHANGES])
    ]
