"""All reference data by id, and which of it holds for a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from evalpress.model.document import Key
from evalpress.model.reference import (
    CommonIndicator,
    Deadline,
    Defaults,
    Department,
    FormLabel,
    FundTable,
    GradeScale,
    IndicatorTable,
    Kind,
    Outline,
    Region,
    Scheme,
    SecretWord,
    WordRule,
)
from evalpress.model.report import Evaluated, Project

_NO_DEFAULTS = Defaults()


@dataclass(frozen=True)
class Reference:
    """All reference data, by id."""

    regions: dict[str, Region]
    departments: dict[str, Department]
    schemes: dict[str, Scheme]
    grade_scales: dict[str, GradeScale]
    fund_tables: dict[str, FundTable]
    indicator_tables: dict[str, IndicatorTable]
    outlines: dict[str, Outline]
    wording: dict[str, WordRule] = field(default_factory=dict)
    secrecy: dict[str, SecretWord] = field(default_factory=dict)
    forms: dict[str, FormLabel] = field(default_factory=dict)
    common_indicators: dict[str, CommonIndicator] = field(default_factory=dict)

    def region_of(self, key: Key) -> Region:
        """The region of a report's department. Raises KeyError where the data name no such
        region."""
        return self.regions[self.departments[key.department].region]

    def deadline(self, key: Key, kind: Kind) -> Deadline | None:
        """The deadline of a report. What stands at a year's own address is due as the overall
        report, whatever it calls itself."""
        region = self.regions.get(self.departments[key.department].region)
        due_as = kind if key.slug else Kind.DEPARTMENT
        return region.deadline(key.department, key.year, due_as) if region else None

    def defaults(self, key: Key) -> Defaults:
        """The region's defaults for the report's year; empty ones where it has none."""
        place = self.departments[key.department].region, key.year
        if place not in self._defaults:
            region = self.regions.get(place[0])
            spans = region.defaults if region else ()
            self._defaults[place] = next((d for d in spans if d.covers(key.year)), _NO_DEFAULTS)
        return self._defaults[place]

    @cached_property
    def _defaults(self) -> dict[tuple[str, int], Defaults]:
        """Those that were asked for: tables and pages ask a dozen times for each report."""
        return {}

    def full_names(self, year: int) -> dict[str, str]:
        """The name of every department at the end of a year, by its id."""
        if year not in self._full_names:
            self._full_names[year] = {
                own: department.named_in(year).name for own, department in self.departments.items()
            }
        return self._full_names[year]

    @cached_property
    def _full_names(self) -> dict[int, dict[str, str]]:
        """Those that were asked for: every report of a year asks."""
        return {}

    def outline_of(self, owner: Evaluated, key: Key, kind: Kind) -> Outline | None:
        """The outline to print by: its own, or the region's default for the report's kind.

        A project inside a report has none unless it names one: its sections print as they come.
        """
        default = None if isinstance(owner, Project) else self.defaults(key).outlines.get(kind)
        return self.outlines.get(owner.outline or default or "")

    def scheme_of(self, owner: Evaluated, key: Key) -> Scheme | None:
        """The weight scheme; None where the original gives no full marks (`scheme: none`)."""
        return self.schemes.get(owner.scheme or self.defaults(key).scheme or "")

    def grade_scale_of(self, owner: Evaluated, key: Key) -> GradeScale | None:
        """The scheme's grade words, or the region's where no scheme holds."""
        scheme = self.scheme_of(owner, key)
        name = scheme.grade_scale if scheme else self.defaults(key).grade_scale
        return self.grade_scales.get(name or "")

    def fund_table_of(self, owner: Evaluated, key: Key) -> FundTable | None:
        """The fund table that the owner names, or the region's default; None without one."""
        own = owner.funds.table if owner.funds else None
        return self.fund_tables.get(own or self.defaults(key).fund_table or "")

    def indicator_table_of(self, owner: Evaluated, key: Key) -> IndicatorTable | None:
        """The indicator table that the owner names, or the region's default; None without one."""
        return self.indicator_tables.get(
            owner.indicator_table or self.defaults(key).indicator_table or ""
        )
