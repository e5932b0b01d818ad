"""A worker runs what was deployed: the way of production, each part a process of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL

from flows.deploy import deploy

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect_server")]

ROOT = Path(__file__).parents[2]


def test_a_worker_runs_the_deployed_night(home: Path) -> None:
    async def ask() -> str:
        (nightly, *_others) = await deploy("worker-pool")
        async with get_client() as client:
            run = await client.create_flow_run_from_deployment(nightly)
        return str(run.id)

    async def state(run_id: str) -> tuple[str, str | None]:
        async with get_client() as client:
            run = await client.read_flow_run(run_id)  # type: ignore[arg-type]
        assert run.state is not None
        return run.state.type.value, run.state.message

    run_id = asyncio.run(ask())
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "worker-pool", "--run-once"]
    worker = subprocess.run(
        [*command, "--type", "process"],
        cwd=ROOT,
        env={
            **os.environ,
            "PREFECT_API_URL": PREFECT_API_URL.value() or "",
            "PREFECT_HOME": str(home / "prefect"),
        },
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    kind, message = asyncio.run(state(run_id))
    assert kind == "COMPLETED", f"{message}\n{worker.stderr[-6000:]}"
