"""The demo school: two classes, their tasks, and a wall that is not bare. Its passwords are public."""

from .school import PASSWORD, seed_school
from .works import draw_works

__all__ = ["PASSWORD", "draw_works", "seed_school"]
