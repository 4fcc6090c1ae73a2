"""One of each thing that an address can be about, all of the cast's first class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from assignments.models import Appeal, Generation, TermEntry
from assignments.services.policies import EntryInput, class_list, save_term_list
from edu4all.accounts.models import Membership
from gallery.models import Submission
from gallery.services import exhibitions
from tests.assignments.rows import make_generation, make_notice
from tests.cast import Cast
from tests.gallery.works import hand_in_work, make_work

Arguments = Mapping[str, Any]


def make_things(cast: Cast) -> dict[str, Arguments]:
    """What stands in the table's column ``about``, as the arguments of its address."""
    shown = make_work(cast, has_files=True)
    approved = make_work(cast, moderation="approved", has_files=True)
    held = make_work(cast, moderation="waiting", has_files=True)
    queued = make_generation(cast, status="queued")
    return {
        "-": {},
        "class": {"pk": cast.classroom.pk},
        "member": {"pk": cast.classroom.pk, "member_pk": Membership.objects.get(user=cast.student2).pk},
        "student": {"pk": cast.student.pk},
        "staff": {"pk": cast.teacher.pk},
        "task": {"pk": cast.assignment.pk},
        "press": {"pk": shown.generation_id},
        "queued": {"pk": queued.pk},
        "shown": {"pk": shown.pk},
        "shown file": {"pk": shown.pk, "name": "page"},
        "approved": {"pk": approved.pk},
        "approved file": {"pk": approved.pk, "name": "page"},
        "held": {"pk": held.pk},
        "held file": {"pk": held.pk, "name": "page"},
        "work": {"pk": hand_in_work(cast, approved).pk},
        "model": {"pk": cast.image_model.pk},
        **_refusals(cast),
        **_lists(cast),
        **_exhibition(cast),
    }


def _refusals(cast: Cast) -> dict[str, Arguments]:
    def refused(**facts: Any) -> Generation:
        return make_generation(cast, status="refused", refusal_stage="policy", **facts)

    asked = Appeal.objects.create(generation=refused(prompt="a small question"))
    notice = make_notice(refused(verdict_kind="self_harm"), "self_harm")
    return {
        "refused": {"pk": refused(verdict_kind="ordinary").pk},
        "question": {"pk": asked.pk},
        "notice": {"pk": notice.pk},
    }


def _lists(cast: Cast) -> dict[str, Arguments]:
    base = TermEntry.objects.filter(term_list__school=cast.school, term_list__classroom=None).first()
    own = class_list(cast.classroom)
    entry = EntryInput("zebra", "word", TermEntry.Kind.TERM)
    save_term_list(term_list=own, author=cast.teacher, entries=[entry], base_version=0)
    mine = TermEntry.objects.filter(term_list__classroom=cast.classroom).first()
    assert base is not None
    assert mine is not None
    classroom = {"pk": cast.classroom.pk}
    return {
        "base entry": {"entry_pk": base.pk},
        "base version": {"number": 1},
        "own entry": classroom | {"entry_pk": mine.pk},
        "own version": classroom | {"number": 1},
    }


def _exhibition(cast: Cast) -> dict[str, Arguments]:
    hall = exhibitions.create_exhibition(classroom=cast.classroom, creator=cast.teacher, title="Monuments")
    picture = make_work(cast, student=cast.student2, moderation="approved", has_files=True)
    hand_in_work(cast, picture)
    exhibitions.hang_pictures(exhibition=hall, actor=cast.teacher, pictures=[picture])
    exhibit = hall.exhibits.get()
    exhibitions.record_consent(
        exhibit=exhibit, actor=cast.teacher, consented_by="mother", consented_at=timezone.localdate()
    )
    exhibitions.open_exhibition(exhibition=hall, actor=cast.teacher)
    hall.refresh_from_db()
    return {
        "hall": {"pk": hall.pk},
        "exhibit": {"pk": exhibit.pk},
        "link": {"key": hall.key},
        "link file": {"key": hall.key, "pk": exhibit.pk, "name": "page"},
    }


def make_data(cast: Cast, things: Mapping[str, Arguments]) -> dict[str, dict[str, Any]]:
    """What a POST needs to come further than its form; where nothing stands here, an empty one says enough."""
    picture = things["approved"]["pk"]
    work = Submission.objects.get(pk=things["work"]["pk"])
    scores = {f"criterion-{criterion.pk}": "3" for criterion in cast.assignment.criteria.all()}
    press = {"prompt": "A dog beside a tower", "key": "a-press-of-the-table", "operation": "draw"}
    return {
        "accounts:set_language": {"language": "ko"},
        "accounts:staff_active": {"active": "0"},
        "accounts:change_code": {"action": "new"},
        "accounts:add_students": {"names": "Gaon"},
        "accounts:add_class_teacher": {"teacher": cast.teacher2.pk},
        "assignments:draw": press,
        "assignments:assignment_state": {"action": "close"},
        "assignments:lesson_start": {"assignment": cast.assignment.pk},
        "gallery:person": {"username": ""},
        "gallery:delete_person": {"username": "somebody else"},
        "gallery:stop_person": {"active": "0"},
        "gallery:review": {"decision": "approve"},
        "gallery:approve_many": {"pictures": [things["held"]["pk"]]},
        "gallery:hand_in": {"picture": picture, "title": "A walk", "reflection": ""},
        "gallery:grade": scores | {"version": 0, "comment": ""},
        "gallery:return": {"reason": "Look once more."},
        "api:picture_reviews": {"decision": "approve", "reason": ""},
        "api:submissions": {"assignment": cast.assignment.pk, "pictures": [picture], "title": "A walk"},
        "api:return": {"reason": "Look once more."},
        "api:submission_grades": {
            "scores": [{"criterion": line.pk, "points": 3} for line in work.assignment.criteria.all()]
        },
        "api:assignment_generations": {"prompt": "A dog beside a tower"},
    }
