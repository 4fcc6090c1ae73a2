"""What people and animals look like: skin, hair, clothes, hats; each child a different one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Figure:
    """What one kind of figure looks like; colours are hex."""

    skin: str = "#f3cfae"
    hair: str = "#5b4034"
    hair_style: str = "short"
    top: str = "#d9735b"
    bottom: str = "#5f7f9e"
    head: str = "person"
    muzzle: str = ""
    size: float = 1.0
    has_dress: bool = False
    hat: str = ""
    extra: str = ""  # cape, wings, beard or hanbok


def _animal(head: str, skin: str, muzzle: str, top: str, bottom: str = "") -> Figure:
    return Figure(skin=skin, head=head, muzzle=muzzle, top=top, bottom=bottom or skin, hair_style="")


FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        "child": Figure(),
        "boy": Figure(top="#6f9bb8", bottom="#55606e"),
        "girl": Figure(top="#e39a8b", hair="#6b4636", hair_style="bob", has_dress=True),
        "baby": Figure(top="#f1dfa6", bottom="#f1dfa6", hair_style="tuft", size=0.62),
        "woman": Figure(top="#8c9c6d", hair="#4a352c", hair_style="bob", has_dress=True, size=1.18),
        "man": Figure(top="#7d8f86", bottom="#57504c", size=1.2),
        "grandmother": Figure(top="#a98bb0", hair="#dcd8d2", hair_style="bun", has_dress=True, size=1.08),
        "grandfather": Figure(top="#8d8a6f", bottom="#6b5f55", hair="#dcd8d2", size=1.1, extra="beard"),
        "astronaut": Figure(top="#f4f1ea", bottom="#e6e2da", head="astronaut", hair_style=""),
        "king": Figure(top="#9a4a4f", bottom="#6c5467", size=1.18, hat="crown"),
        "prince": Figure(top="#6c78a8", bottom="#4f4f63", hat="crown", extra="cape"),
        "princess": Figure(top="#d8a3bd", hair="#b98a4e", hair_style="bob", has_dress=True, hat="crown"),
        "knight": Figure(top="#b7bcc0", bottom="#8d959b", size=1.15, hat="helmet"),
        "wizard": Figure(
            top="#6d6aa3", bottom="#6d6aa3", has_dress=True, hat="cone", size=1.15, extra="beard"
        ),
        "witch": Figure(
            top="#6a5578", hair="#b5653f", hair_style="bob", has_dress=True, hat="cone", size=1.05
        ),
        "chef": Figure(top="#f6f2ea", bottom="#6d6a66", size=1.1, hat="toque"),
        "pirate": Figure(top="#b9574a", bottom="#4c4a5a", size=1.1, hat="tricorn"),
        "santa": Figure(
            top="#c9493c", bottom="#c9493c", hair="#f4f1ea", size=1.15, hat="santa", extra="beard"
        ),
        "doctor": Figure(top="#f6f4ee", bottom="#7a8d9a", size=1.12),
        "nurse": Figure(top="#dbe9ec", hair_style="bun", has_dress=True, size=1.1, hat="nurse"),
        "police_officer": Figure(top="#5f7fa8", bottom="#454f66", size=1.14, hat="cap"),
        "firefighter": Figure(top="#d9703f", bottom="#4f4a4a", size=1.14, hat="fire"),
        "painter": Figure(top="#f1e4c6", bottom="#6b6f80", size=1.08, hat="beret"),
        "singer": Figure(top="#b0709a", bottom="#4f4a60", hair_style="ponytail", size=1.08),
        "farmer": Figure(top="#8fa86a", bottom="#6a7d9a", size=1.1, hat="straw"),
        "explorer": Figure(top="#cdb98a", bottom="#8a7a58", size=1.05, hat="straw"),
        "ninja": Figure(top="#4d4c5c", bottom="#4d4c5c", hat="hood"),
        "angel": Figure(
            top="#f8f4ea", hair="#d8b06a", hair_style="bob", has_dress=True, hat="halo", extra="wings"
        ),
        "mermaid": Figure(
            top="#d98aa5", bottom="#5f9a96", hair="#b5653f", hair_style="long", extra="fishtail"
        ),
        "fairy": Figure(
            top="#b9a0cc",
            hair="#c98a5a",
            hair_style="ponytail",
            has_dress=True,
            hat="crown",
            extra="wings",
            size=0.8,
        ),
        "superhero": Figure(top="#4f78b0", bottom="#4f78b0", size=1.08, extra="cape"),
        "robot": _animal("robot", "#c5cfd3", "#9fb0b8", "#a9bac2"),
        "rabbit": _animal("rabbit", "#f6efe6", "#fffaf3", "#7fa3a8"),
        "dog": _animal("dog", "#d9a05f", "#f4dfbf", "#b9574a"),
        "cat": _animal("cat", "#e0a75e", "#f8e6c8", "#6a8a86"),
        "bear": _animal("bear", "#9a7152", "#d9b88f", "#c9a14a"),
        "polar_bear": _animal("bear", "#f5f2ea", "#fffdf8", "#7f9fbd"),
        "fox": _animal("fox", "#d98246", "#fbeedb", "#5f7d6c"),
        "panda": _animal("panda", "#f8f5ee", "#fffdf8", "#7a9a5d", "#4b4442"),
        "lion": _animal("lion", "#e3b25f", "#f6dfae", "#8a5f4d"),
        "tiger": _animal("tiger", "#e39a4c", "#fbe9cc", "#5d7f92"),
        "koala": _animal("koala", "#a9adb0", "#c8cbcc", "#b97c6a"),
        "mouse": _animal("mouse", "#b9b0a8", "#dcd5cd", "#c77f6c"),
        "pig": _animal("pig", "#eeb3ab", "#e59a94", "#6f93a8"),
        "frog": _animal("frog", "#8fb26a", "#b7cf8f", "#d6a24c"),
        "monkey": _animal("bear", "#8a634a", "#e2bd95", "#6f9a77"),
        "hamster": _animal("bear", "#dba96f", "#fbeeda", "#8c86ad"),
        "wolf": _animal("fox", "#8b9096", "#e4e3df", "#6d5d74"),
        "penguin": _animal("penguin", "#4d5560", "#fbf8f0", "#c9a14a"),
        "squirrel": _animal("squirrel", "#b9774a", "#f0d9b8", "#7b9a6d"),
        "raccoon": _animal("raccoon", "#9a9593", "#efece6", "#b0705f"),
        "duck": _animal("duck", "#f6efdc", "#e9a13f", "#7fa3b8"),
        "chick": _animal("duck", "#f4d35e", "#e8963c", "#f4d35e"),
        "cow": _animal("cow", "#f7f2e8", "#f0c0b0", "#7f9a6d"),
        "elephant": _animal("elephant", "#a9b0b8", "#bcc2c8", "#c98a6a"),
        "sheep": _animal("sheep", "#f0d9c0", "#f7f2e8", "#8fa8b0", "#f7f2e8"),
        "hedgehog": _animal("hedgehog", "#e8cba6", "#f6e6cc", "#8a9a6d"),
        "alien": _animal("alien", "#b3cf9d", "#c6dcb4", "#8f86ad"),
        "monster": _animal("monster", "#8fae7a", "#a9c492", "#8a76a5"),
        "deer": _animal("deer", "#b98556", "#ecd3ae", "#7b8f5a"),
    }
)

# Everyday animals stand on four feet until they have something to hold or wear: emoji art and its height.
ON_FOUR_FEET: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "dog": ("🐕", 128.0), "cat": ("🐈", 112.0), "rabbit": ("🐇", 96.0), "tiger": ("🐅", 150.0),
        "mouse": ("🐁", 56.0),
        "pig": ("🐖", 120.0), "deer": ("🦌", 190.0), "monkey": ("🐒", 130.0), "penguin": ("🐧", 140.0),
        "squirrel": ("🐿", 92.0), "raccoon": ("🦝", 100.0), "duck": ("🦆", 90.0), "chick": ("🐤", 64.0),
        "cow": ("🐄", 180.0),
        "elephant": ("🐘", 270.0), "sheep": ("🐑", 130.0), "hedgehog": ("🦔", 80.0),
    }
)  # fmt: skip
# Their emoji art is poor; they walk upright unless they are ridden.
UPRIGHT = frozenset({"rabbit", "penguin", "raccoon", "hedgehog", "mouse"})
# Several of one animal are not copies: each has its own coat.
COATS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cat": ("", "#a3a5a8", "#e9dcc6", "#8a6046"), "dog": ("", "#8a6046", "#ece0cc", "#a3a5a8"),
        "rabbit": ("", "#c9a27c", "#a3a5a8"),
        "🐎": ("", "#8a6046", "#d9cdbf", "#6b5a52"), "mouse": ("", "#c9a27c"),
        "🐦": ("", "#d9a04f", "#6aa35a", "#d9574a"),
        "🦋": ("", "#d9a04f", "#a287b5", "#d9738b"), "🐠": ("", "#e893a8", "#f2c230"),
        "🎈": ("#d9604f", "#e9b64a", "#5f8fb8", "#7fa06d", "#a287b5", "#e893a8"), "🦕": ("", "#7f9f74", "#8f86ad"),
        "hot_air_balloon": ("", "#5f8fb8", "#e2b24f", "#7fa06d"), "🪁": ("", "#5f8fb8", "#e2b24f"),
        "🐉": ("", "#c9574f", "#5f8fb8"),
        "🚗": ("", "#5f8fb8", "#e2b24f"), "🎁": ("", "#5f8fb8", "#7fa06d"), "☂": ("", "#5f8fb8", "#e2b24f", "#7fa06d"),
    }
)  # fmt: skip
_SKINS = ("#f3cfae", "#f8dcc3", "#e0b088", "#bd8a62", "#8e6146", "#f1c9a0")
_HAIRS = ("#3a2d2a", "#5b4034", "#2f2a2c", "#8a5a3a", "#3f3330", "#b07f4a")
_TOPS = ("#d9735b", "#6f9bb8", "#e2b24f", "#7fa06d", "#a287b5", "#e39a8b", "#5f9a96")
_BOTTOMS = ("#5f7f9e", "#55606e", "#7a6a5c", "#6d7f6a")
_STYLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "child": ("short", "bob", "curly", "ponytail", "short", "pigtails"),
        "boy": ("short", "curly", "short"),
        "girl": ("bob", "ponytail", "pigtails", "long"),
        "woman": ("bob", "bun", "long", "ponytail"),
        "man": ("short", "curly"),
    }
)
# "King" is King Sejong as well.
_KEEP_SKIN = frozenset({"king"})
_KEEP_HAIR = frozenset(
    {"grandmother", "grandfather", "santa", "princess", "angel", "witch", "mermaid", "fairy"}
)


def look_of(kind: str, number: int) -> Figure:
    """Return the ``number``-th look of a kind: people differ in skin, hair and clothes, animals don't."""
    look = FIGURES[kind]
    if look.muzzle or look.head == "robot":
        return look
    if kind not in _KEEP_SKIN:
        look = replace(look, skin=_SKINS[number % len(_SKINS)])
    if kind not in _KEEP_HAIR:
        look = replace(look, hair=_HAIRS[(number * 5 + number // 6) % len(_HAIRS)])
    if kind in _STYLES:
        styles = _STYLES[kind]
        top, bottom = _TOPS[(number * 3 + 1) % len(_TOPS)], _BOTTOMS[number % len(_BOTTOMS)]
        look = replace(look, hair_style=styles[number % len(styles)], top=top, bottom=bottom)
    return look
