"""Ideas for a picture: monuments, cards and kind questions. No Django, no network."""

from .cards import Card, cards
from .helper import improve
from .monuments import Monument, find_monument, monuments

__all__ = ["Card", "Monument", "cards", "find_monument", "improve", "monuments"]
