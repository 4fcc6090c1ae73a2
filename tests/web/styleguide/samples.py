"""What the prototypes show: one class, one task, eight pictures."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator

WORKS = [
    ("eiffel", "아침 산책", "Morning walk", "김서연", "Seoyeon Kim", "에펠탑", "Eiffel Tower"),
    (
        "rabbit",
        "막대사탕 기사",
        "The lollipop knight",
        "박도윤",
        "Doyun Park",
        "수선화 초원",
        "Daffodil meadow",
    ),
    ("moon", "달에 선 탑", "A tower on the moon", "이지호", "Jiho Lee", "에펠탑", "Eiffel Tower"),
    (
        "umbrella",
        "비 오는 신전",
        "A temple in the rain",
        "최하은",
        "Haeun Choi",
        "파르테논 신전",
        "Parthenon",
    ),
    ("arch", "곰 인형과 저녁", "Evening with a bear", "정민준", "Minjun Jeong", "오사카성", "Osaka Castle"),
    (
        "pyramid",
        "눈 덮인 피라미드",
        "Pyramid in the snow",
        "강수아",
        "Sua Kang",
        "기자의 피라미드",
        "Pyramids of Giza",
    ),
    ("bridge", "고래가 지나가요", "A whale goes by", "윤시우", "Siu Yoon", "금문교", "Golden Gate Bridge"),
    (
        "castle",
        "용이 사는 성",
        "The dragon's castle",
        "한예린",
        "Yerin Han",
        "노이슈반슈타인성",
        "Neuschwanstein",
    ),
]
ROWS = [
    ("drawing", 1, 2, 3, "", ""),
    ("queued", 2, 2, 3, "", ""),
    ("refused", None, 3, 3, "칼", "our list: knife"),
    ("ready", None, 1, 3, "umbrella", ""),
    ("handed_in", None, 0, 3, "arch", ""),
    ("held", None, 2, 3, "pyramid", ""),
    ("failed", None, 3, 3, "", ""),
    ("", None, 3, 3, "", ""),
]
PAGES = ["home_student", "studio", "wall", "home_teacher", "desk", "lesson", "grade", "terms", "sign_in"]
STATUSES = ["queued", "drawing", "checking", "held", "waiting", "ready", "approved", "handed_in", "graded"]
STATUSES += ["returned", "late", "refused", "rejected", "failed", "cancelled"]


class SampleForm(forms.Form):
    title = forms.CharField(label="제목", help_text="벽에 걸릴 그림의 이름이에요.", max_length=60)
    reflection = forms.CharField(
        label="무엇을 해 보았나요?", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    orientation = forms.ChoiceField(
        label="그림 방향", choices=[("landscape", "가로"), ("portrait", "세로")], widget=forms.RadioSelect
    )
    is_shared = forms.BooleanField(label="반 친구들에게 보여 줘도 좋아요", required=False)


def works(is_korean: bool) -> list[dict[str, Any]]:
    pick = 0 if is_korean else 1
    return [
        {
            "name": name,
            "title": titles[pick],
            "student": students[pick],
            "monument": places[pick],
            "picture": SimpleNamespace(alt_text=f"{titles[pick]}, {places[pick]}", width=1536, height=864),
        }
        for name, *words in WORKS
        for titles, students, places in [(words[0:2], words[2:4], words[4:6])]
    ]


def class_rows(is_korean: bool) -> list[dict[str, Any]]:
    return [
        {
            "student": work["student"],
            "status": status,
            "place": place,
            "left": left,
            "total": total,
            "picture": picture if status in ("ready", "handed_in", "held") else "",
            "why": ("우리 반 목록: 칼" if is_korean else "our list: knife") if status == "refused" else "",
        }
        for work, (status, place, left, total, picture, _) in zip(works(is_korean), ROWS, strict=True)
    ]


def context(page: str, is_korean: bool, state: str) -> dict[str, Any]:
    bound = SampleForm({"title": "", "reflection": "", "orientation": "landscape"})
    refused = (
        [
            ("거대한 ", False),
            ("칼", True),
            ("을 든 ", False),
            ("피투성이", True),
            (" 기사가 성 앞에 서 있어요", False),
        ]
        if is_korean
        else [
            ("A ", False),
            ("bloody", True),
            (" knight with a huge ", False),
            ("knife", True),
            (" before a castle", False),
        ]
    )
    steps = (
        ["낱말을 써요", "그림을 기다려요", "골라서 내요"]
        if is_korean
        else ["Write it", "Wait for it", "Hand it in"]
    )
    return {
        "state": state,
        "works": works(is_korean),
        "rows": class_rows(is_korean),
        "statuses": STATUSES,
        "form": bound,
        "refused": refused,
        "page": Paginator(range(100), 10).page(3),
        "steps": [
            {"text": text, "is_done": number == 0, "is_current": number == 1}
            for number, text in enumerate(steps)
        ],
        "points": range(6),
        "pages": PAGES,
    }
