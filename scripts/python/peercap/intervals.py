"""Student's t distribution, so that intervals need no further package."""

from __future__ import annotations

import math


def _continued_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function (DLMF 8.17.22), by the modified Lentz method."""
    tiny = 1e-300
    numerator, denominator, value = 1.0, 0.0, 1.0
    for step in range(1000):
        m = step // 2
        if step == 0:
            term = 1.0
        elif step % 2 == 0:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        denominator = 1.0 / ((1.0 + term * denominator) or tiny)
        numerator = (1.0 + term / numerator) or tiny
        factor = numerator * denominator
        value *= factor
        if step > 0 and abs(factor - 1.0) < 1e-15:
            break
    return value - 1.0


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularized incomplete beta function I_x(a, b), for a, b > 0 and x between 0 and 1."""
    if not 0.0 < x < 1.0:
        return 0.0 if x <= 0.0 else 1.0
    if x > (a + 1.0) / (a + b + 2.0):  # where the fraction converges fast
        return 1.0 - incomplete_beta(b, a, 1.0 - x)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) / a * _continued_fraction(a, b, x)


def t_tail(t: float, freedom: float) -> float:
    """Probability that a t variable lies above t, t >= 0, by its degrees of freedom (above 0)."""
    return 0.5 * incomplete_beta(freedom / 2.0, 0.5, freedom / (freedom + t * t))


def t_quantile(confidence: float, freedom: float) -> float:
    """The t value within which a share `confidence` of the distribution lies on both sides; 12.706 for 0.95 and 1.

    Raises ValueError for a confidence outside (0, 1) or degrees of freedom that are not above 0.
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"a confidence lies between 0 and 1, not at {confidence}")
    if not freedom > 0.0:
        raise ValueError(f"there are no {freedom} degrees of freedom")
    tail = (1.0 - confidence) / 2.0
    low, high = 0.0, 1.0
    while t_tail(high, freedom) > tail:
        low, high = high, 2.0 * high
    for _ in range(200):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        if t_tail(middle, freedom) > tail:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
