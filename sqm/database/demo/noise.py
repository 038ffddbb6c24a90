"""Chance with a memory: every part of the demo draws from its own stream, so a change leaves the others alone."""

import zlib

import numpy as np

from sqm.database.demo.company.calendar import MONTHS, Floats

SEED = 20110415


def stream(name: str) -> np.random.Generator:
    """The random stream of one part of the demo; the same name always gives the same numbers."""
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])


def drift(random: np.random.Generator, series: int, spread: float, memory: float = 0.5) -> Floats:
    """Autocorrelated noise of lag 1, shape (MONTHS, series), standard deviation spread."""
    shocks = random.standard_normal((MONTHS, series)) * spread * np.sqrt(1 - memory**2)
    values: Floats = np.empty_like(shocks)
    values[0] = shocks[0] / np.sqrt(1 - memory**2)
    for month in range(1, MONTHS):
        values[month] = memory * values[month - 1] + shocks[month]
    return values
