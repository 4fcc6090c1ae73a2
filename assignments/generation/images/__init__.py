"""Picture files: what came in is checked, what goes out is cut to size and marked."""

from .derive import Derivative, derive, mark_for_download
from .verify import SCENE_NOTE, VerifiedImage, to_png, verify

__all__ = ["SCENE_NOTE", "Derivative", "VerifiedImage", "derive", "mark_for_download", "to_png", "verify"]
