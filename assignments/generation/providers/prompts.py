"""Words that some servers would read as more than words."""

from __future__ import annotations

import re

# stable-diffusion.cpp reads request fields out of this tag, and several servers load weights by <lora:...>.
_PAIR = re.compile(r"<\s*sd_cpp_extra_args\s*>.*?<\s*/\s*sd_cpp_extra_args\s*>", re.I | re.S)
_TAG = re.compile(r"<\s*/?\s*sd_cpp_extra_args[^<>]*>?|<\s*(?:lora|lyco|hypernet)\s*:[^<>]*>?", re.I)


def without_server_tags(prompt: str) -> str:
    """Return the prompt without tags that a server would obey; repeated until none is left.

    A tag hidden inside another (``<sd_cpp_<sd_cpp_extra_args>extra_args>``) forms only when the
    inner one is taken out, hence the loop; each round shortens the text, so it ends.
    """
    while True:
        cleaned = _TAG.sub("", _PAIR.sub("", prompt))
        if cleaned == prompt:
            return cleaned
        prompt = cleaned
