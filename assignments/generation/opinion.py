"""The second opinion on words and pictures, where a key for it was given."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from .endpoints import moderation_address
from .errors import GenerationError
from .moderation import ModerationClient
from .run import Run, release_connection

# Nobody is made to look at these, not even to decide on them.
NEVER_SHOWN = frozenset(
    {"sexual", "sexual/minors", "violence/graphic", "self-harm", "self-harm/intent", "self-harm/instructions"}
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """``outcome`` is "passed", "flagged" or "unchecked" (nobody was asked, or nobody answered)."""

    outcome: str
    categories: tuple[str, ...] = ()
    was_asked: bool = False

    @property
    def is_never_shown(self) -> bool:
        return any(category in NEVER_SHOWN for category in self.categories)


def on_prompt(run: Run) -> Opinion:
    return _ask(run, text=run.generation.prompt, image=None)


def on_picture(run: Run, data: bytes) -> Opinion:
    """Sample art is ours and known; every other picture is passed by the endpoint or by a person."""
    if not run.endpoint.is_external:
        return Opinion("passed")
    return _ask(run, text="", image=data)


def _ask(run: Run, *, text: str, image: bytes | None) -> Opinion:
    if not run.endpoint.is_external:
        return Opinion("unchecked")
    address = moderation_address(run.school)
    if address is None:
        return Opinion("unchecked")
    client = ModerationClient(address, model=settings.OPENAI_MODERATION_MODEL)
    release_connection()
    try:
        with run.watch.elsewhere():
            result = client.check(text=text, image=image)
    except GenerationError:
        return Opinion("unchecked", was_asked=True)
    return Opinion("flagged" if result.flagged else "passed", result.categories, was_asked=True)
