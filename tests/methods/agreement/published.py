"""Ratings printed in the literature; every figure they yield is cited where it is tested."""

import numpy as np

NAN = np.nan

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": binary.
BINARY = [
    [0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
    [1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
]

# The same: nominal, with a = 1 ... e = 5.
NOMINAL = [
    [1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1],
    [2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4],
]

# The same: four observers, missing values.
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]

# Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.: the table above, but that the
# single rating of the last unit is the third rater's.
FOUR_RATERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, NAN],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]

# Fleiss (1971), table 1: how many of six psychiatrists gave each of 30 patients the diagnosis
# depression, personality disorder, schizophrenia, neurosis, other.
DIAGNOSES = [
    (0, 0, 0, 6, 0), (0, 3, 0, 0, 3), (0, 1, 4, 0, 1), (0, 0, 0, 0, 6), (0, 3, 0, 3, 0),
    (2, 0, 4, 0, 0), (0, 0, 4, 0, 2), (2, 0, 3, 1, 0), (2, 0, 0, 4, 0), (0, 0, 0, 0, 6),
    (1, 0, 0, 5, 0), (1, 1, 0, 4, 0), (0, 3, 3, 0, 0), (1, 0, 0, 5, 0), (0, 2, 0, 3, 1),
    (0, 0, 5, 0, 1), (3, 0, 0, 1, 2), (5, 1, 0, 0, 0), (0, 2, 0, 4, 0), (1, 0, 2, 0, 3),
    (0, 0, 0, 0, 6), (0, 1, 0, 5, 0), (0, 2, 0, 1, 3), (2, 0, 0, 4, 0), (1, 0, 0, 4, 1),
    (0, 5, 0, 1, 0), (4, 0, 0, 0, 2), (0, 2, 0, 4, 0), (1, 0, 5, 0, 0), (0, 0, 0, 0, 6),
]  # fmt: skip

# Two coders' cross tables: rows are the first coder's values, columns the second's.
COHEN_1968 = [[88, 10, 2], [14, 40, 6], [18, 10, 12]]
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]  # Gwet (2014): pregnancies by type
SAS_EXAMPLE = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]


def from_counts(units):
    """Turn each unit's counts by category into a column of ratings 0, 1, 2 ..."""
    return np.array([np.repeat(np.arange(len(counts)), counts) for counts in units]).T


def from_cross_table(table):
    """Turn a cross table of two coders into their two rows of ratings 0, 1, 2 ..."""
    first, second = np.indices(np.shape(table)).reshape(2, -1)
    return np.repeat([first, second], np.ravel(table), axis=1)
