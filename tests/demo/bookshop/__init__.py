"""Stock, orders and reports of a small bookshop."""
