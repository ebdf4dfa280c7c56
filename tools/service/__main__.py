"""The command line of the service."""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from tools.service.faults import Faults
from tools.service.server import Service, serve

_MAX_TASK_RUNS = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if (options.public_key is None) != (options.key_id is None):
        parser.error("--public-key and --key-id belong together")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with serve(
            options.task_runs,
            port=options.port,
            public_key=options.public_key,
            key_id=options.key_id,
            faults=options.faults,
        ) as service:
            print(json.dumps(_facts(service)), flush=True)
            stop.wait()
    except OSError as error:
        print(
            f"{parser.prog}: error: port {options.port}: {error.strerror or error}", file=sys.stderr
        )
        return 1
    return 0


def _facts(service: Service) -> dict[str, str]:
    facts = {
        "base_url": service.base_url,
        "ai_data_platform_id": service.ai_data_platform_id,
        "workspace_key": service.workspace_key,
        "job_run_key": service.job_run_key,
    }
    if service.profile is not None:
        facts["config_file"] = str(service.profile)
    return facts


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tools.service",
        description="Serve a sample workspace on 127.0.0.1, as the Workbench API does. Prints one "
        "line of JSON that says where, as soon as it accepts connections, and stops on Ctrl-C.",
    )
    parser.add_argument(
        "--task-runs",
        type=_task_runs,
        default=250,
        metavar="N",
        help="how many task runs the job run has (default: %(default)s)",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=0,
        metavar="P",
        help="the port to listen on; 0, the default, picks a free one",
    )
    parser.add_argument(
        "--public-key",
        type=_public_key,
        metavar="FILE",
        help="a PEM file with the public RSA key that checks signatures; "
        "without it, a key pair and an OCI profile are made for as long as the service runs",
    )
    parser.add_argument(
        "--key-id",
        metavar="ID",
        help="the keyId of that key: tenancy/user/fingerprint",
    )
    parser.add_argument(
        "--faults",
        type=_faults,
        metavar="SEED[:RATE]",
        help="let this share of requests, 0.3 if not given, meet a fault on the way: a broken "
        "connection, a late, slow, cut or damaged answer, 429 or 5xx; the same seed gives the same "
        "faults",
    )
    return parser


def _task_runs(text: str) -> int:
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= _MAX_TASK_RUNS:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to {_MAX_TASK_RUNS}")
    return number


def _port(text: str) -> int:
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be a number from 0 to 65535")
    return number


def _faults(text: str) -> Faults:
    seed, separator, rate = text.partition(":")
    try:
        return Faults(int(seed), float(rate)) if separator else Faults(int(seed))
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            "must be SEED or SEED:RATE, a whole number and a share from 0 to 1, such as 7:0.3"
        ) from error


def _public_key(path: str) -> RSAPublicKey:
    try:
        key = load_pem_public_key(Path(path).read_bytes())
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{path}: {error.strerror}") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise argparse.ArgumentTypeError(f"{path} is not a public key in PEM form") from error
    if not isinstance(key, RSAPublicKey):
        raise argparse.ArgumentTypeError(f"{path} is not an RSA key")
    return key


if __name__ == "__main__":
    sys.exit(main())
