from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import ResponseError
from ..models.task_run_status import TaskRunStatus
from ..types import UNSET, Unset

T = TypeVar("T", bound="State")


@_attrs_define
class State:
    """How a run stands."""

    status: None | str | TaskRunStatus | Unset = UNSET
    """ Status of the run. A status unknown to this version arrives as its text. """
    state_message: None | str | Unset = UNSET
    """ The status in words. """
    error_trace: None | str | Unset = UNSET
    """ Stack trace of what went wrong, where there is one. """
    is_user_canceled_or_timed_out: bool | None | Unset = False
    """ Whether a user canceled the run, or the scheduler did because its time was up. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        elif isinstance(self.status, str):
            status = self.status
        else:
            status = self.status

        state_message: None | str | Unset
        if isinstance(self.state_message, Unset):
            state_message = UNSET
        else:
            state_message = self.state_message

        error_trace: None | str | Unset
        if isinstance(self.error_trace, Unset):
            error_trace = UNSET
        else:
            error_trace = self.error_trace

        is_user_canceled_or_timed_out: bool | None | Unset
        if isinstance(self.is_user_canceled_or_timed_out, Unset):
            is_user_canceled_or_timed_out = UNSET
        else:
            is_user_canceled_or_timed_out = self.is_user_canceled_or_timed_out

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if status is not UNSET:
            field_dict["status"] = status
        if state_message is not UNSET:
            field_dict["stateMessage"] = state_message
        if error_trace is not UNSET:
            field_dict["errorTrace"] = error_trace
        if is_user_canceled_or_timed_out is not UNSET:
            field_dict["isUserCanceledOrTimedOut"] = is_user_canceled_or_timed_out

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise ResponseError.unexpected("", "an object", src_dict)
        d: dict[str, Any] = {}
        if not src_dict.keys() <= _KNOWN:
            d = {key: value for key, value in src_dict.items() if key not in _KNOWN}
        status = src_dict.get("status", UNSET)
        if not (isinstance(status, str) or status is None or status is UNSET):
            d["status"], status = status, UNSET

        state_message = src_dict.get("stateMessage", UNSET)
        if not (
            isinstance(state_message, str)
            or state_message is None
            or state_message is UNSET
        ):
            d["stateMessage"], state_message = state_message, UNSET

        error_trace = src_dict.get("errorTrace", UNSET)
        if not (
            isinstance(error_trace, str) or error_trace is None or error_trace is UNSET
        ):
            d["errorTrace"], error_trace = error_trace, UNSET

        is_user_canceled_or_timed_out = src_dict.get("isUserCanceledOrTimedOut", UNSET)
        if not (
            type(is_user_canceled_or_timed_out) is bool
            or is_user_canceled_or_timed_out is None
            or is_user_canceled_or_timed_out is UNSET
        ):
            d["isUserCanceledOrTimedOut"], is_user_canceled_or_timed_out = (
                is_user_canceled_or_timed_out,
                UNSET,
            )

        state = cls(
            status,
            state_message,
            error_trace,
            is_user_canceled_or_timed_out,
        )

        state.additional_properties = d
        return state

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
        "status",
        "stateMessage",
        "errorTrace",
        "isUserCanceledOrTimedOut",
    ]
)
