"""Prefect: scheduling and display of what formextract does; no logic.

Prefect reads its settings when it is imported, so ours are set here, before any module of this
package can import it.  What the environment says already holds.
"""

import os
from pathlib import Path

_home = Path(os.environ.get("FORMEXTRACT_HOME", "var")).absolute()

for _name, _value in {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # At the default of 20 s three cold flows at once all died on two cores.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_HOME": str(_home / "prefect"),
    # Results hold file names, and file names hold people's names: they stay in memory.
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}.items():
    os.environ.setdefault(_name, _value)
