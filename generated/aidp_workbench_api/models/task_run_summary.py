from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
        from ..models.state import State  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        key = _parse_key(d.pop("key", UNSET))

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_task_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        task_key = _parse_task_key(d.pop("taskKey", UNSET))

        def _parse_job_run_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        job_run_key = _parse_job_run_key(d.pop("jobRunKey", UNSET))

        def _parse_parent_job_run_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        parent_job_run_key = _parse_parent_job_run_key(d.pop("parentJobRunKey", UNSET))

        def _parse_root_job_run_key(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        root_job_run_key = _parse_root_job_run_key(d.pop("rootJobRunKey", UNSET))

        def _parse_external_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        external_id = _parse_external_id(d.pop("externalId", UNSET))

        def _parse_retry_attempt(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        retry_attempt = _parse_retry_attempt(d.pop("retryAttempt", UNSET))

        def _parse_cluster_validation_start_time(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        cluster_validation_start_time = _parse_cluster_validation_start_time(
            d.pop("clusterValidationStartTime", UNSET)
        )

        def _parse_start_time(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        start_time = _parse_start_time(d.pop("startTime", UNSET))

        def _parse_end_time(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        end_time = _parse_end_time(d.pop("endTime", UNSET))

        def _parse_state(data: object) -> None | State | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                state_type_0 = State.from_dict(data)

                return state_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | State | Unset, data)

        state = _parse_state(d.pop("state", UNSET))

        task_run_summary = cls(
            key=key,
            name=name,
            task_key=task_key,
            job_run_key=job_run_key,
            parent_job_run_key=parent_job_run_key,
            root_job_run_key=root_job_run_key,
            external_id=external_id,
            retry_attempt=retry_attempt,
            cluster_validation_start_time=cluster_validation_start_time,
            start_time=start_time,
            end_time=end_time,
            state=state,
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
