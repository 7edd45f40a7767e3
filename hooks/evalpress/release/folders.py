"""8 release: where a site lies, and the program's own folders around it.

Two ways to put a site in the live one's place. By `rename` the site folder itself is exchanged, and
the program's folders lie beside it. By `link` a link `current` inside the site folder is switched
to `releases/<number>`; nothing outside the site folder is touched, so that it may be a mount point.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """The folders of a site: `site_dir` as the settings name it, links resolved."""

    site_dir: Path
    linked: bool = False

    @property
    def live(self) -> Path:
        """What readers get: the site folder, or the link in it."""
        return self.site_dir / "current" if self.linked else self.site_dir

    @property
    def home(self) -> Path:
        """The folder in which all others of this layout lie."""
        return self.site_dir if self.linked else self.site_dir.parent

    @property
    def new(self) -> Path:
        """Where a site is built."""
        return self._own("new")

    @property
    def ready(self) -> Path:
        """Where a finished site waits for its hour."""
        return self._own("ready")

    @property
    def old(self) -> Path:
        """By which the last site leaves the live name."""
        return self._own("old")

    @property
    def lock(self) -> Path:
        """The file that a build holds."""
        return self._own("lock")

    @property
    def releases(self) -> Path:
        """Where releases are kept, each in a folder named by its number."""
        return self.site_dir / "releases" if self.linked else self._own("releases")

    def release(self, number: int) -> Path:
        """The folder of a release that is kept."""
        return self.releases / str(number)

    def _own(self, part: str) -> Path:
        return self.home / (f".{part}" if self.linked else f".{self.site_dir.name}-{part}")


def make_public(folder: Path) -> None:
    """Make a folder, and those above it, so that a web server can read them whatever the umask is;
    one that is there keeps its mode. Raises OSError where that can't be."""
    if not folder.is_dir():
        make_public(folder.parent)
        folder.mkdir()
        folder.chmod(0o755)


def notes_folder(cache_dir: Path) -> Path:
    """Where running previews, and those that were killed, are noted."""
    return cache_dir / "previews"
