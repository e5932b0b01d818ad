"""Tells a Prefect server of our flows, for workers to run.

    python -m flows.deploy [--pool formextract]

Needs PREFECT_API_URL.  May be repeated: deployments are replaced, and the pool is made once.
Workers are started with ``prefect worker start --pool formextract --type process`` from the root
of the checkout, with the same FORMEXTRACT_* settings as the review desk.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import sys
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.backfill import backfill
from flows.nightly import DEPLOYMENT, SCHEDULE, nightly
from flows.registry_refresh import registry_refresh
from formextract.config import Settings
from formextract.errors import EXIT_OK, EXIT_USAGE

POOL = "formextract"
"""The work pool, of the type `process`."""


async def plan_deployments(pool: str) -> list[RunnerDeployment]:
    """All deployments: nightly by its clock, the others when somebody asks for them.

    One nightly run at a time: two would take the same files.
    """
    # Runs start in the checkout, which makes `flows` importable; else the worker takes a new folder.
    job = {"working_dir": str(Path(__file__).parents[1])}
    return [
        await nightly.ato_deployment(
            name=DEPLOYMENT,
            schedule=Cron(SCHEDULE, timezone=Settings().timezone),
            work_pool_name=pool,
            entrypoint_type=EntrypointType.MODULE_PATH,
            job_variables=job,
            concurrency_limit=1,
            description="Reads the inbox each night at 01:00.",
        ),
        await backfill.ato_deployment(
            name="past-years",
            work_pool_name=pool,
            entrypoint_type=EntrypointType.MODULE_PATH,
            job_variables=job,
            concurrency_limit=1,
            description="Reads a folder of past years; give folder and years.",
        ),
        await registry_refresh.ato_deployment(
            name="new-lists",
            work_pool_name=pool,
            entrypoint_type=EntrypointType.MODULE_PATH,
            job_variables=job,
            concurrency_limit=1,
            description="Loads new lists of area offices and schools; give their files.",
        ),
    ]


async def deploy(pool: str = POOL) -> list[UUID]:
    """Makes pool and deployments on the server that PREFECT_API_URL names; returns their ids."""
    async with get_client() as client:
        with contextlib.suppress(ObjectAlreadyExists):
            await client.create_work_pool(WorkPoolCreate(name=pool, type="process"))
    return [await deployment.aapply() for deployment in await plan_deployments(pool)]


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m flows.deploy", description=__doc__.split("\n")[0])
    parser.add_argument("--pool", default=POOL, help="work pool (default %(default)s)")
    given = parser.parse_args(arguments)
    if not os.environ.get("PREFECT_API_URL"):
        # Without it the deployments would go to a temporary server, and vanish with it.
        sys.stderr.write("PREFECT_API_URL names no server.\nSet it, as http://127.0.0.1:4200/api.\n")
        return EXIT_USAGE
    for deployed in asyncio.run(deploy(given.pool)):
        print(deployed)
    return EXIT_OK


if __name__ == "__main__":
    sys.exit(main())
