"""2 check: what the columns of a fund table mean, and what its amounts are in."""

from __future__ import annotations

from evalpress.model import FundColumnRole, Funds, FundTable

_ROLES = {str(role): role for role in FundColumnRole}


def roles_of(table: FundTable | None) -> dict[str, FundColumnRole]:
    """What the columns of a registered form mean, by their ids."""
    return {column.id: column.role for column in table.columns} if table else {}


def role_of(column: str, roles: dict[str, FundColumnRole]) -> FundColumnRole:
    """What a column means, first by these roles; one that nobody knows means `other`."""
    return roles.get(column) or _ROLES.get(column, FundColumnRole.OTHER)


def money_unit(funds: Funds | None, table: FundTable | None) -> str:
    """The unit of a fund table's amounts: its own, else its form's; nothing without either."""
    return (funds.unit if funds else None) or (table.unit if table else "")
