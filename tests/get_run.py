"""Like a generated operation that returns one thing; its parameters have names of our own.

As in generated modules, annotations are evaluated: no `from __future__ import annotations`.
"""

from http import HTTPStatus
from typing import Any

import httpx
from aidp_workbench_api import Client
from aidp_workbench_api.models import Error, TaskRunSummary
from aidp_workbench_api.types import UNSET, Response, Unset


def sync_detailed(
    key: str, *, client: Client, operation: str, concurrency: int | Unset = UNSET
) -> Response[TaskRunSummary | Error | None]:
    request = _request(key, operation, concurrency)
    return _response(client.get_httpx_client().request(**request))


async def asyncio_detailed(
    key: str, *, client: Client, operation: str, concurrency: int | Unset = UNSET
) -> Response[TaskRunSummary | Error | None]:
    request = _request(key, operation, concurrency)
    return _response(await client.get_async_httpx_client().request(**request))


def _request(key: str, operation: str, concurrency: int | Unset) -> dict[str, Any]:
    params = {"operation": operation, "concurrency": concurrency}
    params = {name: value for name, value in params.items() if value is not UNSET}
    return {"method": "get", "url": f"/runs/{key}", "params": params}


def _response(response: httpx.Response) -> Response[TaskRunSummary | Error | None]:
    parsed: TaskRunSummary | Error | None = None
    if response.status_code == HTTPStatus.OK:
        kind = Error if b"code" in response.content else TaskRunSummary
        parsed = kind.from_dict(response.json())
    status = HTTPStatus(response.status_code)
    return Response(status, response.content, dict(response.headers), parsed)
