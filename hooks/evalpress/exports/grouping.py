"""6 export: Catalogue -> the groups of reports that can be taken home together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from evalpress.assess import Catalogue
from evalpress.exports.groups import Group
from evalpress.exports.table import Reported
from evalpress.ledger.past import Past
from evalpress.model import Key
from evalpress.pages.frame import short_name
from evalpress.settings import DataLicence
from evalpress.wording import word


def all_groups(
    catalogue: Catalogue,
    past: Mapping[Key, Sequence[Past]],
    documents: Callable[[Key], bytes],
    licence: DataLicence | None = None,
    everything: bool = False,
) -> Iterator[Group]:
    """Everything, if asked for; every year, the newest first; every department that has reports, in
    the order of the data. `past` are the reports' earlier editions, `documents` gives the JSON that
    lies beside a report; from it alone the texts of sections come."""
    bare = catalogue.without_texts
    found = {
        key: Reported(seen := bare.within([key], dated=False), seen.assessments[key],
                      past.get(key, ()))
        for key in sorted(catalogue.assessments)
    }  # fmt: skip

    def group(path: str, title: str, page: str, keys: Sequence[Key]) -> Group:
        return Group(path, title, page, [found[key] for key in keys], documents, licence)

    if everything and found:
        yield group("all/", word("groups", "title_all"), "", list(found))
    for year in catalogue.years:
        title = word("groups", "title_year").format(year)
        yield group(f"years/{year}/", title, f"years/{year}/", [k for k in found if k.year == year])
    for department in catalogue.departments:
        keys = [key for key in found if key.department == department.id]
        if keys:
            title = word("groups", "title_department").format(short_name(department))
            yield group(f"departments/{department.id}/", title, f"{department.id}/", keys)
