"""What a partner gets for a task: so many hours, or a fee; and what may be wrong with either."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import list_currencies

from config import policy
from workflows.core.words import mark as _

CENT = Decimal("0.01")
NOT_BOTH = _("Agree on hours or on a fee, not on both.")
NOT_POSITIVE = _("Write a number above zero.")
TOO_MUCH = _("This is too much. Write a smaller number.")
TOO_FINE = _("Write two digits after the point at most.")
CURRENCY_UNKNOWN = _("Write the currency in three letters, for example EUR.")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hours, or an amount in a currency (ISO 4217); neither when nothing was agreed."""

    hours: Decimal | None = None
    amount: Decimal | None = None
    currency: str = ""

    @property
    def nothing(self) -> bool:
        return self.hours is None and self.amount is None

    @property
    def tidied(self) -> "Agreement":
        """With the currency in capitals; none without an amount."""
        return Agreement(self.hours, self.amount, self.currency.strip().upper() if self.amount is not None else "")

    def problems(self, *, may_be_negative: bool = False) -> dict[str, str]:
        """What is wrong with a tidied one, by field; nothing for a good one, and none is a good one."""
        if self.hours is not None and self.amount is not None:
            return {"amount": NOT_BOTH}
        found = {
            "hours": _problem(self.hours, policy.AGREED_HOURS_MAX, may_be_negative=may_be_negative),
            "amount": _problem(self.amount, policy.AGREED_AMOUNT_MAX, may_be_negative=may_be_negative),
            "currency": CURRENCY_UNKNOWN if self.amount is not None and self.currency not in list_currencies() else "",
        }
        return {field: problem for field, problem in found.items() if problem}


NOTHING = Agreement()


def totals(agreements: Iterable[Agreement]) -> tuple[Decimal, dict[str, Decimal]]:
    """All hours together, and the amounts of each currency, in the alphabetical order of their codes."""
    hours, amounts = Decimal(0), dict[str, Decimal]()
    for one in agreements:
        hours += one.hours or 0
        if one.amount is not None:
            amounts[one.currency] = amounts.get(one.currency, Decimal(0)) + one.amount
    return hours, dict(sorted(amounts.items()))


def _problem(number: Decimal | None, most: int, *, may_be_negative: bool) -> str:
    if number is None:
        return ""
    if not number or (number < 0 and not may_be_negative):
        return NOT_POSITIVE
    if abs(number) > most:
        return TOO_MUCH
    return TOO_FINE if number != number.quantize(CENT) else ""
