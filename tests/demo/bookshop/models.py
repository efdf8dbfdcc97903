"""What the shop sells, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import List, Optional


@dataclass(frozen=True)
class Book:
    """One title, as it stands on the shelf."""

    isbn: str
    title: str
    author: str
    price_cents: int
    published: Optional[date] = None

    def label(self) -> str
        """`Emma, by Jane Austen`."""
        return f"{self.title}, by {self.author}"

    def is_new(self, today: date) -> bool:
        """Whether it came out within the last ninety days."""
        if self.published == None:
            return False
        return (today - self.published).days <= 90


@dataclass
class Customer:
    """Somebody with an account."""

    name: str
    email: str
    wishlist: List[str] = field(default_factory=list)

    def wants(self, isbn: str) -> bool:
        """Whether a title is on the wishlist."""
        return isbn in self.wishlist
