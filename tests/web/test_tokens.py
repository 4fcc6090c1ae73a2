"""The contrast of every pair of colours that meets on a page, by day and by night (WCAG 2.2, 1.4.3, 1.4.6, 1.4.11)."""

import re

import pytest
from django.conf import settings

AAA, AA, SHAPE = 7.0, 4.5, 3.0
GROUNDS = ("paper", "card", "well")
MEANINGS = ("waiting", "ready", "returned", "refused")
PAIRS = [
    *[(ink, ground, AAA) for ink in ("ink", "ink-soft") for ground in GROUNDS],
    *[("accent-ink", ground, AA) for ground in GROUNDS],
    ("accent-ink", "paper", AAA),
    ("accent-ink", "card", AAA),
    # The words on the accent are large and bold, where 4.5 is already AAA.
    ("on-accent", "accent", AA),
    *[(f"{meaning}-ink", f"{meaning}-tint", AAA) for meaning in MEANINGS],
    *[(f"{meaning}-ink", ground, AA) for meaning in MEANINGS for ground in GROUNDS],
    *[("line-strong", ground, SHAPE) for ground in GROUNDS],
    *[("accent", ground, SHAPE) for ground in ("paper", "card")],
    *[("focus", ground, SHAPE) for ground in GROUNDS],
    *[("ink", f"{meaning}-tint", AAA) for meaning in MEANINGS],
    ("ink", "accent-tint", AAA),
]


def blocks() -> dict[str, dict[str, str]]:
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    found = re.findall(r"(:root[^{]*){([^{}]*)}", text)
    tokens = {selector.strip(): dict(re.findall(r"--([\w-]+):\s*([^;]+);", body)) for selector, body in found}
    return {
        "day": tokens[":root"],
        "night": {**tokens[":root"], **tokens[':root[data-theme="dark"]']},
        "night by hand": tokens[':root[data-theme="dark"]'],
        "night by device": tokens[':root:not([data-theme="light"])'],
    }


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2, definitions)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["day", "night"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_contrast(mode: str, ink: str, ground: str, least: float) -> None:
    tokens = blocks()[mode]

    assert contrast(tokens[ink], tokens[ground]) >= least


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_night_is_the_same_by_hand_and_by_device() -> None:
    tokens = blocks()

    assert tokens["night by hand"] == tokens["night by device"]


def test_night_redefines_colours_that_day_defines() -> None:
    tokens = blocks()

    assert set(tokens["night by hand"]) <= set(tokens["day"])


def test_no_stylesheet_uses_a_token_that_is_not_defined() -> None:
    folder = settings.BASE_DIR / "static/css"
    text = "".join(path.read_text() for path in folder.rglob("*.css"))

    used = set(re.findall(r"var\(--([\w-]+)", text))
    defined = set(re.findall(r"--([\w-]+):", text))

    assert used <= defined


def test_colours_are_written_in_the_tokens_only() -> None:
    folder = settings.BASE_DIR / "static/css"
    # The seal lies on pictures, which know no day or night, and paper in a printer is white.
    own = {"tokens.css", "print.css", "components/picture.css"}

    parts = re.findall(r'url\("([^"]+)"\)', (folder / "app.css").read_text())
    stray = {name: re.findall(r"#[0-9a-f]{3,8}\b", (folder / name).read_text()) for name in parts}

    assert {name: found for name, found in stray.items() if found and name not in own} == {}
