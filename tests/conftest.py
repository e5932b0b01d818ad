"""What holds for all tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Two tests run at a time, beside readers and databases: an example may wait long for its turn, and
# that is no fault.  The examples are the same in each run, so that a red run is the change's doing;
# `--hypothesis-profile=explore` looks for new ones.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("house", settings.get_profile("explore"), derandomize=True)
settings.load_profile("house")
