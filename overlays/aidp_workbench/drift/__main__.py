"""Print what the service says and this client does not know: `python -m aidp_workbench.drift`."""

from __future__ import annotations

import argparse
import json
import os
import sys

import attrs

from .. import WorkbenchError, connect
from .observe import observe


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m aidp_workbench.drift",
        description="List the latest job runs of a workspace and their task runs, and print what"
        " this client does not know of them: names of properties, words of enums and shapes of"
        " values, never the values. Exit code 0: nothing; 1: something; 2: it could not be done.",
    )
    platform, workspace = (
        os.environ.get(f"AIDP_{one}") for one in ("PLATFORM_ID", "WORKSPACE_KEY")
    )
    parser.add_argument("--platform", metavar="OCID", default=platform, required=not platform)
    parser.add_argument("--workspace", metavar="KEY", default=workspace, required=not workspace)
    parser.add_argument(
        "--job-run",
        metavar="KEY",
        action="append",
        help="list the task runs of this job run, in place of the latest ones; may be repeated",
    )
    parser.add_argument("--job-runs", metavar="N", type=int, default=20, help="how many; 20")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    for name in ("profile", "config-file", "region", "auth", "base-url", "api-version"):
        parser.add_argument(f"--{name}", help=f"{name.replace('-', '_')} of `connect`")
    return parser


def main(argv: list[str] | None = None) -> int:
    options = arguments().parse_args(argv)
    try:
        with connect(
            options.region,
            profile=options.profile,
            config_file=options.config_file,
            base_url=options.base_url,
            auth=options.auth,
            api_version=options.api_version,
        ) as client:
            found = observe(
                client,
                ai_data_platform_id=options.platform,
                workspace_key=options.workspace,
                job_run_keys=options.job_run,
                job_runs=options.job_runs,
            )
    except WorkbenchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.format == "json":
        print(json.dumps([attrs.asdict(one) for one in found], indent=2))
    else:
        print(
            "\n".join(map(str, found)) or "The service says nothing that this client does not know."
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
