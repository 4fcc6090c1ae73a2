"""Small scenes that stand for children's pictures on the style pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    sky: tuple[str, str]
    ground: str
    figures: tuple[tuple[str, int, int, int], ...]
    """Each an emoji, its centre in a 1536 x 864 picture, and its size."""


SCENES = {
    "eiffel": Scene(
        ("#f9c784", "#fdeed3"),
        "#7a9a5c",
        (("🌤️", 300, 220, 170), ("🗼", 850, 440, 560), ("🐕", 480, 690, 220)),
    ),
    "rabbit": Scene(
        ("#c9d9df", "#eef2e6"),
        "#b9c26a",
        (
            ("🐎", 800, 520, 460),
            ("🐇", 760, 300, 190),
            ("🍭", 905, 250, 130),
            ("🌼", 240, 740, 120),
            ("🌼", 1250, 760, 130),
            ("🌼", 1080, 700, 80),
        ),
    ),
    "moon": Scene(
        ("#141b3c", "#3a3f6e"),
        "#9c9aa8",
        (
            ("🗼", 860, 400, 520),
            ("🌍", 260, 210, 190),
            ("⭐", 1250, 160, 60),
            ("⭐", 560, 120, 40),
            ("🧑‍🚀", 1180, 660, 230),
        ),
    ),
    "umbrella": Scene(
        ("#6d8ea8", "#b9cbd6"),
        "#5a6b73",
        (("🏛️", 980, 470, 470), ("👦", 470, 640, 240), ("☂️", 500, 430, 260), ("🌧️", 1280, 170, 190)),
    ),
    "arch": Scene(
        ("#d9683f", "#f6c38b"),
        "#8c6b4f",
        (("🏯", 900, 450, 500), ("🧒", 420, 660, 220), ("🧸", 560, 730, 130), ("🌇", 1330, 250, 190)),
    ),
    "pyramid": Scene(
        ("#cfe4f3", "#f7fbff"),
        "#f4f7fb",
        (
            ("⛰️", 830, 480, 560),
            ("🐪", 380, 660, 240),
            ("❄️", 230, 180, 100),
            ("❄️", 1260, 220, 130),
            ("⛄", 1230, 690, 180),
        ),
    ),
    "bridge": Scene(
        ("#f4b6a8", "#fde3cf"),
        "#3c7286",
        (("🌉", 800, 430, 520), ("🐋", 400, 700, 260), ("🕊️", 1220, 220, 130)),
    ),
    "castle": Scene(
        ("#8fc6c2", "#e7f3da"),
        "#5c9a5a",
        (("🏰", 820, 430, 560), ("🐉", 370, 340, 230), ("🌳", 1280, 620, 250), ("🎈", 560, 170, 120)),
    ),
}


def draw_scene(scene: Scene) -> str:
    figures = "".join(
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="middle" dominant-baseline="central">{emoji}</text>'
        for emoji, x, y, size in scene.figures
    )
    top, bottom = scene.sky
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1536 864" width="1536" height="864">'
        '<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">'
        f'<stop offset="0" stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/></linearGradient></defs>'
        '<rect width="1536" height="864" fill="url(#sky)"/>'
        f'<path d="M0 690q380-120 780-40t756-30v244H0z" fill="{scene.ground}"/>{figures}</svg>'
    )
