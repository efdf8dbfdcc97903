"""Counted things and sums of money in words."""


def plural(number: int, thing: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def verb(number: int, one: str, several: str) -> str:
    """The form of a verb that goes with a number: `is` or `are`."""
    return one if number == 1 else several


def price(usd: float | None) -> str:
    """What something cost: `free`, `$0.0042`, or that nobody knows."""
    if usd is None:
        return "cost unknown"
    if not usd:
        return "free"
    return f"${usd:.2f}" if usd >= 0.1 else f"${usd:.2g}"
