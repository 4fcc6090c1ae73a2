"""The provider without key or network: it composes a scene for what the words name."""

from __future__ import annotations

import hashlib
import io
import secrets
import struct
import time
import zlib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

import pylopdf_fonts_ko
import resvg_py
from PIL import Image, UnidentifiedImageError

from ...errors import ImageUnreadable, OversizedAnswer, RequestInvalid, TimedOut
from ...images import SCENE_NOTE
from ..base import Address, Capabilities, DrawnImage, ImageRequest, ImageResult, SourceImage, Usage
from .compose import Composition, Page, compose, compose_into
from .dice import Dice, seed_of
from .emoji_art import CREDIT
from .lexicon import lexicon
from .reader import left_out_of, read_scene
from .scene import MOST_OF_ONE, SIZES, Scene
from .sentence import describe
from .spot import Spot

MAX_COUNT = 4
QUALITIES = ("low", "medium", "high")
SIDE_LIMITS = (128, 4096)
_SIZES = ((1536, 864), (1024, 576), (1280, 720), (1792, 1008), (2048, 1152))
_PNG_START = 8
_MOST_SOURCE_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to draw, and what the composition is drawn by lot from.

    ``origin`` names the words of the first picture: an edited picture keeps it, so that a house which
    is to stand in the night stands where it stood by day.
    """

    scene: Scene
    seed: int
    origin: str


@dataclass(frozen=True, slots=True)
class _Within:
    """The picture to change and its mask (255 where it stays).

    ``wish`` is set where the words only name things: those are drawn over the old picture, in the open part.
    """

    source: Image.Image
    kept: Image.Image
    wish: Scene | None

    def compose(self, plan: _Plan, page: Page, dice: Dice) -> Composition:
        if self.wish is None:
            return compose(plan.scene, page, dice)
        spot = Spot.around(self.kept, dice.for_layer("spot"))
        return compose_into(spot, self.wish, plan.scene, page, dice)

    def joined(self, drawn: bytes) -> bytes:
        new = Image.open(io.BytesIO(drawn)).convert("RGBA")
        old = self.source.resize(new.size, Image.Resampling.LANCZOS)
        new = Image.alpha_composite(old, new).convert("RGB")
        out = io.BytesIO()
        Image.composite(old.convert("RGB"), new, self.kept).save(out, "PNG", compress_level=3)
        return out.getvalue()


class SampleProvider:
    """Draws rehearsal pictures; each says that it is a sample.

    The picture depends on the student's words, the seed and ``variety`` only: at variety 0 every
    seed gives the same picture, above it each seed gives another composition.
    """

    def __init__(self, address: Address) -> None:
        self._address = address

    def capabilities(self, model: str) -> Capabilities:
        return Capabilities(
            sizes=_SIZES, is_any_size=True, qualities=QUALITIES, max_count=MAX_COUNT, can_edit=True, can_mask=True,
            has_seed=True, has_negative_prompt=True,
        )  # fmt: skip

    def plan(self, text: str, negative: str = "") -> Scene:
        """Return what would be drawn for these words, without what ``negative`` names."""
        scene = read_scene(text)
        return scene.without(read_scene(negative).keys()) if negative else scene

    def generate(self, request: ImageRequest) -> ImageResult:
        scene = self.plan(request.student_text or request.prompt, request.negative_prompt)
        return self._draw(request, _Plan(scene, _first_seed(request), _origin_of(scene)))

    def edit(self, request: ImageRequest) -> ImageResult:
        """Draw the source again with the new words; with a mask, only where its alpha is 0.

        A picture of ours remembers its scene, so the words change that scene and everything else stays
        where it was; words that change nothing ask for another composition. Of another picture only
        bytes are known, and they choose the composition.
        """
        if request.source is None:
            raise RequestInvalid("An edit needs a picture to start from.")
        source = _open(request.source)
        words = request.student_text or request.prompt
        wish = self.plan(words, request.negative_prompt)
        before = _remembered(request.source.data)
        scene = (before.scene.changed_by(wish) if before else wish).without(left_out_of(words))
        if request.negative_prompt:
            scene = scene.without(read_scene(request.negative_prompt).keys())
        within = None
        if request.mask:
            kept = _mask(request.mask, (request.width, request.height))
            within = _Within(source, kept, wish if _names_things_only(wish) else None)
        if before and scene != before.scene:
            return self._draw(request, _Plan(scene, before.seed, before.origin), within)
        seed = seed_of(hashlib.sha256(request.source.data).hexdigest() + str(_first_seed(request)))
        return self._draw(request, _Plan(scene, seed, _origin_of(scene)), within)

    def _draw(self, request: ImageRequest, plan: _Plan, within: _Within | None = None) -> ImageResult:
        _require(request)
        end = time.monotonic() + request.deadline_seconds
        page = Page.for_pixels(request.width, request.height)
        images = []
        total = 0
        for number in range(request.count):
            if time.monotonic() >= end:
                raise TimedOut(f"{number} of {request.count} pictures within {request.deadline_seconds} s")
            own = plan if number == 0 else replace(plan, seed=seed_of(f"{plan.seed}/{number}"))
            dice = Dice(own.origin, own.seed, request.variety)
            drawn = within.compose(own, page, dice) if within else compose(own.scene, page, dice)
            data = _to_png(drawn)
            data = _remember(within.joined(data) if within else data, own)
            total += len(data)
            if total > request.max_bytes:
                raise OversizedAnswer(f"{total} bytes")
            credits = (CREDIT,) if drawn.uses_emoji else ()
            images.append(DrawnImage(data, seed=own.seed, alt=describe(own.scene), credits=credits))
        return ImageResult(tuple(images), usage=Usage(pictures=len(images)), cost=Decimal(0))


def _require(request: ImageRequest) -> None:
    shortest, longest = SIDE_LIMITS
    if not (shortest <= request.width <= longest and shortest <= request.height <= longest):
        raise RequestInvalid(f"size {request.width}x{request.height}")
    if not 1 <= request.count <= MAX_COUNT:
        raise RequestInvalid(f"count {request.count}")
    if request.quality and request.quality not in QUALITIES:
        raise RequestInvalid(f"quality {request.quality}")


def _first_seed(request: ImageRequest) -> int:
    if request.seed is not None:
        return request.seed
    return secrets.randbits(32) if request.variety > 0 else 0


@lru_cache(maxsize=1)
def _font() -> list[str]:
    return [str(pylopdf_fonts_ko.sans_path())]


def _to_png(drawn: Composition) -> bytes:
    return resvg_py.svg_to_bytes(svg_string=drawn.svg, skip_system_fonts=True, font_files=_font())


def _open(source: SourceImage) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(source.data))
        if image.width * image.height > _MOST_SOURCE_PIXELS:
            raise ImageUnreadable(f"{image.width}x{image.height} pixels")
        return image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ImageUnreadable(str(error)) from error


def _mask(mask: SourceImage, size: tuple[int, int]) -> Image.Image:
    """Return the mask at the picture's size: 255 where the old picture stays."""
    return _open(mask).getchannel("A").resize(size, Image.Resampling.BILINEAR)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _names_things_only(wish: Scene) -> bool:
    return bool(wish.things) and wish == Scene(things=wish.things, relations=wish.relations)


def _origin_of(scene: Scene) -> str:
    return f"{seed_of(scene.to_json()):08x}"


def _remember(data: bytes, plan: _Plan) -> bytes:
    """Put the plan (its keys, never the student's words) into the PNG, right after its header."""
    header_end = _PNG_START + 12 + struct.unpack(">I", data[_PNG_START : _PNG_START + 4])[0]
    text = f"{plan.seed}|{plan.origin}|{plan.scene.to_json()}".encode("latin-1")
    return data[:header_end] + _chunk(b"tEXt", SCENE_NOTE.encode() + b"\0" + text) + data[header_end:]


def _remembered(data: bytes) -> _Plan | None:
    try:
        text = Image.open(io.BytesIO(data)).info.get(SCENE_NOTE)
        if not isinstance(text, str):
            return None
        seed, origin, body = text.split("|", 2)
        scene = Scene.from_json(body)
        return _Plan(scene, int(seed), origin) if _is_known(scene) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_known(scene: Scene) -> bool:
    """A stranger's file may claim any scene; only what our own lexicon could say is drawn."""
    meanings = {*lexicon().korean.values(), *lexicon().english.values()}
    known = {(meaning.group, meaning.key) for meaning in meanings}
    colours = {key for group, key in known if group == "colour"} | {""}
    said = all(
        not getattr(scene, name) or (name, getattr(scene, name)) in known
        for name in ("time", "weather", "season", "place", "flower")
    )
    return said and all(
        (thing.kind, thing.key) in known
        and thing.colour in colours
        and 1 <= thing.count <= MOST_OF_ONE
        and thing.size in {"", *SIZES}
        for thing in scene.things
    )
