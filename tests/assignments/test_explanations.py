"""What a student reads when a picture was not drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assignments import policy
from assignments.services.explanations import (
    KIND_REASONS,
    explain_refusal,
    failure_text,
    helplines_for,
    marked_parts,
    suggest_rewordings,
)
from assignments.services.policies import effective_policy
from tests.assignments.rows import make_generation
from tests.cast import Cast


def span(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


class TestMarkedParts:
    def test_marks_words_in_their_place(self) -> None:
        text = "거대한 칼을 든 기사"
        assert marked_parts(text, [span(4, 6)]) == (("거대한 ", False), ("칼을", True), (" 든 기사", False))

    def test_joins_what_overlaps_or_touches(self) -> None:
        assert marked_parts("abcdef", [span(1, 3), span(2, 4), span(4, 5)]) == (
            ("a", False),
            ("bcde", True),
            ("f", False),
        )

    def test_counts_code_points(self) -> None:
        assert marked_parts("🗡️🗡️ ok", [span(0, 2)])[0] == ("🗡️", True)

    def test_without_matches_is_the_text(self) -> None:
        assert marked_parts("a tower", []) == (("a tower", False),)

    @given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
    def test_never_loses_or_adds_a_letter(self, text: str, spans: list[tuple[int, int]]) -> None:
        parts = marked_parts(text, [span(start, end) for start, end in spans])
        assert "".join(words for words, _ in parts) == text
        assert all(words for words, _ in parts)


def test_every_hint_of_the_policy_has_a_kind_sentence() -> None:
    gentle = {"self_harm", "threat"}
    assert set(policy.HINTS) - gentle == set(KIND_REASONS)


def test_policys_refusal_says_why_and_may_be_appealed(cast: Cast) -> None:
    refused = make_generation(
        cast,
        status="refused",
        refusal_stage="policy",
        hint="weapons",
        prompt="기사가 칼을 들었다",
        matches=[span(4, 6)],
    )
    refusal = explain_refusal(refused)
    assert refusal.reason == KIND_REASONS["weapons"]
    assert ("칼을", True) in refusal.parts
    assert refusal.can_be_appealed


def test_every_group_that_was_marked_is_named_once_in_the_order_of_the_words(cast: Cast) -> None:
    hints = [(0, "gore"), (20, "weapons"), (30, "gore")]
    refused = make_generation(
        cast,
        status="refused",
        refusal_stage="policy",
        hint="weapons",
        matches=[span(start, start + 2) | {"hint": hint} for start, hint in reversed(hints)],
    )
    assert explain_refusal(refused).reason == f"{KIND_REASONS['gore']} {KIND_REASONS['weapons']}"


def test_a_change_of_a_picture_is_offered_changes(cast: Cast) -> None:
    facts = {"status": "refused", "refusal_stage": "policy", "prompt": "칼이 번쩍번쩍하게", "language": "ko"}
    assert not suggest_rewordings(make_generation(cast, **facts))[0].endswith("더해 주세요")
    assert suggest_rewordings(make_generation(cast, operation="edit", **facts))[0].endswith("더해 주세요")


@pytest.mark.parametrize("stage", ["prompt", "picture", "review"])
def test_only_our_own_list_can_be_appealed(cast: Cast, stage: str) -> None:
    refused = make_generation(
        cast, status="refused", refusal_stage=stage, refusal_reason="Look at the hands again."
    )
    refusal = explain_refusal(refused)
    assert not refusal.can_be_appealed
    assert refusal.title
    assert (refusal.reason == "Look at the hands again.") == (stage == "review")


def test_rewordings_pass_the_same_policy(cast: Cast) -> None:
    refused = make_generation(cast, status="refused", refusal_stage="policy", prompt="칼을 든 기사")
    rules = effective_policy(cast.classroom)
    assert not policy.check(refused.prompt, rules).is_allowed
    rewordings = suggest_rewordings(refused)
    assert rewordings
    assert all(policy.check(words, rules).is_allowed for words in rewordings)


def test_words_that_pass_by_now_need_no_rewording(cast: Cast) -> None:
    refused = make_generation(cast, status="refused", refusal_stage="policy", prompt="피라미드 위의 눈")
    assert suggest_rewordings(refused) == ()


def test_failures_have_their_own_words(cast: Cast) -> None:
    assert "too long" in failure_text(make_generation(cast, status="failed", error_kind="timed_out"))
    assert "given back" in failure_text(
        make_generation(cast, status="failed", error_kind="never heard of it")
    )


def test_helplines_in_the_readers_language(cast: Cast) -> None:
    assert helplines_for(cast.school, "ko")[0] == {"name": "자살예방 상담전화", "number": "109"}
    assert helplines_for(cast.school, "en")[1]["number"] == "1388"
    cast.school.helplines = [{"name_ko": "도움", "number": "1"}, {"name_ko": "번호 없음"}]
    assert helplines_for(cast.school, "en") == [{"name": "도움", "number": "1"}]
