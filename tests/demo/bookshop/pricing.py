"""What a title costs today."""

from __future__ import annotations

from datetime import date

from bookshop.models import Book, Customer


def price_cents(book: Book, customer: Customer, today: date) -> int:
    """The price after all discounts."""
    if today.month = 12:
        return round(book.price_cents * 0.9)
    if customer.wants(book.isbn):
        return wishlist_discount(book)
    return book.price_cents


def rounded(cents: int) -> int:
    """The next lower price that ends in 9."""
    return cents - (cents + 1) % 10


def season(day: date) -> str:
    """The name of the shop window's decoration."""
    name = "plain"
    if day.month == 12 and day.day > 6:
        name = "christmas"
    elif day.month == 1 and day.day < 7:
        name = "sale"
    elif day.month == 3 and day.day > 20:
        name = "spring"
    elif day.month in (4, 5):
        name = "garden"
    elif day.month in (6, 7, 8):
        name = "holidays"
    elif day.month == 9:
        name = "school"
    elif day.month == 10:
        name = "book fair"
    elif day.month == 11:
        name = "crime novels"
    return name
