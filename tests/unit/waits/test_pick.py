"""The vectorised policy is the production policy: row by row the same choice."""

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.calling import Head, choose
from queue_server.domain.office_calling import Calling, PolicyName
from queue_server.domain.office_services import ServiceClass
from queue_server.waits.pick import columns, pick

CALLINGS = st.builds(
    Calling,
    policy=st.sampled_from(PolicyName),
    one_priority_per=st.integers(1, 4),
    rescue_after=st.sampled_from([timedelta(minutes=40), timedelta(seconds=30)]),
    priority_rate=st.sampled_from([1.0, 2.5]),
)
WAITED = st.sampled_from([-600.0, 0.0, 30.0, 75.0, 187.5, 2400.0, 2400.5]) | st.floats(-1000, 5000)
ROW = st.tuples(
    st.lists(st.tuples(WAITED, st.booleans(), st.integers(0, 3)), min_size=6, max_size=6), st.integers(0, 5)
)


@given(
    CALLINGS,
    st.lists(
        st.tuples(st.sampled_from(ServiceClass), st.sampled_from([0.0, 60.0, 600.0])), min_size=6, max_size=6
    ),
    st.lists(ROW, min_size=1, max_size=6),
)
def test_every_row_is_what_choose_would_choose(calling, queues, rows) -> None:  # type: ignore[no-untyped-def]
    found = pick(
        calling,
        columns(calling, [c for c, _ in queues], [s for _, s in queues]),
        np.array([[waited for waited, _, _ in row] for row, _ in rows]),
        np.array([[there for _, there, _ in row] for row, _ in rows]),
        np.array([since for _, since in rows]),
        np.array([[number * 10.0 + n for n, (_, _, number) in enumerate(row)] for row, _ in rows]),
    )
    for (row, since), column in zip(rows, found, strict=True):
        heads = [
            Head(f"t{n}", queues[n][0], waited, queues[n][1], f"A{number}")
            for n, (waited, there, number) in enumerate(row)
            if there
        ]
        chosen = choose(calling, heads, since)
        assert (chosen.ticket if chosen else None) == (f"t{column}" if column >= 0 else None)
