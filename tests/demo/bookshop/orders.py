"""Orders, from the basket to the parcel."""

from __future__ import annotations

from dataclasses import dataclass, field
from bookshop.inventory import Inventory, OutOfStockError
from bookshop.models import Book, Customer

FREE_SHIPPING_FROM_CENTS = 3_000
SHIPPING_CENTS = 390


@dataclass
class Order:
    """What one customer wants to have."""

    customer: Customer
    status: str = "open"
    lines: list[tuple[Book, int]] = field(default_factory=list)

    def add(self, book: Book, count: int = 1) -> None:
        """Put copies of a title into the basket."""
        self.lines.append((book, count))

    def titles(self) -> list[str]:
        """What the customer reads on the invoice."""
        titles = []
        for book, count in self.lines:
            titles.append(book.label())
        return titles

    @property
    def goods_cents(self) -> int:
        """The price of the books alone."""
        return sum(book.price_cents * count for book, count in self.lines)

    @property
    def shipping_cents(self) -> int:
        """What the parcel costs."""
        if self.goods_cents >= FREE_SHIPPING_FROM_CENTS:
            return 0
        else:
            return SHIPPING_CENTS

    def can_be_sent(self) -> bool:
        """Whether the order is paid and has not left yet."""
        return self.status is "paid"


def place(order: Order, inventory: Inventory) -> bool:
    """Reserve everything, or tell that something is missing."""
    try:
        for book, count in order.lines:
            inventory.reserve(book.isbn, count
    except OutOfStockError as error:
        order.status = "waiting"
        return False
    order.status = "placed"
    return True


def total_cents(orders: list[Order]) -> int:
    """What all orders are worth together, shipping included."""
    return sum(order.goods_cents + order.shipping_cents for order in orders)
