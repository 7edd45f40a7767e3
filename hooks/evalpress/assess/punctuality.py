"""3 assess: deadlines, first publications and the clock -> how punctual a department was in a year.

Where no deadline is set nothing is late, and a report that does not say when it was published is
neither late nor punctual.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evalpress.model import Deadline


class Status(StrEnum):
    """What is there for a department and year."""

    PUBLISHED = "published"
    PREVIEW = "preview"
    PARTIAL = "partial"
    MISSING = "missing"
    EXEMPT = "exempt"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"


class Punctuality(StrEnum):
    """How what is there, or is not, stands to the deadline; `unknown` where there is none."""

    ON_TIME = "on_time"
    LATE = "late"
    PENDING = "pending"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


PUBLIC = (Status.PUBLISHED, Status.PREVIEW)
OUTSTANDING = (Status.MISSING, Status.PARTIAL)


@dataclass(frozen=True)
class Coverage:
    """A department's year: `day` is that of the first publication, or today for what is still
    outstanding; `reason` is that of an exemption or of a withdrawal."""

    status: Status
    deadline: Deadline | None = None
    day: date | None = None
    reason: str = ""

    @property
    def days(self) -> int | None:
        """Days after the deadline; negative before it, None where nothing can be measured."""
        if self.deadline is None or self.day is None:
            return None
        return (self.day - self.deadline.due).days

    @property
    def punctuality(self) -> Punctuality:
        """On time up to and with the day that is due; what is not there is pending until then."""
        if self.days is None or self.status not in (*PUBLIC, *OUTSTANDING):
            return Punctuality.UNKNOWN
        if self.status in PUBLIC:
            return Punctuality.LATE if self.days > 0 else Punctuality.ON_TIME
        return Punctuality.OVERDUE if self.days > 0 else Punctuality.PENDING

    @property
    def is_due(self) -> bool:
        """True where an overall report must be public some day: only what others wrote of a
        department asks for no report of its own unless a deadline does."""
        if self.status is Status.PARTIAL:
            return self.deadline is not None
        return self.status in (*PUBLIC, Status.MISSING)
