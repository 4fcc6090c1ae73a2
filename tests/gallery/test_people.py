"""Deleting what is past its time, and a student's right to see, correct, stop and delete."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from assignments.models import Appeal, Generation, Picture, ProviderCall, SafetyNotice, Spending
from edu4all.accounts.models import AuditEvent, School, User
from edu4all.accounts.services.people import correct_person, record
from gallery.models import Exhibit, Exhibition, Grade, Submission, SubmissionPicture
from gallery.services.exhibitions import record_consent
from gallery.services.retention import delete_expired
from gallery.tasks import delete_expired as delete_expired_task
from tests.assignments.rows import make_generation, make_notice, make_picture
from tests.cast import Cast

OLD = timedelta(days=401)


def age(generation: Generation, by: timedelta = OLD) -> None:
    Generation.objects.filter(pk=generation.pk).update(created_at=timezone.now() - by)


def make_work(cast: Cast, **facts) -> Picture:
    """A picture with files, handed in and graded, with its call in the ledger."""
    student = facts.pop("student", cast.student)
    generation = make_generation(cast, student=student, **facts)
    picture = keep_original(make_picture(generation, moderation="approved"))
    submission = Submission.objects.create(
        assignment=generation.assignment, student=student, title="My tower", reflection="I tried fog."
    )
    SubmissionPicture.objects.create(submission=submission, picture=picture)
    Grade.objects.create(submission=submission, grader=cast.teacher, comment="Well done")
    ProviderCall.objects.create(
        generation=generation,
        claim=1,
        school=cast.school,
        image_model=cast.image_model,
        outcome="drawn",
        cost_usd="0.05",
    )
    return picture


def keep_original(picture: Picture) -> Picture:
    default_storage.save(picture.original, ContentFile(b"as the provider sent it"))
    return picture


def files_of(picture: Picture) -> list[str]:
    return [picture.original, *picture.files.values_list("file", flat=True)]


def hang(picture: Picture, cast: Cast, **facts) -> Exhibition:
    exhibition = Exhibition.objects.create(
        classroom=cast.classroom, title="Towers", **({"opened_at": timezone.now()} | facts)
    )
    Exhibit.objects.create(exhibition=exhibition, picture=picture, title="My tower")
    return exhibition


# Retention


def test_what_is_past_its_time_goes_with_its_files(cast) -> None:
    picture = make_work(cast)
    names = files_of(picture)
    assert len(names) > 1
    assert all(default_storage.exists(name) for name in names)
    age(picture.generation)
    young = keep_original(make_picture(make_generation(cast, student=cast.student2)))
    gone = delete_expired(cast.school)
    assert (gone.generations, gone.pictures, gone.postponed) == (1, 1, 0)
    assert not any(default_storage.exists(name) for name in names)
    assert list(Picture.objects.all()) == [young]
    assert all(default_storage.exists(name) for name in files_of(young))


def test_grades_stay_and_their_page_opens_without_the_picture(cast, client) -> None:
    picture = make_work(cast)
    age(picture.generation)
    delete_expired(cast.school)
    submission = Submission.objects.get(student=cast.student)
    assert submission.grade.comment == "Well done"
    client.force_login(cast.teacher)
    assert client.get(reverse("gallery:submission", args=[submission.pk])).status_code == 200
    assert client.get(reverse("gallery:submissions", args=[cast.assignment.pk])).status_code == 200
    client.force_login(cast.student)
    assert client.get(reverse("gallery:submission", args=[submission.pk])).status_code == 200
    assert client.get(reverse("assignments:studio", args=[cast.assignment.pk])).status_code == 200


def test_the_ledger_keeps_what_was_paid_without_the_prompt(cast) -> None:
    picture = make_work(cast)
    age(picture.generation)
    delete_expired(cast.school)
    call = ProviderCall.objects.get()
    assert (call.generation, str(call.cost_usd)) == (None, "0.050000")


@pytest.mark.parametrize(
    ("facts", "is_kept"),
    [
        ({}, True),
        ({"closed_at": timezone.now()}, False),
        ({"ends_at": timezone.now() - timedelta(days=1)}, False),
        ({"opened_at": None}, False),
    ],
)
def test_an_open_exhibition_keeps_its_works(cast, facts, is_kept) -> None:
    picture = make_work(cast)
    hang(picture, cast, **facts)
    age(picture.generation)
    delete_expired(cast.school)
    assert Picture.objects.filter(pk=picture.pk).exists() is is_kept


@pytest.mark.parametrize("status", ["queued", "drawing", "checking"])
def test_what_is_under_way_is_never_deleted(cast, status) -> None:
    age(make_generation(cast, status=status))
    assert delete_expired(cast.school).generations == 0
    assert Generation.objects.count() == 1


def test_appeals_and_notices_go_with_their_words(cast) -> None:
    generation = make_generation(cast, status="refused", refusal_stage="policy")
    Appeal.objects.create(generation=generation)
    make_notice(generation, "threat")
    age(generation)
    delete_expired(cast.school)
    assert not Appeal.objects.exists()
    assert not SafetyNotice.objects.exists()


def test_another_schools_days_are_its_own(cast) -> None:
    School.objects.filter(pk=cast.other_school.pk).update(retention_days=1000)
    theirs = make_generation(cast, student=cast.stranger, assignment=cast.strangers_assignment)
    age(theirs)
    ours = make_generation(cast)
    age(ours)
    delete_expired_task()
    assert list(Generation.objects.all()) == [theirs]
    event = AuditEvent.objects.get(verb="work.expired")
    assert (event.school, event.after) == (cast.school, {"prompts": 1, "pictures": 0})


def test_a_storage_that_does_not_answer_postpones(cast, monkeypatch) -> None:
    picture = make_work(cast)
    age(picture.generation)

    def refuse(name: str) -> None:
        raise OSError("no answer")

    with monkeypatch.context() as broken:
        broken.setattr(default_storage, "delete", refuse)
        assert delete_expired(cast.school).postponed == 1
    assert Picture.objects.filter(pk=picture.pk).exists()
    assert delete_expired(cast.school).generations == 1


def test_a_dry_run_deletes_nothing(cast, capsys) -> None:
    age(make_generation(cast))
    call_command("delete_expired", "--dry-run")
    assert "1 prompts would go" in capsys.readouterr().out
    assert Generation.objects.count() == 1


# A student's rights

PEOPLE = ["person", "export_person", "stop_person", "delete_person"]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(
    ("person", "status"),
    [("teacher", 403), ("student", 403), ("stranger_admin", 404), ("operator", 403), (None, 302)],
)
def test_a_students_data_is_the_admins(cast, client, name, person, status) -> None:
    if person:
        client.force_login(getattr(cast, person))
    answer = client.post(reverse(f"gallery:{name}", args=[cast.student.pk]), {"username": "student"})
    assert answer.status_code == status
    assert User.objects.filter(pk=cast.student.pk, is_active=True).exists()


@pytest.mark.parametrize("name", PEOPLE)
def test_an_adult_is_not_found_here(cast, client, name) -> None:
    client.force_login(cast.admin)
    answer = client.post(reverse(f"gallery:{name}", args=[cast.teacher.pk]), {"username": "teacher"})
    assert answer.status_code == 404


def test_students_are_found_by_name(cast, client, django_assert_max_num_queries) -> None:
    client.force_login(cast.admin)
    url = reverse("gallery:people")
    with django_assert_max_num_queries(8):
        page = client.get(url).content.decode()
    assert all(name in page for name in ("Bora", "Haru", "Narae"))
    assert "Sol" not in page
    found = client.get(url, {"q": "har"}).content.decode()
    assert "Haru" in found
    assert "Narae" not in found


def test_the_archive_holds_everything_of_the_student_and_nothing_of_others(cast, client) -> None:
    client.force_login(cast.admin)
    picture = make_work(cast, prompt="a tower in my own fog")
    make_work(cast, student=cast.student2, prompt="somebody else's rain")
    hang(picture, cast)
    answer = client.post(reverse("gallery:export_person", args=[cast.student.pk]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert sorted(archive.namelist()) == ["data.json", f"pictures/{picture.pk}.webp"]
    text = archive.read("data.json").decode()
    data = json.loads(text)
    assert data["account"]["user_name"] == "student"
    assert data["prompts"][0]["prompt"] == "a tower in my own fog"
    assert data["hand_ins"][0]["reflection"] == "I tried fog."
    assert data["exhibited"][0]["exhibition_title"] == "Towers"
    assert "somebody else" not in text
    assert AuditEvent.objects.get(verb="person.exported").target == "Bora"


def test_a_name_is_corrected_and_the_correction_is_on_record(cast, client) -> None:
    client.force_login(cast.admin)
    url = reverse("gallery:person", args=[cast.student.pk])
    assert client.post(url, {"display_name": "Bo-ra", "username": "Haru"}).status_code == 302
    taken = client.post(url, {"display_name": "Bo-ra", "username": "TEACHER"})
    assert taken.status_code == 422
    event = AuditEvent.objects.get(verb="person.corrected")
    assert event.before == {"display_name": "Bora", "username": "student"}


def test_a_stopped_account_is_out_at_once(cast, client) -> None:
    admin = client.__class__()
    admin.force_login(cast.admin)
    client.force_login(cast.student)
    assert client.get(reverse("assignments:list")).status_code == 200
    waiting = make_generation(cast, status="queued")
    admin.post(reverse("gallery:stop_person", args=[cast.student.pk]), {"active": "0"})
    assert client.get(reverse("assignments:list")).status_code == 302
    assert Generation.objects.get(pk=waiting.pk).status == "cancelled"
    admin.post(reverse("gallery:stop_person", args=[cast.student.pk]), {"active": "1"})
    assert User.objects.get(pk=cast.student.pk).is_active


def test_deleting_asks_for_the_user_name(cast, client) -> None:
    client.force_login(cast.admin)
    url = reverse("gallery:delete_person", args=[cast.student.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"username": "student2"}).status_code == 422
    assert User.objects.filter(pk=cast.student.pk, is_active=True).exists()


def test_a_deleted_student_leaves_nothing_but_what_was_paid(cast, client) -> None:
    client.force_login(cast.admin)
    picture = make_work(cast)
    theirs = make_work(cast, student=cast.student2)
    hang(picture, cast)
    names = files_of(picture)
    Spending.objects.create(
        school=cast.school, day=timezone.localdate(), scope=f"student:{cast.student.pk}", spent_usd=1
    )
    Spending.objects.create(school=cast.school, day=timezone.localdate(), scope="school", spent_usd=1)
    queued = make_generation(cast, status="queued")
    correct_person(person_pk=cast.student.pk, actor=cast.admin, changes={"display_name": "Bora Kim"})
    exhibit = Exhibit.objects.get()
    day = timezone.localdate()
    record_consent(exhibit=exhibit, actor=cast.teacher, consented_by="Mother Kim", consented_at=day)
    record(actor=cast.admin, verb="person.kept_out", target="Bora", subject=cast.student)
    record(actor=cast.admin, verb="person.kept_out", target="Bora", subject=cast.student2)
    ProviderCall.objects.update(detail="refused: a tower in my own fog")
    answer = client.post(reverse("gallery:delete_person", args=[cast.student.pk]), {"username": "student"})
    assert answer.status_code == 302
    assert not User.objects.filter(pk=cast.student.pk).exists()
    assert not Generation.objects.filter(pk__in=[queued.pk, picture.generation_id]).exists()
    assert not any(default_storage.exists(name) for name in names)
    assert all(default_storage.exists(name) for name in files_of(theirs))
    assert not Exhibit.objects.exists()
    assert list(Submission.objects.values_list("student__username", flat=True)) == ["student2"]
    assert list(Spending.objects.values_list("scope", flat=True)) == ["school"]
    assert ProviderCall.objects.filter(generation=None).count() == 1
    said = " ".join(
        f"{e.target} {e.before} {e.after}" for e in AuditEvent.objects.exclude(subject__isnull=False)
    )
    assert "Kim" not in said
    assert "Bora" not in said
    # Somebody else of the same name keeps their line.
    assert AuditEvent.objects.get(target="Bora").subject == cast.student2
    assert ProviderCall.objects.get(generation=None).detail == ""
    assert AuditEvent.objects.get(verb="person.deleted").after == {"prompts": 2, "pictures": 1}


@pytest.mark.parametrize("status", ["drawing", "checking"])
def test_a_picture_on_its_way_stops_the_deletion_but_not_the_stop(cast, client, status) -> None:
    client.force_login(cast.admin)
    make_generation(cast, status=status)
    url = reverse("gallery:delete_person", args=[cast.student.pk])
    answer = client.post(url, {"username": "student"})
    assert answer.status_code == 422
    assert "press again in a minute" in answer.content.decode()
    assert not User.objects.get(pk=cast.student.pk).is_active
    Generation.objects.update(status="failed")
    assert client.post(url, {"username": "student"}).status_code == 302
