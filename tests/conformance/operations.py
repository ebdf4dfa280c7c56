"""The operations of the spec, as both clients call them."""

from __future__ import annotations

import inspect
import pkgutil
import re
from importlib import import_module
from typing import Any

import aidp_workbench_api.api as api

from tests.conformance import clients

PATH_KEYS = {"ai_data_platform_id", "workspace_key", "job_key", "job_run_key", "task_run_key"}
# Our name of a parameter and the SDK's, where they differ.
RENAMED = {"type_": "type", "body": "fetch_output_details"}


def modules() -> dict[str, Any]:
    """The generated modules of all operations, by their names."""
    found = {}
    for tag in pkgutil.iter_modules(api.__path__, f"{api.__name__}."):
        package = import_module(tag.name)
        for one in pkgutil.iter_modules(package.__path__, f"{tag.name}."):
            found[one.name.rpartition(".")[2]] = import_module(one.name)
    return found


OPERATIONS = modules()


def parameters(operation: str) -> dict[str, bool]:
    """The parameters of our function, and whether each is required."""
    found = inspect.signature(OPERATIONS[operation].sync_detailed).parameters
    return {
        name: one.default is inspect.Parameter.empty
        for name, one in found.items()
        if name != "client"
    }


def kind_of(operation: str) -> Any:
    """The client class of the SDK that has an operation."""
    both = clients.WorkflowClient, clients.WorkspaceClient
    return next(one for one in both if hasattr(one, operation))


def their_parameters(operation: str) -> set[str]:
    """The parameters of the SDK's function, by the names that ours has."""
    function = getattr(kind_of(operation), operation)
    named = {*inspect.signature(function).parameters} - {"self", "kwargs"}
    listed = re.search(r"expected_kwargs = \[(.*?)\]", inspect.getsource(function), re.DOTALL)
    assert listed
    named |= {*re.findall(r'"(\w+)"', listed[1])}
    back = {theirs: ours for ours, theirs in RENAMED.items()}
    return {back.get(name, name) for name in named} - {
        "allow_control_chars", "enable_strict_url_encoding", "retry_strategy"
    }  # fmt: skip
