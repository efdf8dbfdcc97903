"""What a count of successes proves about the rate behind it."""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt

Z95 = 1.959963984540054
"""The quantile of the normal distribution between whose two sides 95 % lie."""
_TINY = 1e-300
_EXACT = 1e-14
_STEPS = 500
_HALVINGS = 60


def lower_bound(good: float, total: float, confidence: float = 0.95) -> float:
    """The exact (Clopper-Pearson) one-sided lower bound of a success rate; 0 without a success.

    It is the quantile `1 - confidence` of the beta distribution with the parameters `good` and
    `total - good + 1` (Clopper and Pearson, Biometrika 26, 1934). Without a failure that is the
    root of `1 - confidence`: 59 successes of 59 prove 95 % at 95 %. Counts may be fractions.
    """
    if good <= 0 or total <= 0:
        return 0.0
    good = min(good, total)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if beta_cdf(middle, good, total - good + 1) < 1 - confidence:
            low = middle
        else:
            high = middle
    return low


def wilson(good: float, total: float) -> tuple[float, float]:
    """The score interval that holds the rate behind a count with 95 % confidence; (0, 1) for none.

    Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
    """
    if total <= 0:
        return 0.0, 1.0
    rate, square = good / total, Z95 * Z95 / total
    middle = (rate + square / 2) / (1 + square)
    half = Z95 * sqrt(rate * (1 - rate) / total + square / (4 * total)) / (1 + square)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for positive `a` and `b`.

    By its continued fraction (DLMF 8.17.22), on the side where that converges fast.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction, by the method of Lentz as Thompson and Barnett changed it (1986)."""
    c, d = 1.0, _inverse(1 - (a + b) * x / (a + 1))
    value = d
    for step in range(1, _STEPS):
        for term in (
            step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step)),
            -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1)),
        ):
            d = _inverse(1 + term * d)
            c = _nonzero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _EXACT:
            break
    return value


def _inverse(value: float) -> float:
    return 1 / _nonzero(value)


def _nonzero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
