"""Labels for parcels."""

from __future__ import annotations

from bookshop.models import Customer

<<<<<<< HEAD
MAX_WEIGHT_GRAMS = 5_000
=======
MAX_WEIGHT_GRAMS = 10_000
>>>>>>> parcels-by-bike


def label(customer: Customer, weight_grams: int) -> str:
    """The text on a parcel's label."""
    if weight_grams > MAX_WEIGHT_GRAMS:
        raise ValueError(f"{weight_grams} g are too much for one parcel")
    return f"{customer.name}\n{weight_grams} g"
