"""Anchors against every chain there is; the band around them where a text leaves a block out."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import numpy as np
import pytest

from align.aligner.anchors import _chain, _supported


@pytest.mark.parametrize("seed", range(20))
def test_the_chain_is_the_heaviest(seed: int) -> None:
    chance = random.Random(seed)
    pairs = sorted({(chance.randrange(6), chance.randrange(6)) for _ in range(9)})
    weights = [float(chance.randint(1, 9)) for _ in pairs]
    rows, columns = np.array(pairs).T
    found = _chain(rows, columns, np.array(weights))
    of = dict(zip(pairs, weights, strict=True))
    chains = (chain for n in range(1, 7) for chain in combinations(pairs, n))
    rising = (c for c in chains if all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(c)))
    assert sum(of[pair] for pair in found) == max(sum(of[pair] for pair in chain) for chain in rising)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))


def test_pairs_on_one_way_support_each_other() -> None:
    width = 100
    keys = np.array([3 * width + 3, 4 * width + 4, 9 * width + 50])
    assert _supported(keys, np.array([1.0, 4.0, 9.0]), width) == pytest.approx([5.0, 10.0, 27.0])
