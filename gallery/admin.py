"""The operator's view. Decisions are made on the pages; the logs can't be changed here either."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from edu4all.accounts.admin import ReadOnly

from .models import Exhibit, Exhibition, Grade, GradeChange, Review, Submission, SubmissionEvent


@admin.register(Review)
class ReviewAdmin(ReadOnly):
    list_display = ("picture", "decision", "reviewer", "is_takedown", "created_at")
    list_filter = ("decision", "is_takedown")
    list_select_related = ("picture", "reviewer")
    date_hierarchy = "created_at"


@admin.register(Submission)
class SubmissionAdmin(ReadOnly):
    list_display = ("title", "assignment", "student", "status", "is_late", "handed_in_at")
    list_filter = ("status", "is_late")
    list_select_related = ("assignment", "student")
    search_fields = ("title", "student__username")


@admin.register(SubmissionEvent)
class SubmissionEventAdmin(ReadOnly):
    list_display = ("submission", "verb", "actor", "created_at")
    list_filter = ("verb",)
    list_select_related = ("submission", "actor")


@admin.register(Grade)
class GradeAdmin(ReadOnly):
    list_display = ("submission", "grader", "version", "graded_at", "released_at")
    list_select_related = ("submission", "grader")


@admin.register(GradeChange)
class GradeChangeAdmin(ReadOnly):
    list_display = ("submission", "version", "grader", "created_at")
    list_select_related = ("submission", "grader")


class ExhibitInline(admin.TabularInline):
    model = Exhibit
    extra = 0
    can_delete = False
    fields = readonly_fields = (
        "picture",
        "title",
        "artist_label",
        "consented_by",
        "consented_at",
        "consent_withdrawn_at",
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Exhibition)
class ExhibitionAdmin(ReadOnly):
    list_display = ("title", "classroom", "opened_at", "ends_at", "closed_at")
    list_select_related = ("classroom",)
    inlines = (ExhibitInline,)
