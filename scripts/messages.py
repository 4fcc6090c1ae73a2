"""The catalogues in ``locale/``: collect strings from code and pages, compile, check that nothing is missing.

Django's own ``templatize`` turns a page into something Babel can read, so no system gettext is needed.

    messages.py update              bring every catalogue up to date, and compile
    messages.py compile             write the .mo files
    messages.py check               list what is missing
    messages.py fill ko words.json  take translations as {"msgid": "text"}; "one|||many" where there is a plural
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = ("ko", "en")
FOLDERS = ("edu4all", "assignments", "gallery", "templates")
SOURCE_LANGUAGE = "en"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|(%[sd])")
# Dates and names that change with every run would drown the real changes of a catalogue.
NOISE = re.compile(
    rb'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team'
    rb"|Generated-By):"
)


def catalogue_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and path.is_file() and "data" not in path.parts:
                yield path


def readable_source(path: Path) -> str:
    """Python text of ``path``; a page becomes calls of gettext."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    # What is left of a page's indentation is no Python indentation.
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())


def collect() -> Catalog:
    """Every string that code and pages ask to be translated."""
    template = Catalog(charset="utf-8")
    for path in sources():
        stream = io.BytesIO(readable_source(path).encode())
        found = extract("python", stream, KEYWORDS, ("Translators:",), {"encoding": "utf-8"})
        where = path.relative_to(ROOT).as_posix()
        for line, message, comments, context in found:
            template.add(message, None, [(where, line)], auto_comments=comments, context=context)
    return template


def load(language: str) -> Catalog:
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def save(language: str, catalogue: Catalog) -> None:
    catalogue.header_comment = ""
    catalogue.fuzzy = False
    text = io.BytesIO()
    write_po(text, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = [line for line in text.getvalue().splitlines(keepends=True) if not NOISE.match(line)]
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(lines).lstrip(b"#\n"))


def update() -> None:
    template = collect()
    for language in LANGUAGES:
        catalogue = load(language)
        catalogue.update(template, no_fuzzy_matching=True)
        if language == SOURCE_LANGUAGE:
            for message in texts_of(catalogue):
                message.string = message.id
        save(language, catalogue)
        missing = sum(1 for message in texts_of(catalogue) if not is_translated(message))
        print(f"{language}: {len(catalogue)} strings, {missing} without a translation")


def compile_all() -> None:
    for language in LANGUAGES:
        source = catalogue_path(language)
        if source.exists():
            # A process that starts meanwhile reads the old file or the new one, never half of one.
            fresh = source.with_suffix(".mo.new")
            with fresh.open("wb") as target:
                write_mo(target, load(language))
            fresh.replace(source.with_suffix(".mo"))


def fill(language: str, files: Iterable[Path]) -> None:
    """Take translations from JSON files; texts that no page or code asks for are named and left out."""
    catalogue = load(language)
    for file in files:
        for key, text in json.loads(file.read_text(encoding="utf-8")).items():
            one, _, many = key.partition("|||")
            message = catalogue.get(one)
            if message is None:
                print(f"{file.name}: nothing asks for {one!r}", file=sys.stderr)
                continue
            message.string = (text,) * catalogue.num_plurals if many or message.pluralizable else text
    save(language, catalogue)


def texts_of(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def is_translated(message: Message) -> bool:
    return bool(forms(message.string)) and all(forms(message.string))


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The text, or each of its plural forms."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def placeholders(text: str) -> set[str]:
    return {next(filter(None, found.groups()), "{}") for found in PLACEHOLDER.finditer(text)}


def has_same_placeholders(message: Message) -> bool:
    """A translation may leave the number of a plural out, and nothing else, and may invent nothing."""
    asked = set().union(*map(placeholders, forms(message.id)))
    given = [placeholders(form) for form in forms(message.string)]
    return all(each <= asked if message.pluralizable else each == asked for each in given)


def problems() -> list[str]:
    """What stands between the catalogues and a whole page in each language; empty when all is well."""
    template = collect()
    found = []
    for language in LANGUAGES:
        catalogue = load(language)
        for wanted in texts_of(template):
            message = catalogue.get(wanted.id, wanted.context)
            label = f"{language}: {wanted.id!r} ({wanted.locations[0][0]})"
            if message is None:
                found.append(f"{label} is not in the catalogue; run make messages")
            elif not is_translated(message):
                found.append(f"{label} is not translated")
            elif message.fuzzy:
                found.append(f"{label} is fuzzy")
            elif not has_same_placeholders(message):
                found.append(f"{label} has other placeholders than its translation {message.string!r}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("update", "compile", "check"):
        commands.add_parser(name)
    filling = commands.add_parser("fill")
    filling.add_argument("language", choices=LANGUAGES)
    filling.add_argument("files", nargs="+", type=Path)
    chosen = parser.parse_args()
    if chosen.command == "check":
        found = problems()
        print("\n".join(found) or "Every string is translated.")
        return 1 if found else 0
    if chosen.command == "update":
        update()
    elif chosen.command == "fill":
        fill(chosen.language, chosen.files)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
