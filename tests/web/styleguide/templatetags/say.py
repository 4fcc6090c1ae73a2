from django import template
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def say(korean: str, english: str) -> str:
    """The sample words of a prototype in the language of the page; they are data here, not messages."""
    return korean if get_language() == "ko" else english
