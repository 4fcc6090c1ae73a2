"""Static files for production: the stylesheet's parts in one file, every module under its hashed name."""

import re
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

STYLESHEET = "css/app.css"
_PART = re.compile(r'@import url\("(?P<part>[\w/.-]+)"\) layer\((?P<layer>\w+)\);')
_MODULE_IMPORT = (r"""(?P<matched>from\s*["'](?P<url>\./[\w/.-]+)["'])""", 'from "%(url)s"')


class _JoinedStylesheet:
    """Stands in for the storage of one stylesheet whose ``@import`` lines are replaced by what they import."""

    def __init__(self, storage: Storage, parts: dict[str, tuple[Storage, str]]) -> None:
        self._storage = storage
        self._parts = parts

    def open(self, path: str) -> ContentFile:
        with self._storage.open(path) as sheet:
            text = sheet.read().decode()
        return ContentFile(_PART.sub(self._layer, text).encode())

    def _layer(self, found: re.Match[str]) -> str:
        storage, path = self._parts[f"css/{found['part']}"]
        with storage.open(path) as part:
            return f"@layer {found['layer']} {{\n{part.read().decode()}\n}}"


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """While collecting, joins the stylesheet and rewrites the imports of our modules.

    A browser would find each ``@import`` and each ``import`` only after reading the file before it; and an
    import that kept its plain name could join a new module to an old one out of a cache.
    """

    # Django's own switch rewrites every package's scripts as well; only `js/` is ours.
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (_MODULE_IMPORT,)))

    def post_process(self, paths: dict[str, tuple[Any, str]], *args: Any, **options: Any) -> Any:
        if STYLESHEET in paths:
            storage, path = paths[STYLESHEET]
            paths = {**paths, STYLESHEET: (_JoinedStylesheet(storage, paths), path)}
        yield from super().post_process(paths, *args, **options)
