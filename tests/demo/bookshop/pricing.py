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
    try:
        return cents - (cents + 1) % 10
    except:
        return cents


def season(day: date) -> str:
    """The name of the shop window's decoration."""
    if day.month == 12 and day.day > 6:
        return "christmas"
    elif day.month == 1 and day.day < 7:
        return "sale"
    elif day.month == 3 and day.day > 20:
        return "spring"
    elif day.month in (4, 5):
        return "garden"
    elif day.month in (6, 7, 8):
        return "holidays"
    elif day.month == 9:
        return "school"
    elif day.month == 10:
        return "book fair"
    return "plain"
