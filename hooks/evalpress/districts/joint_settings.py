"""districts.yml -> the settings of a joint site, typed; unknown keys are refused."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from evalpress.checks.addresses import RESERVED
from evalpress.districts.origins import folder_of
from evalpress.findings import Finding, Place, Refused, find
from evalpress.mkdocs_yml import read_yaml, regular
from evalpress.model.values import Address, Text
from evalpress.release import Layout
from evalpress.settings import Command, PathName, SiteIdentity, explained, place_of, read_path
from evalpress.wording import word

_PREFIX = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)


def _prefix(found: str) -> str:
    if _PREFIX.fullmatch(found) and found not in RESERVED:
        return found
    raise PydanticCustomError("bad_prefix", "{found}", {"found": found})


def _web(found: str) -> str:
    if found.startswith(("https://", "http://")):
        return found
    raise PydanticCustomError("bad_site_url", "{found}", {"found": found})


class District(BaseModel):
    """A district whose site is taken over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prefix: Annotated[Text, AfterValidator(_prefix)]
    """The first part of its addresses on the joint site; permanent."""
    name: Text
    """What readers call it."""
    folder: Annotated[Text, AfterValidator(read_path)]
    """Its finished site: a folder, from the folder of districts.yml, or a web address."""

    @property
    def below(self) -> str:
        """The address below which all of it lies."""
        return f"{self.prefix}/"


class JointSettings(BaseModel):
    """All options of a joint site."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    """The name of the site."""
    description: Text | None = None
    """What it is, in a sentence: on the home page and for search engines."""
    site_url: Annotated[Address, AfterValidator(_web)] | None = None
    """The address of the finished site; without one there is no site map and no feed."""
    site_dir: PathName = "site"
    """Where the site goes, from the folder of districts.yml."""
    cache_dir: PathName = ".cache/evalpress"
    """What is kept between runs, from the folder of districts.yml; may be deleted at any time."""
    swap: Literal["rename", "link"] = "rename"
    """How the site goes live, as in mkdocs.yml."""
    releases_kept: NonNegativeInt = 3
    """How many earlier releases are kept beside the live one."""
    sign_command: Command | None = None
    """A command that signs or time-stamps each release, as in mkdocs.yml."""
    site: SiteIdentity = SiteIdentity()
    """Who runs the site, for the footer and the meta tags; pictures lie beside districts.yml."""
    districts: Annotated[tuple[District, ...], Field(min_length=1)]
    """The districts, in the order in which readers see them."""


_TYPES: dict[str, type[BaseModel]] = {
    "": JointSettings, "site": SiteIdentity, "districts": District,
}  # fmt: skip


class Joint:
    """A joint site's districts.yml. Raises Mistaken where there is no such file, Refused with every
    mistake in it."""

    def __init__(self, path: Path) -> None:
        self.file = regular(path, word("districts", "no_file"))
        self.settings = _validated(read_yaml(self.file), self.file)
        if wrong := [*self._wrong()]:
            raise Refused(wrong)

    @property
    def root(self) -> Path:
        """The folder that all paths of the settings start from."""
        return self.file.parent

    @property
    def cache_dir(self) -> Path:
        """What is kept between runs."""
        return self.root / self.settings.cache_dir

    @cached_property
    def layout(self) -> Layout:
        """Where the site lies."""
        site_dir = Path(os.path.realpath(self.root / self.settings.site_dir))
        return Layout(site_dir, self.settings.swap == "link")

    @property
    def folders(self) -> list[Path]:
        """The folders that are read."""
        found = (folder_of(one.folder, self.root) for one in self.settings.districts)
        return [folder for folder in found if folder]

    @property
    def pictures(self) -> dict[str, Path]:
        """The pictures of the footer by their paths on the site."""
        own = self.settings.site
        named = filter(None, (own.police_icon, own.agency_mark))
        return {path: self.root / path for path in named}

    def place(self, district: District) -> Place:
        """Where a district stands in the settings."""
        return self._place("districts", self.settings.districts.index(district))

    def _wrong(self) -> Iterator[Finding]:
        districts = self.settings.districts
        for key in ("prefix", "name", "folder"):
            count = Counter(getattr(one, key) for one in districts)
            for at, one in enumerate(districts):
                if count[found := getattr(one, key)] > 1:
                    yield find("district_twice", self._place("districts", at, key), found=found)
        for path, file in self.pictures.items():
            if not file.is_file():
                yield find("joint_picture_missing", self._place("site"), found=path)

    def _place(self, *keys: str | int) -> Place:
        return place_of(self.file, [str(key) for key in keys])


def _validated(found: dict[str, Any], file: Path) -> JointSettings:
    try:
        return JointSettings.model_validate(found)
    except ValidationError as error:
        raise Refused([explained(e, file, (), _TYPES) for e in error.errors()]) from None
