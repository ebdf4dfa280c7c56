from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..errors import ResponseError
from ..types import UNSET

T = TypeVar("T", bound="Error")


@_attrs_define
class Error:
    """What went wrong."""

    code: str
    """ Short code of the error, for programs. """
    message: str
    """ The error in words, for people. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        message = self.message

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "message": message,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        if type(src_dict) is not dict and not isinstance(src_dict, Mapping):
            raise ResponseError.unexpected("", "an object", src_dict)
        d: dict[str, Any] = {}
        if not src_dict.keys() <= _KNOWN:
            d = {key: value for key, value in src_dict.items() if key not in _KNOWN}
        code = src_dict.get("code", UNSET)
        if not (isinstance(code, str)):
            raise ResponseError.unexpected("code", "str", code)

        message = src_dict.get("message", UNSET)
        if not (isinstance(message, str)):
            raise ResponseError.unexpected("message", "str", message)

        error = cls(
            code,
            message,
        )

        error.additional_properties = d
        return error

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
        "code",
        "message",
    ]
)
