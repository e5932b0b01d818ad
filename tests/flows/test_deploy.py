"""The deployments: the clock of the night is kept by the server."""

from __future__ import annotations

import asyncio
import time
from zoneinfo import ZoneInfo

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.objects import FlowRun

from flows.deploy import deploy, main

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect")]


@pytest.mark.usefixtures("prefect_server")
def test_the_nightly_deployment_gets_scheduled_runs_at_one_in_bangkok() -> None:
    """With SQLAlchemy 2.1 the server takes the deployment and never schedules a run."""

    async def scheduled() -> list[FlowRun]:
        ids = await deploy("test-pool")
        assert ids == await deploy("test-pool"), "deploying again replaces, it does not add"
        async with get_client() as client:
            until = time.monotonic() + 120
            while time.monotonic() < until:
                runs = await client.read_flow_runs(
                    deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[ids[0]]))
                )
                if runs:
                    return runs
                await asyncio.sleep(1)
        return []

    runs = asyncio.run(scheduled())
    assert len(runs) >= 2, "the server's scheduler made no runs"
    for run in runs:
        assert run.state is not None
        assert run.state.type.value == "SCHEDULED"
        assert run.next_scheduled_start_time is not None
        local = run.next_scheduled_start_time.astimezone(ZoneInfo("Asia/Bangkok"))
        assert (local.hour, local.minute) == (1, 0)


def test_deploying_to_no_server_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    assert main([]) == 2
    assert "PREFECT_API_URL" in capsys.readouterr().err
