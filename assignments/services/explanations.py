"""What a student reads when a picture was not drawn: where it stopped, why in kind words, and what else to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from assignments import policy as engine
from assignments.generation.reasons import public_reason
from assignments.models import Appeal, Generation
from assignments.services.policies import effective_policy
from edu4all.accounts.models import School

MOST_REWORDINGS = 3
GENTLE_KINDS = frozenset({"self_harm", "threat"})

# One kind sentence for each hint of the policy: what is not drawn here, and where an idea may lie instead.
KIND_REASONS = {
    "violence": _(
        "Fighting and hurting are not drawn here. What happens before or after can be a strong picture too."
    ),
    "gore": _("Blood and wounds are not drawn here. Try colours, light or weather to make it dramatic."),
    "weapons": _(
        "Weapons are not drawn here. Give your figure something else to hold, an umbrella or a flag."
    ),
    "adult": _("That is something for grown-ups and is not drawn here. Try clothes, a place or a story."),
    "substances": _("Alcohol, tobacco and drugs are not drawn here. Try another drink, or a picnic."),
    "horror": _("Very scary things are not drawn here. Mysterious works well: fog, moonlight, long shadows."),
    "hate": _("Words that hurt people are not drawn here. Draw what the people do instead."),
    "gambling": _("Gambling is not drawn here. Try a board game or a sports match."),
    "listed": _("Your school or your class has decided not to draw this. Try something close to it."),
    "personal": _(
        "This looks like something private, such as a name, a number or an address. Leave it out and it is fine."
    ),
    "artist": _(
        "Living artists own their style. Describe how it looks instead: thick lines, soft colours, tiny dots."
    ),
    "person": _("Real people who live today are not drawn here. Describe a made-up person instead."),
    "injection": _(
        "These words speak to the drawing machine instead of about the picture. Say what is to be seen."
    ),
    "too_long": _("That is longer than 1,000 characters. Keep the parts that matter most to you."),
}

GENTLE_WORDS = {
    "self_harm": _(
        "Are you all right? If something hurts or frightens you, you are not alone with it, "
        "and you have done nothing wrong."
    ),
    "threat": _(
        "It sounds as if you are very angry with somebody. Being angry is all right. "
        "Nobody should be hurt, and you should not be alone with it."
    ),
}
GENTLE_HELP = _(
    "A grown-up at your school whom you can trust will see this and may come and talk to you. "
    "You can also call any time. It costs nothing."
)

STAGE_TITLES = {
    Generation.Stage.POLICY: _("These words can't be drawn here"),
    Generation.Stage.PROMPT: _("These words were not drawn"),
    Generation.Stage.PICTURE: _("The picture was drawn but can't be shown"),
    Generation.Stage.REVIEW: _("Your teacher gave this picture back"),
}
STAGE_ADVICE = {
    Generation.Stage.POLICY: _("It did not cost a try. Change the marked words and press Draw again."),
    Generation.Stage.PROMPT: _("Nobody at your school can change that rule. You got your try back."),
    Generation.Stage.PICTURE: _("That happens by chance too and is not your fault. This try is used up."),
    Generation.Stage.REVIEW: _("Read why, change your words and draw again."),
}
USED_TITLE = _("That was for one time")
USED_REASON = _(
    "Your teacher let you draw these words once, and you have drawn them. Think of other words, or ask once more."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as its student reads it.

    Attributes:
        stage: where it stopped, one of ``Generation.Stage``.
        parts: the student's words cut into (text, is_marked); empty when nothing is to be marked.
        rewordings: other words that pass the same policy.
        can_be_appealed: a teacher can overrule our own list and nothing else.
        is_used_allowance: a teacher let these words through for one time, and that time has been.
    """

    stage: str
    title: str
    reason: str
    advice: str
    parts: tuple[tuple[str, bool], ...] = ()
    rewordings: tuple[str, ...] = ()
    can_be_appealed: bool = False
    is_used_allowance: bool = False


def explain_refusal(generation: Generation) -> Refusal:
    """Explain a refused generation; for the policy's refusals with rewordings that pass."""
    stage = Generation.Stage(generation.refusal_stage)
    if stage != Generation.Stage.POLICY:
        return Refusal(
            stage=stage,
            title=str(STAGE_TITLES[stage]),
            reason=_reason_for(generation, stage),
            advice=str(STAGE_ADVICE[stage]),
        )
    is_used_allowance = Appeal.objects.used_up(generation).exists()
    return Refusal(
        stage=stage,
        title=str(USED_TITLE if is_used_allowance else STAGE_TITLES[stage]),
        reason=str(USED_REASON) if is_used_allowance else _kind_reason(generation),
        advice=str(STAGE_ADVICE[stage]),
        parts=marked_parts(generation.prompt, generation.matches),
        rewordings=suggest_rewordings(generation),
        can_be_appealed=True,
        is_used_allowance=is_used_allowance,
    )


def refusal_reason(generation: Generation, language: str) -> str:
    """Why it was refused, in one or a few plain sentences; for words that call for it the gentle answer."""
    stage = Generation.Stage(generation.refusal_stage)
    if stage != Generation.Stage.POLICY:
        return _reason_for(generation, stage)
    if not is_gentle(generation):
        return _kind_reason(generation)
    helplines = helplines_for(generation.classroom.school, language)
    lines = [f"{line['name']}: {line['number']}" for line in helplines]
    return " ".join([str(GENTLE_WORDS[generation.verdict_kind]), str(GENTLE_HELP), ", ".join(lines)]).strip()


def _kind_reason(generation: Generation) -> str:
    """A sentence for each group that was marked, in the order of the words."""
    marked = sorted(generation.matches, key=lambda match: match["start"])
    hints = dict.fromkeys(match.get("hint") or generation.hint for match in marked) or [generation.hint]
    return " ".join(dict.fromkeys(str(KIND_REASONS.get(hint, KIND_REASONS["listed"])) for hint in hints))


def _reason_for(generation: Generation, stage: Generation.Stage) -> str:
    if stage == Generation.Stage.REVIEW:
        return generation.refusal_reason or str(_("Ask your teacher why."))  # the teacher's own words
    return str(public_reason(generation.error_kind or f"{stage.value}_refused"))


def marked_parts(text: str, matches: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, bool], ...]:
    """Cut a text into (text, is_marked) by its matches' half-open spans in code points; overlaps are joined."""
    parts: list[tuple[str, bool]] = []
    reached = 0
    for start, end in _joined_spans(((match["start"], match["end"]) for match in matches), len(text)):
        if start > reached:
            parts.append((text[reached:start], False))
        parts.append((text[start:end], True))
        reached = end
    if reached < len(text):
        parts.append((text[reached:], False))
    return tuple(parts)


def _joined_spans(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def suggest_rewordings(generation: Generation) -> tuple[str, ...]:
    """A few other ways to say it, each passing the policy as it is now."""
    policy = effective_policy(generation.classroom)
    verdict = engine.check(generation.prompt, policy)
    if verdict.is_allowed:  # the list has changed since
        return ()
    is_change = generation.operation != Generation.Operation.DRAW
    found = engine.suggest(generation.prompt, verdict, policy, is_change=is_change)
    return tuple(found)[:MOST_REWORDINGS]


def is_gentle(generation: Generation) -> bool:
    """Whether the words call for a gentle answer with helplines instead of an ordinary refusal."""
    return generation.verdict_kind in GENTLE_KINDS


def helplines_for(school: School, language: str) -> list[dict[str, str]]:
    """The school's helplines as ``{"name", "number"}`` in the reader's language."""
    suffix = "ko" if language.startswith("ko") else "en"
    other = "en" if suffix == "ko" else "ko"
    return [
        {"name": line.get(f"name_{suffix}") or line.get(f"name_{other}", ""), "number": line["number"]}
        for line in school.helplines
        if line.get("number")
    ]


def failure_text(generation: Generation) -> str:
    """What went wrong with a failed generation, in words that a student may read."""
    return str(public_reason(generation.error_kind))
