import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder

from edu4all.web.static_files import BundledStaticFilesStorage


def collect(folder: Path) -> BundledStaticFilesStorage:
    storage = BundledStaticFilesStorage(location=folder, base_url="/static/")
    paths = {}
    for name, found_in in FileSystemFinder().list([]):
        with found_in.open(name) as source:
            storage.save(name, source)
        paths[name] = (found_in, name)
    failures = [outcome for _, _, outcome in storage.post_process(paths) if isinstance(outcome, Exception)]
    assert not failures
    return storage


def test_the_collected_stylesheet_is_one_file_with_every_part_in_its_layer(tmp_path: Path) -> None:
    storage = collect(tmp_path)

    sheet = (tmp_path / storage.stored_name("css/app.css")).read_text()

    assert "@import" not in sheet
    source = (settings.BASE_DIR / "static/css/app.css").read_text()
    layers = re.findall(r"layer\((\w+)\)", source)
    assert list(re.findall(r"^@layer (\w+) {", sheet, re.M)) == layers
    assert "--paper:" in sheet
    assert ".studio {" in sheet


def test_every_component_is_imported() -> None:
    folder = settings.BASE_DIR / "static/css"
    source = (folder / "app.css").read_text()

    components = {str(path.relative_to(folder)) for path in folder.glob("components/*.css")}

    assert components
    assert components <= set(re.findall(r'url\("([^"]+)"\)', source))


def test_modules_import_each_other_under_their_hashed_names(tmp_path: Path) -> None:
    storage = collect(tmp_path)

    entry = (tmp_path / storage.stored_name("js/app.js")).read_text()

    imported = re.findall(r'from "(\./[^"]+)"', entry)
    assert len(imported) >= 10
    for name in imported:
        assert re.fullmatch(r"\./[\w-]+\.[0-9a-f]{12}\.js", name)
        assert (tmp_path / "js" / name).exists()
