from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import ResponseError
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.state import State


T = TypeVar("T", bound="TaskRunSummary")


@_attrs_define
class TaskRunSummary:
    """One run of one task. Each retry of a task is a task run of its own."""

    key: None | str | Unset = UNSET
    """ Key of this task run. """
    name: None | str | Unset = UNSET
    """ Display name. It can change, and several task runs may share it. """
    task_key: None | str | Unset = UNSET
    """ Display name of the task that ran. """
    job_run_key: None | str | Unset = UNSET
    """ Key of the job run that this task run belongs to. """
    parent_job_run_key: None | str | Unset = UNSET
    """ Key of the job run that started that job run, for nested jobs. """
    root_job_run_key: None | str | Unset = UNSET
    """ Key of the outermost job run. """
    external_id: None | str | Unset = UNSET
    """ Name of this execution in the system that carried it out. """
    retry_attempt: int | None | Unset = UNSET
    """ 0 for the original attempt, then 1, 2, 3 and so on for its retries. """
    cluster_validation_start_time: int | None | Unset = UNSET
    """ When the cluster began to be checked, in milliseconds since 1970-01-01 UTC. """
    start_time: int | None | Unset = UNSET
    """ When the execution started, in milliseconds since 1970-01-01 UTC. """
    end_time: int | None | Unset = UNSET
    """ When the execution ended, in milliseconds since 1970-01-01 UTC. """
    state: None | State | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.state import State  # noqa: PLC0415

        key: None | str | Unset
        if isinstance(self.key, Unset):
            key = UNSET
        else:
            key = self.key

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        task_key: None | str | Unset
        if isinstance(self.task_key, Unset):
            task_key = UNSET
        else:
            task_key = self.task_key

        job_run_key: None | str | Unset
        if isinstance(self.job_run_key, Unset):
            job_run_key = UNSET
        else:
            job_run_key = self.job_run_key

        parent_job_run_key: None | str | Unset
        if isinstance(self.parent_job_run_key, Unset):
            parent_job_run_key = UNSET
        else:
            parent_job_run_key = self.parent_job_run_key

        root_job_run_key: None | str | Unset
        if isinstance(self.root_job_run_key, Unset):
            root_job_run_key = UNSET
        else:
            root_job_run_key = self.root_job_run_key

        external_id: None | str | Unset
        if isinstance(self.external_id, Unset):
            external_id = UNSET
        else:
            external_id = self.external_id

        retry_attempt: int | None | Unset
        if isinstance(self.retry_attempt, Unset):
            retry_attempt = UNSET
        else:
            retry_attempt = self.retry_attempt

        cluster_validation_start_time: int | None | Unset
        if isinstance(self.cluster_validation_start_time, Unset):
            cluster_validation_start_time = UNSET
        else:
            cluster_validation_start_time = self.cluster_validation_start_time

        start_time: int | None | Unset
        if isinstance(self.start_time, Unset):
            start_time = UNSET
        else:
            start_time = self.start_time

        end_time: int | None | Unset
        if isinstance(self.end_time, Unset):
            end_time = UNSET
        else:
            end_time = self.end_time

        state: dict[str, Any] | None | Unset
        if isinstance(self.state, Unset):
            state = UNSET
        elif isinstance(self.state, State):
            state = self.state.to_dict()
        else:
            state = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if key is not UNSET:
            field_dict["key"] = key
        if name is not UNSET:
            field_dict["name"] = name
        if task_key is not UNSET:
            field_dict["taskKey"] = task_key
        if job_run_key is not UNSET:
            field_dict["jobRunKey"] = job_run_key
        if parent_job_run_key is not UNSET:
            field_dict["parentJobRunKey"] = parent_job_run_key
        if root_job_run_key is not UNSET:
            field_dict["rootJobRunKey"] = root_job_run_key
        if external_id is not UNSET:
            field_dict["externalId"] = external_id
        if retry_attempt is not UNSET:
            field_dict["retryAttempt"] = retry_attempt
        if cluster_validation_start_time is not UNSET:
            field_dict["clusterValidationStartTime"] = cluster_validation_start_time
        if start_time is not UNSET:
            field_dict["startTime"] = start_time
        if end_time is not UNSET:
            field_dict["endTime"] = end_time
        if state is not UNSET:
            field_dict["state"] = state

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise ResponseError.unexpected("", "an object", src_dict)
        d: dict[str, Any] = {}
        if not src_dict.keys() <= _KNOWN:
            d = {key: value for key, value in src_dict.items() if key not in _KNOWN}
        key = src_dict.get("key", UNSET)
        if not (isinstance(key, str) or key is None or key is UNSET):
            d["key"], key = key, UNSET

        name = src_dict.get("name", UNSET)
        if not (isinstance(name, str) or name is None or name is UNSET):
            d["name"], name = name, UNSET

        task_key = src_dict.get("taskKey", UNSET)
        if not (isinstance(task_key, str) or task_key is None or task_key is UNSET):
            d["taskKey"], task_key = task_key, UNSET

        job_run_key = src_dict.get("jobRunKey", UNSET)
        if not (
            isinstance(job_run_key, str) or job_run_key is None or job_run_key is UNSET
        ):
            d["jobRunKey"], job_run_key = job_run_key, UNSET

        parent_job_run_key = src_dict.get("parentJobRunKey", UNSET)
        if not (
            isinstance(parent_job_run_key, str)
            or parent_job_run_key is None
            or parent_job_run_key is UNSET
        ):
            d["parentJobRunKey"], parent_job_run_key = parent_job_run_key, UNSET

        root_job_run_key = src_dict.get("rootJobRunKey", UNSET)
        if not (
            isinstance(root_job_run_key, str)
            or root_job_run_key is None
            or root_job_run_key is UNSET
        ):
            d["rootJobRunKey"], root_job_run_key = root_job_run_key, UNSET

        external_id = src_dict.get("externalId", UNSET)
        if not (
            isinstance(external_id, str) or external_id is None or external_id is UNSET
        ):
            d["externalId"], external_id = external_id, UNSET

        retry_attempt = src_dict.get("retryAttempt", UNSET)
        if not (
            type(retry_attempt) is int
            or retry_attempt is None
            or retry_attempt is UNSET
        ):
            d["retryAttempt"], retry_attempt = retry_attempt, UNSET

        cluster_validation_start_time = src_dict.get(
            "clusterValidationStartTime", UNSET
        )
        if not (
            type(cluster_validation_start_time) is int
            or cluster_validation_start_time is None
            or cluster_validation_start_time is UNSET
        ):
            d["clusterValidationStartTime"], cluster_validation_start_time = (
                cluster_validation_start_time,
                UNSET,
            )

        start_time = src_dict.get("startTime", UNSET)
        if not (type(start_time) is int or start_time is None or start_time is UNSET):
            d["startTime"], start_time = start_time, UNSET

        end_time = src_dict.get("endTime", UNSET)
        if not (type(end_time) is int or end_time is None or end_time is UNSET):
            d["endTime"], end_time = end_time, UNSET

        state = src_dict.get("state", UNSET)
        if not (state is None or state is UNSET):
            try:
                state = State.from_dict(state)
            except ResponseError as error:
                raise error.inside("state")

        task_run_summary = cls(
            key,
            name,
            task_key,
            job_run_key,
            parent_job_run_key,
            root_job_run_key,
            external_id,
            retry_attempt,
            cluster_validation_start_time,
            start_time,
            end_time,
            state,
        )

        task_run_summary.additional_properties = d
        return task_run_summary

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


_KNOWN: frozenset[str] = frozenset(
    [
        "key",
        "name",
        "taskKey",
        "jobRunKey",
        "parentJobRunKey",
        "rootJobRunKey",
        "externalId",
        "retryAttempt",
        "clusterValidationStartTime",
        "startTime",
        "endTime",
        "state",
    ]
)
from ..models.state import State  # noqa: E402
