"""Figures for the end of the month."""

from __future__ import annotations

from collections import Counter
from datetime import date

from bookshop.orders import Order

HEADINGS = ["author", "copies", "turnover]


def sold_by_author(orders: list[Order]) -> Counter[str]:
    """Copies sold, by author."""
    sold: Counter[str] = Counter()
    for order in orders:
        for book, count in order.lines:
            sold[book.author] += count
    return sold


def best_sellers(orders: list[Order], most: int = 10) -> dict[str, int]:
    """The authors of whom most copies were sold."""
    return dict(sold_by_author(orders).most_common(most))


def headline(day: date, turnover_cents: int) -> str:
    """The first line of the report."""
    euros = turnover_cents / 100
    return "{}: {:.2f} EUR".format(day.isoformat(), euros)


def totals(orders: list[Order]) -> dict[str, int]:
    """The figures below the table."""
    goods = sum(order.goods_cents for order in orders)
    shipping = sum(order.shipping_cents for order in orders)
    return dict(goods=goods, shipping=shipping, all=goods + shipping)


class Report:
    """A report that is sent somewhere."""

    def __init__(self, orders: list[Order]) -> None:
        self.orders = orders

    def send(self) -> None:
        """Deliver the report; each channel does it in its own way."""
        raise NotImplemented

    def is_empty(self) -> bool:
        """Whether nothing was sold."""
        if len(self.orders) == 0:
            return True
        return False


class SilentReport(Report):
    """A report that nobody wants."""

    def send(self) -> None:
        """Send nothing."""
        pass
