"""Settings: the part `extra.evalpress` of mkdocs.yml, typed; unknown keys are refused."""

from __future__ import annotations

import difflib
import ipaddress
import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    NonNegativeInt,
    PlainValidator,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from evalpress.clock import now, ordered
from evalpress.findings import Finding, Place, Refused, find
from evalpress.model.values import Address, Moment, Text
from evalpress.text.links import is_address
from evalpress.wording import word, words


def _read_command(found: str) -> str:
    """A command whose words can be told apart."""
    try:
        if shlex.split(found):
            return found
    except ValueError:
        pass
    raise PydanticCustomError("not_a_command", "{found}", {"found": found})


Command = Annotated[Text, AfterValidator(_read_command)]
_LONGEST_PATH, _LONGEST_NAME = 4000, 240  # bytes; the program adds endings of its own to names


def is_path(found: str) -> bool:
    """Whether a file or folder can be called so: encodable, without control characters such as NUL
    and line ends, no name of more than 240 bytes."""
    try:
        encoded = found.encode()
    except UnicodeEncodeError:
        return False
    if any(byte < ord(" ") for byte in encoded):
        return False
    return len(encoded) <= _LONGEST_PATH and max(map(len, encoded.split(b"/"))) <= _LONGEST_NAME


def read_path(found: str) -> str:
    """A path as it was written. Raises a PydanticCustomError for one that none can be."""
    if is_path(found):
        return found
    raise PydanticCustomError("not_a_path", "{found}", {"found": repr(found)})


PathName = Annotated[str, AfterValidator(read_path)]
_PICTURE = re.compile(r"(?!/)[^:?#\\]+\.(?:png|jpe?g|gif|svg|webp)", re.IGNORECASE)


def _picture(found: str) -> str:
    """The path of a picture from the folder of the pages, never from elsewhere."""
    if _PICTURE.fullmatch(found) and ".." not in found.split("/"):
        return found
    raise PydanticCustomError("not_a_picture", "{found}", {"found": found})


Picture = Annotated[Text, AfterValidator(read_path), AfterValidator(_picture)]
# What is to stand at the foot of every page.
_DUTIES = (
    "organizer", "operator", "contact", "site_code", "icp", "police", "agency_mark",
    "error_report_url",
)  # fmt: skip


class SiteIdentity(BaseModel):
    """Who runs the site; what is not given is not shown. Nothing here is ever invented."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    organizer: str | None = None
    """主办单位: the body that runs the site."""
    operator: str | None = None
    """承办单位: the office that looks after it."""
    support: str | None = None
    """技术支持: who keeps it running."""
    contact: str | None = None
    """联系方式: how readers reach the bureau."""
    site_code: str | None = None
    """网站标识码: the site's official code."""
    icp: str | None = None
    """ICP备案号."""
    icp_url: Address | None = None
    """Address that the ICP number links to."""
    police: str | None = None
    """公安机关备案标识."""
    police_url: Address | None = None
    """Address that the police number links to."""
    police_icon: Picture | None = None
    """The picture before the police number: a file below docs/."""
    agency_mark: Picture | None = None
    """党政机关网站标识: its picture, a file below docs/."""
    agency_mark_url: Address | None = None
    """Address that the mark links to."""
    error_report_url: Address | None = None
    """我为政府网站找错: where readers report errors; may hold {title}, {address} and {edition}."""
    subtitle: str | None = None
    """A line below the site's name in the header."""

    def missing(self) -> list[str]:
        """The settings, by name, of which a government site's pages have to show something and do
        not: what has to stand at their foot (DOMAIN 3.2)."""
        needed = [*_DUTIES, *(["police_icon"] if self.police else [])]
        return [name for name in needed if getattr(self, name) is None]


class DataLicence(BaseModel):
    """What the bureau allows to do with its data; without it nothing is said. Never invented."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    """Its short name, as Open Definition has it where it does: CC-BY-4.0."""
    title: Text | None = None
    """Its name for readers."""
    url: Address | None = None
    """Where its text stands."""

    def as_data(self) -> dict[str, str]:
        """The licence as a Data Package has it."""
        found = {"name": self.name, "title": self.title, "path": self.url}
        return {key: value for key, value in found.items() if value}


class TlsFiles(BaseModel):
    """The files that secure a connection to a scheduler, from the folder of mkdocs.yml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ca: PathName
    """Certificate of the authority that both sides trust."""
    cert: PathName
    """Our own certificate."""
    key: PathName
    """Our own key."""


_SCHEDULER = re.compile(r"(?:tcp|tls)://(\[[0-9A-Fa-f:.]+\]|[\w.-]+):\d{1,5}", re.ASCII)


def _workers(found: Any) -> int | str:
    """A number of processes, or a scheduler's address. Raises a PydanticCustomError."""
    if isinstance(found, int) and not isinstance(found, bool) and found > 0:
        return found
    if isinstance(found, str) and _SCHEDULER.fullmatch(found):
        return found
    raise PydanticCustomError("bad_workers", "neither a number nor a scheduler")


Workers = Annotated[int | str, PlainValidator(_workers)]


class Settings(BaseModel):
    """All options of evalpress."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: PathName = "data"
    """The folder with the data, from the folder of mkdocs.yml."""
    as_of: Moment | None = None
    """The moment that the site is built for: decides what is published yet. Default: now."""
    strict: bool = False
    """Warnings that nobody has signed off block a publication, as errors do."""
    pdf: bool = True
    """Print one PDF per report."""
    pdf_workers: Workers | None = None
    """Processes that print PDFs, or the address of a `dask.distributed` scheduler whose workers do.
    Default: one process per processor."""
    pdf_tls: TlsFiles | None = None
    """With what the scheduler is reached; only one on this machine is reached without."""
    pdf_imprint: Literal["first", "last"] = "first"
    """The page of a PDF that bears its address, version, date and QR code."""
    pdf_fonts: PathName | None = None
    """A folder with official fonts (方正小标宋, 仿宋_GB2312 …), from the folder of mkdocs.yml, that
    PDFs are set in before the program's own. Default: only the program's own."""
    rankings: bool = False
    """Rank departments on the home page by score, within one weight scheme and region."""
    swap: Literal["rename", "link"] = "rename"
    """How a site goes live: the site folder is exchanged by renaming, or a link `current` in it is
    switched, as mount points and container volumes need."""
    releases_kept: NonNegativeInt = 3
    """How many earlier releases are kept beside the live one, to go back to."""
    take_over: PathName | None = None
    """A site folder, from the folder of mkdocs.yml, that may be replaced though the program did not
    make it. Default: none is."""
    sign_command: Command | None = None
    """A command that signs or time-stamps each release, run in the folder of mkdocs.yml with the
    path of its `SHA256SUMS` as the last word. Default: nothing is signed."""
    cache_dir: PathName = ".cache/evalpress"
    """The folder for printed PDFs, from the folder of mkdocs.yml; may be deleted at any time."""
    guide: bool = False
    """Publish the guides for clerks and owners. A preview shows them in any case."""
    data_licence: DataLicence | None = None
    """What may be done with the data: named beside the downloads. Default: nothing is said."""
    site: SiteIdentity = SiteIdentity()
    """Who runs the site, for the footer and the meta tags."""

    def moment(self) -> datetime:
        """`as_of`, or now in Beijing time."""
        return self.as_of or now()


def read_settings(found: Any, config_file: Path) -> Settings:
    """The settings from MkDocs' configuration. Raises Refused with every mistake and its line."""
    try:
        settings = Settings.model_validate(found or {})
    except ValidationError as error:
        raise Refused([explained(e, config_file, _ABOVE, _TYPES) for e in error.errors()]) from None
    if not (config_file.parent / settings.data_dir).is_dir():
        where = _own_place(config_file, "data_dir")
        raise Refused([find("missing_data_dir", where, found=settings.data_dir)])
    if settings.pdf_fonts is not None and not (config_file.parent / settings.pdf_fonts).is_dir():
        where = _own_place(config_file, "pdf_fonts")
        raise Refused([find("missing_fonts_dir", where, found=settings.pdf_fonts)])
    _refuse_open_scheduler(settings, config_file)
    return settings.model_copy(update={"as_of": moment}) if (moment := ordered()) else settings


def _refuse_open_scheduler(settings: Settings, config_file: Path) -> None:
    """Raise Refused for a scheduler on another machine that is to be reached without TLS: whoever
    is on the way could have any code run here and there; and for TLS files that are not there."""
    at, tls = settings.pdf_workers, settings.pdf_tls
    key, expected = "pdf_workers", word("settings", "needs_tls")
    wrong = isinstance(at, str) and not _is_here(at) and not (at.startswith("tls:") and tls)
    for name in tls.model_dump() if tls else ():
        if not (config_file.parent / getattr(tls, name)).is_file():
            key, expected, wrong = "pdf_tls", word("settings", "tls_files"), True
    if wrong:
        where, named = _own_place(config_file, key), f"extra.evalpress.{key}"
        found = at if key == "pdf_workers" else tls
        raise Refused([find("bad_setting", where, key=named, found=found, expected=expected)])


def _is_here(scheduler: str) -> bool:
    """Whether a scheduler's address is this machine's own."""
    host = scheduler.partition("://")[2].rpartition(":")[0].strip("[]")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_missing_pictures(site: SiteIdentity, docs_dir: Path, config_file: Path) -> None:
    """Raise Refused for pictures of the footer that do not lie below `docs_dir`."""
    named = {name: getattr(site, name) for name in ("police_icon", "agency_mark")}
    missing = {name: p for name, p in named.items() if p and not (docs_dir / p).is_file()}
    if missing:
        raise Refused([
            find("missing_picture", _own_place(config_file, "site", name), found=path)
            for name, path in missing.items()
        ])  # fmt: skip


def refuse_site_url(found: str, config_file: Path) -> None:
    """Raise Refused for a `site_url` of mkdocs.yml that is no web address; "" is none at all."""
    if found and not (is_address(found) and found.lower().startswith("http")):
        where, expected = Place(config_file.name, field="site_url"), word("settings", "bad_address")
        raise Refused([find("bad_setting", where, key="site_url", found=found, expected=expected)])


def refuse_paths(found: Mapping[str, Any], config_file: Path) -> None:
    """Raise Refused for a path of mkdocs.yml, by its key there (theme.custom_dir), that no file or
    folder can be called; None is none at all."""
    wrong = {key: p for key, p in found.items() if p is not None and not _names_a_path(p)}
    if wrong:
        expected = word("settings", "not_a_path")
        raise Refused([
            find("bad_setting", place_of(config_file, key.split(".")), key=key,
                 found=_shortened(path), expected=expected)
            for key, path in wrong.items()
        ])  # fmt: skip


def _names_a_path(found: Any) -> bool:
    return isinstance(found, str) and is_path(found)


def _shortened(found: Any) -> str:
    """Something wrong as it can be shown: without line ends, not longer than a line."""
    shown = ascii(found)[1:-1] if isinstance(found, str) and not found.isprintable() else str(found)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}……"


_SHOWN = 60


def explained(
    error: Any, file: Path, above: Sequence[str], models: Mapping[str, type[BaseModel]]
) -> Finding:
    """A mistake that pydantic found in settings, with its line in the file and what to write.
    `above` are the keys under which the settings stand there; `models` are their types, the main
    one as "", others under the setting that has one."""
    loc = tuple(str(step) for step in error["loc"])
    where, key = place_of(file, (*above, *loc)), ".".join((*above, *loc))
    if error["type"] == "extra_forbidden":
        known = list(models.get(loc[0] if len(loc) > 1 else "", models[""]).model_fields)
        close = difflib.get_close_matches(loc[-1], known, n=1)
        near = word("finding", "near").format(name=close[0]) if close else ""
        return find("unknown_setting", where, key=key, near=near, known="、".join(known))
    rule = _SAME.get(error["type"], error["type"])
    choices = str(error.get("ctx", {}).get("expected", "")).replace(" or ", "、")
    expected = words("settings").get(rule, error["msg"]).format(choices)
    found = "" if error["type"] == "missing" else error["input"]
    if error["type"] == "not_a_path":
        found = _shortened(found)
    return find("bad_setting", where, key=key, found=found, expected=expected)


# Errors of pydantic that want the same answer.
_SAME = {
    "bool_type": "bool_parsing", "int_type": "int_parsing", "int_from_float": "int_parsing",
    "greater_than": "int_parsing", "model_attributes_type": "model_type",
}  # fmt: skip
_ABOVE = ("extra", "evalpress")
_TYPES: dict[str, type[BaseModel]] = {
    "": Settings, "site": SiteIdentity, "data_licence": DataLicence, "pdf_tls": TlsFiles,
}  # fmt: skip


def _own_place(config_file: Path, *keys: str) -> Place:
    return place_of(config_file, (*_ABOVE, *keys))


def place_of(file: Path, keys: Sequence[str]) -> Place:
    """Where a setting stands; the nearest part of it that does, if the file has it at all."""
    node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    mark = None
    for key in keys:
        step = _step(node, key)
        if step is None:
            break
        mark, node = step
    label = ".".join(keys)
    if mark is None:
        return Place(file.name, field=label)
    return Place(file.name, mark.line + 1, mark.column + 1, label)


def _step(node: Any, key: str) -> tuple[Any, Any] | None:
    """Where a key of a mapping, or a place of a list, begins, and what stands there."""
    if isinstance(node, yaml.SequenceNode) and key.isdecimal() and int(key) < len(node.value):
        inner = node.value[int(key)]
        return inner.start_mark, inner
    entries = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((k.start_mark, v) for k, v in entries if k.value == key), None)
