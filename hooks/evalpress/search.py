"""7 index: a built site in, a Pagefind index in its folder ``pagefind/`` out.

The only file that knows Pagefind. It runs the extended program, because the plain one does not
cut Chinese text into words, and it runs it as a program, because Pagefind's Python interface
waits for ever when the program behind it dies.
"""

import importlib
import json
import shutil
import subprocess
from pathlib import Path

LANGUAGE = "zh"
OUTPUT = "pagefind"
UNUSED = ("pagefind-ui*", "pagefind-modular*", "pagefind-component*", "pagefind-highlight*")


class SearchError(Exception):
    """The index could not be made; the message ends with Pagefind's own output, if it ran."""


def index(site_dir: Path) -> int:
    """Index the pages below ``site_dir`` that carry ``data-pagefind-body``.

    The index is written to ``site_dir/pagefind`` in place of an older one; the same pages give
    the same bytes. Returns the number of pages in it. Raises SearchError when Pagefind is
    missing or fails, or when no page asks to be indexed.
    """
    if not any(map(_is_searchable, site_dir.rglob("*.html"))):
        raise SearchError(f"没有可供搜索的网页：{site_dir}")
    output = site_dir / OUTPUT
    shutil.rmtree(output, ignore_errors=True)
    said = _run(site_dir)
    _drop_unused(output)
    return _count(output, said)


def _is_searchable(page: Path) -> bool:
    """Tell marked pages; on a site without any, Pagefind would index all pages whole."""
    return b"data-pagefind-body" in page.read_bytes()


def _run(site_dir: Path) -> str:
    """Run Pagefind inside the site, where no settings of its own lie about; return its output."""
    command = [str(_program()), "--site", ".", "--output-subdir", OUTPUT]
    command += ["--force-language", LANGUAGE]
    done = subprocess.run(
        command, cwd=site_dir, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    if done.returncode != 0:
        raise SearchError(f"生成搜索索引失败（{done.returncode}）：\n{done.stdout.strip()}")
    return done.stdout


def _program() -> Path:
    """Find the extended program that the package pagefind[extended] brought along."""
    try:
        package = importlib.import_module("pagefind_bin_extended")
        return Path(package.get_executable())
    except (ImportError, FileNotFoundError) as error:
        raise SearchError("没有找到搜索程序，请安装 pagefind[extended]") from error


def _drop_unused(output: Path) -> None:
    """Delete Pagefind's own user interfaces; the site has its own search box."""
    for pattern in UNUSED:
        for path in output.glob(pattern):
            path.unlink()


def _count(output: Path, said: str) -> int:
    """Read from the index itself how many pages it holds."""
    try:
        entry = json.loads((output / "pagefind-entry.json").read_text(encoding="utf-8"))
        return sum(int(language["page_count"]) for language in entry["languages"].values())
    except (OSError, ValueError, KeyError) as error:
        raise SearchError(f"搜索索引不完整：\n{said.strip()}") from error
