from babel.messages.catalog import Message

from scripts import messages


def test_every_string_is_translated_in_both_languages() -> None:
    found = messages.problems()
    assert not found, "\n".join(found)


def test_a_placeholder_lost_in_translation_is_found() -> None:
    assert messages.has_same_placeholders(Message("%(n)s tries", "%(n)s번"))
    assert not messages.has_same_placeholders(Message("%(n)s tries", "몇 번"))
    assert not messages.has_same_placeholders(Message("%(n)s tries", "%(m)s번"))
    assert not messages.has_same_placeholders(Message("{title} is ready", "다 됐어요"))
    assert messages.has_same_placeholders(Message(("%(n)s try", "%(n)s tries"), ("%(n)s번",)))


def test_pages_and_code_give_their_strings(tmp_path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "{% load i18n %}\n  <p>it's {% translate 'Draw' %}</p>\n"
        " {% blocktranslate trimmed count n=tries %}\n   {{ n }} try\n  {% plural %}\n {{ n }} tries\n"
        "  {% endblocktranslate %}"
    )
    source = messages.readable_source(page)
    assert "gettext" in source
    assert "%(n)s tries" in source
