"""The disallow lists' pages: reading, searching, adding with a look first, changing, taking out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments import policy
from assignments.models import Assignment, TermEntry, TermList
from assignments.services.policies import (
    EntryInput,
    base_list,
    change_term_list,
    check_prompt,
    class_list,
    class_policy,
)
from edu4all.accounts.models import User
from tests.cast import Cast


def class_url(cast: Cast, page: str = "", *more: Any) -> str:
    name = f"assignments:class_terms_{page}" if page else "assignments:class_terms"
    return reverse(name, args=[cast.classroom.pk, *more])


def base_url(page: str = "", *more: Any) -> str:
    return reverse(f"assignments:base_terms_{page}" if page else "assignments:base_terms", args=more)


def fill(cast: Cast, *entries: EntryInput) -> TermList:
    return change_term_list(term_list=class_list(cast.classroom), author=cast.teacher, add=entries)


def texts(term_list: TermList, kind: str = "term") -> set[str]:
    return set(term_list.entries.current().filter(kind=kind).values_list("text", flat=True))


def save(client: Client, url: str, lines: str, **more: Any) -> Any:
    """Both steps: look first, then save what the page carried on."""
    looked = client.post(url, {"lines": lines, "kind": "term"} | more)
    assert looked.status_code == 200, looked.content.decode()
    carried = {
        "step": "save",
        "lines": looked.context["lines"],
        "kind": looked.context["kind"],
        "seen_version": looked.context["seen_version"],
    }
    return client.post(url, carried)


class TestWhoMay:
    @pytest.mark.parametrize(
        ("person", "status"),
        [
            ("teacher", 200),
            ("admin", 200),
            ("student", 403),
            ("teacher2", 404),
            ("student3", 404),
            ("stranger", 404),
            ("stranger_admin", 404),
        ],
    )
    @pytest.mark.parametrize("part", ["", "add", "groups", "history", "download", "try"])
    def test_class_list(self, cast: Cast, visit: Callable, person: str, status: int, part: str) -> None:
        assert visit(getattr(cast, person)).get(class_url(cast, part)).status_code == status

    @pytest.mark.parametrize(
        ("person", "reads", "writes"),
        [("admin", 200, 200), ("teacher", 200, 403), ("student", 403, 403), ("operator", 403, 403)],
    )
    def test_base_list(self, cast: Cast, visit: Callable, person: str, reads: int, writes: int) -> None:
        client = visit(getattr(cast, person))
        assert client.get(base_url()).status_code == reads
        assert client.get(base_url("history")).status_code == reads
        assert client.get(base_url("add")).status_code == writes
        assert client.post(base_url("add"), {"lines": "axe", "kind": "term"}).status_code == writes
        refused = client.post(base_url("remove"), {"entry": []}).status_code
        assert refused == (302 if writes == 200 else 403)
        assert "axe" not in texts(base_list(cast.school))

    def test_a_reader_sees_no_way_to_change(self, cast: Cast, visit: Callable) -> None:
        page = visit(cast.teacher).get(base_url()).content.decode()
        assert "Take out" not in page
        assert "knife" in page

    def test_each_admin_sees_the_own_school(self, cast: Cast, visit: Callable) -> None:
        assert "knife" not in visit(cast.stranger_admin).get(base_url()).content.decode()

    def test_an_entry_of_another_list_is_not_found(self, cast: Cast, visit: Callable) -> None:
        of_school = base_list(cast.school).entries.current().first()
        assert visit(cast.teacher).get(class_url(cast, "edit", of_school.pk)).status_code == 404

    def test_taking_out_reaches_no_other_list(self, cast: Cast, visit: Callable) -> None:
        of_school = base_list(cast.school).entries.current().first()
        visit(cast.teacher).post(class_url(cast, "remove"), {"only": of_school.pk})
        of_school.refresh_from_db()
        assert of_school.removed_version is None


class TestReading:
    def test_search_looks_at_words_and_notes(self, cast: Cast, visit: Callable) -> None:
        fill(cast, EntryInput("좀비"), EntryInput("zombie", note="as 좀비"), EntryInput("ghost"))
        found = visit(cast.teacher).get(class_url(cast), {"q": "좀비"}).context["page"]
        assert {entry.text for entry in found} == {"좀비", "zombie"}

    def test_tabs_have_their_own_entries(self, cast: Cast, visit: Callable) -> None:
        fill(cast, EntryInput("ghost"), EntryInput("ghost town", kind="exception"))
        client = visit(cast.teacher)
        assert [entry.text for entry in client.get(class_url(cast)).context["page"]] == ["ghost"]
        shown = client.get(class_url(cast), {"show": "exceptions"}).context["page"]
        assert [entry.text for entry in shown] == ["ghost town"]
        school = client.get(class_url(cast), {"show": "school"})
        assert "knife" in {entry.text for entry in school.context["page"].paginator.object_list}
        assert not school.context["is_editable"]

    def test_ten_thousand_terms_cost_as_many_queries_as_two(self, cast: Cast, visit: Callable) -> None:
        fill(cast, EntryInput("one"), EntryInput("two"))
        client = visit(cast.teacher)

        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert client.get(class_url(cast), {"q": "w"}).status_code == 200
            return len(captured)

        few = queries()
        fill(cast, *(EntryInput(f"word{number}") for number in range(10_000)))
        assert queries() == few
        page = client.get(class_url(cast), {"q": "word999"}).context["page"]
        assert page.paginator.count == 11

    def test_csv_comes_back_as_it_went(self, cast: Cast, visit: Callable) -> None:
        fill(
            cast,
            EntryInput("칼, 총", "phrase", note="쉼표"),
            EntryInput("=sum", note="+1"),
            EntryInput("nick", is_personal=True),
        )
        client = visit(cast.teacher)
        answer = client.get(class_url(cast, "download"))
        assert answer.content.startswith(b"\xef\xbb\xbftext,matching,note,personal")
        assert b"'=sum" in answer.content
        before = list(
            class_list(cast.classroom)
            .entries.current()
            .values_list("text", "matching", "note", "is_personal")
        )
        looked = client.post(
            class_url(cast, "add"), {"kind": "term", "file": SimpleUploadedFile("list.csv", answer.content)}
        )
        assert looked.context["review"].counts == {"new": 0, "change": 0, "same": 3}
        assert len(before) == 3


class TestAdding:
    def test_nothing_is_saved_before_the_second_step(self, cast: Cast, visit: Callable) -> None:
        looked = visit(cast.teacher).post(class_url(cast, "add"), {"lines": "ghost", "kind": "term"})
        assert looked.status_code == 200
        assert texts(class_list(cast.classroom)) == set()

    def test_counts_from_the_next_press(self, cast: Cast, visit: Callable) -> None:
        assert check_prompt(classroom=cast.classroom, prompt="a broccoli castle").is_allowed
        answer = save(visit(cast.teacher), class_url(cast, "add"), "broccoli")
        assert answer.status_code == 302
        verdict = check_prompt(classroom=cast.classroom, prompt="a broccoli castle")
        assert not verdict.is_allowed
        assert "class:1" in verdict.version

    def test_many_at_once_in_every_way_people_paste(self, cast: Cast, visit: Callable) -> None:
        lines = "가지, 오이, 당근\nleek,anywhere,smells\nold boot\n호박\tphrase\t메모\n\ntext,matching,note\n"
        save(visit(cast.teacher), class_url(cast, "add"), lines)
        rows = {row.text: row for row in class_list(cast.classroom).entries.current()}
        assert set(rows) == {"가지", "오이", "당근", "leek", "old boot", "호박"}
        assert (rows["leek"].matching, rows["leek"].note) == ("anywhere", "smells")
        assert rows["old boot"].matching == "phrase"
        assert (rows["호박"].matching, rows["호박"].note) == ("phrase", "메모")

    @pytest.mark.parametrize(
        ("lines", "line"),
        [
            ("dagger,banana,", 1),
            ("text,matching,note\nmachete,word,sharp\n\ndagger,banana", 4),
            ("leek,anywhere\ndagger,banana", 2),
            ("호박\tphrase\tx\ndagger\tbanana\tx", 2),
        ],
    )
    def test_an_unknown_way_of_matching_is_no_word(
        self, cast: Cast, visit: Callable, lines: str, line: int
    ) -> None:
        client = visit(cast.teacher)
        typed = client.post(class_url(cast, "add"), {"kind": "term", "lines": lines})
        assert typed.status_code == 422
        page = typed.content.decode()
        assert f"Line {line}: “banana” is not a way of matching" in page
        assert re.search(r'<textarea name="lines"[^>]* autofocus', page)
        file = SimpleUploadedFile("list.csv", lines.encode())
        sent = client.post(class_url(cast, "add"), {"kind": "term", "lines": "kale", "file": file})
        assert f"Line {line}:" in sent.context["form"].errors["file"][0]
        half_typed = {"prompt": "a banana", "lines": lines, "kind": "term"}
        assert client.post(class_url(cast, "try"), half_typed).context["trial"].verdict.is_allowed

    @pytest.mark.parametrize(
        "lines", ["가지, 오이, 당근,", "가지,오이,당근", "가지, 오이, 당근\nleek,anywhere"]
    )
    def test_a_row_of_words_stays_one(self, cast: Cast, visit: Callable, lines: str) -> None:
        looked = visit(cast.teacher).post(class_url(cast, "add"), {"kind": "term", "lines": lines})
        assert {"가지", "오이", "당근"} <= {row.entry.text for row in looked.context["review"].rows}

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
    def test_a_file_in_the_encodings_of_schools(self, cast: Cast, visit: Callable, encoding: str) -> None:
        file = SimpleUploadedFile("list.csv", "가지,word,메모\n오이".encode(encoding))
        looked = visit(cast.teacher).post(class_url(cast, "add"), {"kind": "term", "file": file})
        assert [row.entry.text for row in looked.context["review"].rows] == ["가지", "오이"]

    def test_a_picture_is_no_list(self, cast: Cast, visit: Callable) -> None:
        file = SimpleUploadedFile("list.csv", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\x00")
        answer = visit(cast.teacher).post(class_url(cast, "add"), {"kind": "term", "file": file})
        assert answer.status_code == 422
        assert "not text" in answer.content.decode()

    def test_empty_and_too_long(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.teacher)
        assert client.post(class_url(cast, "add"), {"kind": "term", "lines": " "}).status_code == 422
        too_long = client.post(class_url(cast, "add"), {"kind": "term", "lines": "x" * 101})
        assert too_long.status_code == 422
        assert "at most 100 characters" in too_long.content.decode()
        a_book = client.post(class_url(cast, "add"), {"kind": "term", "lines": "a word " * 30_000})
        assert a_book.status_code == 422

    def test_one_can_be_left_out(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.teacher)
        looked = client.post(class_url(cast, "add"), {"lines": "leek\nkale", "kind": "term"})
        client.post(
            class_url(cast, "add"),
            {
                "step": "save",
                "kind": "term",
                "lines": looked.context["lines"],
                "leave_out": ["kale"],
                "seen_version": looked.context["seen_version"],
                "why": "lunch",
            },
        )
        source = class_list(cast.classroom)
        assert texts(source) == {"leek"}
        assert source.changes.get(version=1).note == "lunch"

    def test_a_line_without_a_note_keeps_the_note(self, cast: Cast, visit: Callable) -> None:
        fill(cast, EntryInput("leek", "anywhere", note="smells", is_personal=True))
        looked = visit(cast.teacher).post(class_url(cast, "add"), {"lines": "leek", "kind": "term"})
        assert looked.context["review"].counts["same"] == 1

    def test_personal_words_never_reach_a_student(self, cast: Cast, visit: Callable) -> None:
        save(visit(cast.teacher), class_url(cast, "add"), "blobby", is_personal="on")
        row = class_list(cast.classroom).entries.current().get()
        assert row.is_personal
        matches = check_prompt(classroom=cast.classroom, prompt="a blobby castle").matches
        assert [match.term for match in matches] == [None]

    def test_the_base_list_has_no_personal_words(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.admin)
        save(client, base_url("add"), "blobby,word,,yes")
        assert not base_list(cast.school).entries.current().get(text="blobby").is_personal

    def test_shipped_words_bring_their_group_along(self, cast: Cast, visit: Callable) -> None:
        shipped = policy.shipped.group("horror").terms["ko"][0].text
        save(visit(cast.teacher), class_url(cast, "add"), shipped)
        assert class_list(cast.classroom).entries.current().get().group == "horror"

    def test_starter_adds_what_is_missing(self, cast: Cast, visit: Callable) -> None:
        fill(cast, EntryInput("폭력"))
        client = visit(cast.teacher)
        looked = client.post(class_url(cast, "starter"), {"age": "8-10", "language": "ko"})
        review = looked.context["review"]
        assert review.counts["same"] == 1
        assert review.counts["new"] > 60
        assert review.unread == review.counts["new"] - 60
        client.post(
            class_url(cast, "add"),
            {"step": "save", "kind": "term", "lines": looked.context["lines"], "seen_version": 1},
        )
        source = class_list(cast.classroom)
        assert len(texts(source)) == review.counts["new"] + 1
        assert source.version == 2


class TestWarnings:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("피", "One syllable"),
            ("배", "The same letters have several meanings"),
            ("칼", "Another term catches this already"),
            ("에펠", "Would also catch places and monuments"),
            ("검", "Would not catch these forms"),
            ("\u200b", "Nothing of this can be searched for"),
        ],
    )
    def test_of_terms(self, cast: Cast, visit: Callable, line: str, said: str) -> None:
        page = visit(cast.teacher).post(class_url(cast, "add"), {"lines": line, "kind": "term"})
        assert said in page.content.decode()

    def test_a_term_in_the_words_of_an_open_task(self, cast: Cast, visit: Callable) -> None:
        Assignment.objects.filter(pk=cast.assignment.pk).update(title="안개 속의 다리")
        Assignment.objects.filter(pk=cast.assignment2.pk).update(brief="그림 " * 400 + "다리를 그려요.")

        def told(person: User, url: str, lines: str = "다리") -> list[str]:
            rows = visit(person).post(url, {"lines": lines, "kind": "term"}).context["review"].rows
            return [one.text for row in rows for one in row.warnings if one.key == "in_task"]

        (warning,) = told(cast.teacher, class_url(cast, "add"))
        assert warning.endswith(": “안개 속의 다리”.")
        (of_school,) = told(cast.admin, base_url("add"))
        assert f"“안개 속의 다리” ({cast.classroom})" in of_school
        assert f"“{cast.assignment2.title}” ({cast.classroom2})" in of_school
        assert told(cast.teacher, class_url(cast, "add"), "사다리차") == []
        many = "\n".join([*(f"leek{number}" for number in range(70)), "다리"])
        assert len(told(cast.teacher, class_url(cast, "add"), many)) == 1
        fill(cast, EntryInput("안개 속의 다리", kind="exception"))
        assert told(cast.teacher, class_url(cast, "add")) == []
        Assignment.objects.update(closed_at=timezone.now())
        assert told(cast.admin, base_url("add")) == []

    def test_a_term_that_an_exception_undoes(self, cast: Cast, visit: Callable) -> None:
        fill(cast, EntryInput("broccoli", kind="exception"))
        page = visit(cast.teacher).post(class_url(cast, "add"), {"lines": "broccoli", "kind": "term"})
        assert "An exception lets this through: broccoli" in page.content.decode()

    @pytest.mark.parametrize(
        ("line", "keys"),
        [
            ("칼", ["exception_switches_off"]),
            ("구름빵", ["exception_idle"]),
            ("장난감 칼", []),
        ],
    )
    def test_of_exceptions(self, cast: Cast, visit: Callable, line: str, keys: list[str]) -> None:
        page = visit(cast.teacher).post(class_url(cast, "add"), {"lines": line, "kind": "exception"})
        assert [warning.key for warning in page.context["review"].rows[0].warnings] == keys

    def test_shows_what_a_term_expands_to(self, cast: Cast, visit: Callable) -> None:
        page = visit(cast.teacher, language="ko").post(
            class_url(cast, "add"), {"lines": "피", "kind": "term"}
        )
        row = page.context["review"].rows[0]
        assert "피를" in row.expansion.forms
        assert "피라미드" in row.expansion.spares
        assert "피라미드" in page.content.decode()

    def test_a_plain_word_has_no_warning(self, cast: Cast, visit: Callable) -> None:
        page = visit(cast.teacher).post(class_url(cast, "add"), {"lines": "broccoli", "kind": "term"})
        assert page.context["review"].rows[0].warnings == ()


class TestTakingOut:
    def test_one_or_all_ticked(self, cast: Cast, visit: Callable) -> None:
        source = fill(cast, EntryInput("leek"), EntryInput("kale"), EntryInput("chard"))
        pk = {row.text: row.pk for row in source.entries.current()}
        client = visit(cast.teacher)
        client.post(class_url(cast, "remove"), {"only": pk["leek"], "entry": [pk["kale"]], "seen_version": 1})
        assert texts(source) == {"kale", "chard"}
        client.post(class_url(cast, "remove"), {"entry": [pk["kale"], pk["chard"]], "seen_version": 2})
        assert texts(source) == set()
        assert TermEntry.objects.filter(term_list=source).count() == 3  # history keeps them

    def test_nonsense_takes_out_nothing(self, cast: Cast, visit: Callable) -> None:
        source = fill(cast, EntryInput("leek"))
        visit(cast.teacher).post(class_url(cast, "remove"), {"entry": ["x", "²", "9" * 40, "-1"]})
        assert texts(source) == {"leek"}


class TestTrying:
    def test_says_word_rule_and_list(self, cast: Cast, visit: Callable) -> None:
        answer = visit(cast.teacher, htmx=True).post(
            class_url(cast, "try"), {"prompt": "a knight with a knife"}
        )
        page = answer.content.decode()
        assert "<html" not in page
        assert "Would be refused" in page
        assert "knife" in page
        assert "the school&#x27;s list" in page
        assert "HX-Request" in answer.headers["Vary"]

    def test_works_without_javascript(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.teacher)
        for answer in (
            client.get(class_url(cast, "try"), {"prompt": "a pyramid"}),
            client.post(class_url(cast, "try"), {"prompt": "a pyramid"}),
        ):
            page = answer.content.decode()
            assert "<html" in page
            assert "Would be drawn" in page
            assert ">a pyramid</textarea>" in page

    def test_asks_the_unsaved_words_too(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.teacher, htmx=True)
        sent = {"prompt": "a broccoli castle", "lines": "broccoli", "kind": "term"}
        page = client.post(class_url(cast, "try"), sent).content.decode()
        assert "not saved yet" in page
        assert texts(class_list(cast.classroom)) == set()
        saved_by_exception = {"prompt": "a knife shop", "lines": "knife shop", "kind": "exception"}
        assert "Would be drawn" in client.post(class_url(cast, "try"), saved_by_exception).content.decode()

    def test_the_school_page_asks_the_base_list_alone(self, cast: Cast, visit: Callable) -> None:
        fill(cast, EntryInput("broccoli"))
        client = visit(cast.admin, htmx=True)
        assert "Would be drawn" in client.post(base_url("try"), {"prompt": "a broccoli"}).content.decode()
        assert "Would be refused" in client.post(base_url("try"), {"prompt": "a knife"}).content.decode()

    def test_gentle_words_and_long_ones(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.teacher, htmx=True)
        assert (
            "A gentle answer"
            in client.post(class_url(cast, "try"), {"prompt": "나는 죽고 싶어"}).content.decode()
        )
        assert (
            "Longer than 1,000"
            in client.post(class_url(cast, "try"), {"prompt": "a" * 1001}).content.decode()
        )
        assert (
            client.post(class_url(cast, "try"), {"prompt": "<script>x</script>"}).content.count(b"<script>x")
            == 0
        )


def test_groups_are_switched_for_the_class(cast: Cast, visit: Callable) -> None:
    client = visit(cast.teacher)
    assert not check_prompt(classroom=cast.classroom, prompt="맥주를 든 곰").is_allowed
    client.post(class_url(cast, "groups"), {"group": ["weapons", "adult"], "seen_version": 1})
    assert check_prompt(classroom=cast.classroom, prompt="맥주를 든 곰").is_allowed
    late = client.post(class_url(cast, "groups"), {"group": ["weapons"], "seen_version": 1})
    assert late.status_code == 409
    assert [group["key"] for group in late.context["groups"] if group["is_on"]] == ["weapons"]
    assert late.content.decode().count("A colleague has switched it on.") == 1
    newest = late.context["settings"].version
    client.post(class_url(cast, "groups"), {"group": ["weapons"], "seen_version": newest})
    assert "adult" in class_policy(cast.classroom).groups_off
    assert visit(cast.admin).post(base_url("groups"), {"group": []}).status_code == 200
