"""mkdocs.yml read without MkDocs: what the command line needs of it."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from evalpress.findings import Mistaken, Place, Refused, find
from evalpress.settings import Settings, read_settings, refuse_paths, refuse_site_url
from evalpress.wording import word


class NoConfiguration(Mistaken):
    """There is no mkdocs.yml where a command looks for it; the text says so."""


class Configuration:
    """A site's mkdocs.yml. Its settings are read when somebody asks for them.

    Raises NoConfiguration where there is no such file, Refused for one that is no YAML and,
    asked for the settings, for settings that are wrong.
    """

    def __init__(self, path: Path) -> None:
        self.file = regular(path, word("commands", "no_config"))
        self._found = read_yaml(self.file)
        refuse_paths(self._paths, self.file)

    @property
    def root(self) -> Path:
        """The folder that all paths of the configuration start from."""
        return self.file.parent

    @cached_property
    def settings(self) -> Settings:
        """`extra.evalpress`, typed."""
        extra = self._found.get("extra")
        own = extra.get("evalpress") if isinstance(extra, dict) else None
        refuse_site_url(self.site_url, self.file)
        return read_settings(own, self.file)

    @property
    def _paths(self) -> dict[str, Any]:
        """The paths that MkDocs' own settings name."""
        theme = self._found.get("theme")
        own = {key: self._found.get(key) for key in ("site_dir", "docs_dir")}
        return {
            **own,
            "theme.custom_dir": theme.get("custom_dir") if isinstance(theme, dict) else None,
        }

    @property
    def data_dir(self) -> Path:
        """The folder with the data. Raises Refused for settings that are wrong."""
        return self.root / self.settings.data_dir

    @property
    def site_url(self) -> str:
        """The address of the finished site; empty where none is set."""
        return str(self._found.get("site_url") or "")

    @property
    def site_dir(self) -> Path:
        """The folder of the finished site, links resolved."""
        return Path(os.path.realpath(self.root / str(self._found.get("site_dir") or "site")))

    @property
    def public_folders(self) -> list[Path]:
        """The folders whose files are published, or may be."""
        standing = {"site_dir": "site", "docs_dir": "docs"}
        named = [path or standing.get(key) for key, path in self._paths.items()]
        return [self.root / str(name) for name in (*named, self.settings.data_dir) if name]


def regular(path: Path, missing: str) -> Path:
    """The file of settings at a path, links resolved. Raises NoConfiguration where there is none,
    in the words `missing`, and for what is no file to read: a folder, a pipe, a device."""
    try:
        file = path.resolve(strict=True)
    except FileNotFoundError:
        raise NoConfiguration(missing.format(path)) from None
    except (OSError, RuntimeError, ValueError) as error:  # a link in a circle, a name too long
        raise NoConfiguration(word("commands", "odd_config").format(path, error)) from None
    if not file.is_file():
        raise NoConfiguration(word("commands", "no_file_config").format(path))
    return file


def read_yaml(file: Path) -> dict[str, Any]:
    """A file of settings; MkDocs' own tags, which one may hold, do not matter here. Raises Refused
    for one that is no YAML."""

    class Loader(yaml.SafeLoader):
        """Reads any tag as nothing; only plain settings matter here."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    try:
        found = yaml.load(file.read_text(encoding="utf-8"), Loader=Loader)
    except UnicodeDecodeError:
        raise Refused([find("not_utf8", Place(file.name))]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = Place(file.name, mark.line + 1, mark.column + 1) if mark else Place(file.name)
        raise Refused([find("not_yaml", where, found=error.problem)]) from None
    except yaml.reader.ReaderError as error:  # a control character
        line = file.read_text(encoding="utf-8")[: error.position].count("\n") + 1
        raise Refused([find("not_yaml", Place(file.name, line), found=error.reason)]) from None
    except (ValueError, RecursionError) as error:  # 2026-13-45 is a day that is none
        raise Refused([find("not_yaml", Place(file.name), found=error)]) from None
    return found if isinstance(found, dict) else {}
