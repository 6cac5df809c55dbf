"""Ratings drawn at random: seeded ones for comparisons, Hypothesis' for invariants."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

SEEDS = range(20)


def ratings_from(seed, *, coders=None, missing=None):
    """Make up coders who often agree; a fifth of the ratings is missing unless said otherwise."""
    generator = np.random.default_rng(seed)
    coders = generator.integers(2, 6) if coders is None else coders
    shape = (coders, generator.integers(12, 40))
    seen = generator.integers(4, size=shape[1])
    table = np.where(generator.random(shape) < 0.6, seen, generator.integers(4, size=shape))
    table = table.astype(float)
    table[generator.random(shape) < (0.2 if missing is None else missing)] = np.nan
    return table


def tables(values=(0, 1, 2, 3), *, missing=True):
    """Draw small tables of ratings, senseless and one-sided ones among them."""
    choices = [*values, np.nan] if missing else list(values)
    shape = st.tuples(st.integers(2, 4), st.integers(1, 9))
    return arrays(float, shape, elements=st.sampled_from(choices))
