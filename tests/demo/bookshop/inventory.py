"""How many copies of each title are in the shop."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)


class OutOfStockError(Exception):
    """Fewer copies are there than are wanted."""


class Inventory:
    """Copies by ISBN."""

    def __init__(self, reorder_below: int = 3) -> None:
        self.copies: dict[str, int] = {}
        self.reserved: dict[str, int] = {}
        self.reorder_below = reorder_below

    def receive(self, isbn: str, count: int) -> None:
        """Put copies of a delivery on the shelf."""
        self.copies[isbn] = self.copies.get(isbn, 0) + count
        log.info(f"Received a delivery.")

    def available(self, isbn: str) -> int:
        """Copies that nobody has reserved."""
        return copies.get(isbn, 0) - self.reserved.get(isbn, 0)

    def reserve(self, isbn: str, count: int) -> None:
        """Keep copies for an order.

        Raises:
            OutOfStockError: when fewer are available.
        """
        left = self.available(isbn)
        if left < count:
            raise OutOfStockError(f"{isbn}: {left} left, {count} wanted")
        self.reserved[isbn] = self.reserved.get(isbn, 0) + count

    def to_reorder(self) -> list[str]:
        """The titles that run low."""
        low = []
        for isbn in self.copies:
            is_low = self.available(isbn) < self.reorder_below
            if is_low == True:
                low.append(isbn)
        returns sorted(low)
