"""Verification of request signatures, apart from the client's code so that each checks the other.

https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from starlette.datastructures import Headers

MAX_SKEW = timedelta(minutes=5)

_SIGNED_ALWAYS = frozenset({"date", "(request-target)", "host"})
_SIGNED_WITH_BODY = frozenset({"content-length", "content-type", "x-content-sha256"})
_BODY_METHODS = frozenset({"PUT", "POST", "PATCH"})
_FIELDS = frozenset({"version", "keyId", "algorithm", "headers", "signature"})
_FIELD = r'[A-Za-z]+="[^"]*"'
_AUTHORIZATION = re.compile(rf"Signature {_FIELD}(?:, ?{_FIELD})*")


class SignatureError(Exception):
    """The request is not signed as it must be; says why, without any key material."""


def verify(
    method: str,
    target: str,
    headers: Headers,
    body: bytes,
    keys: Mapping[str, RSAPublicKey],
    now: datetime,
) -> None:
    """Raise `SignatureError` unless one of `keys`, by keyId, signed this request within 5 minutes.

    `target` is the path and query as they came over the wire.
    """
    fields = _parse(headers)
    signed = fields["headers"].split(" ")
    _check_signed_headers(method, signed)
    _check_date(headers.get("date", ""), now)
    if method in _BODY_METHODS:
        _check_body(headers, body)
    key = keys.get(fields["keyId"])
    if key is None:
        raise SignatureError("the keyId is unknown")
    try:
        signature = base64.b64decode(fields["signature"], validate=True)
        key.verify(
            signature, _signing_string(method, target, headers, signed), PKCS1v15(), SHA256()
        )
    except (ValueError, InvalidSignature) as error:
        raise SignatureError("the signature does not match the request") from error


def _parse(headers: Headers) -> dict[str, str]:
    values = headers.getlist("authorization")
    if len(values) != 1:
        raise SignatureError(f"there must be one authorization header, not {len(values)}")
    if not _AUTHORIZATION.fullmatch(values[0]):
        raise SignatureError("the authorization header is not a signature")
    pairs = re.findall(r'([A-Za-z]+)="([^"]*)"', values[0])
    fields = dict(pairs)
    if len(pairs) != len(fields) or fields.keys() != _FIELDS:
        raise SignatureError(f"the signature must have, once each: {', '.join(sorted(_FIELDS))}")
    if fields["version"] != "1":
        raise SignatureError('the version of the signature must be "1"')
    if fields["algorithm"] != "rsa-sha256":
        raise SignatureError("the algorithm of the signature must be rsa-sha256")
    return fields


def _check_signed_headers(method: str, signed: list[str]) -> None:
    required = _SIGNED_ALWAYS | (_SIGNED_WITH_BODY if method in _BODY_METHODS else frozenset())
    if missing := required.difference(signed):
        raise SignatureError(f"the signature does not cover {', '.join(sorted(missing))}")
    if len(set(signed)) != len(signed):
        raise SignatureError("the signature names a header twice")


def _check_date(value: str, now: datetime) -> None:
    invalid = SignatureError("the date header is missing or not an IMF-fixdate")
    try:
        date = parsedate_to_datetime(value)
        # The parser takes many forms of a date; only one of them comes out as it went in.
        is_imf_fixdate = format_datetime(date.astimezone(UTC), usegmt=True) == value
    except (ValueError, OverflowError):
        raise invalid from None
    if not is_imf_fixdate:
        raise invalid
    if abs(now - date) > MAX_SKEW:
        raise SignatureError("the date is more than 5 minutes off")


def _check_body(headers: Headers, body: bytes) -> None:
    if headers.get("content-length") != str(len(body)):
        raise SignatureError("content-length is not that of the body")
    if headers.get("x-content-sha256") != base64.b64encode(hashlib.sha256(body).digest()).decode():
        raise SignatureError("x-content-sha256 is not that of the body")


def _signing_string(method: str, target: str, headers: Headers, signed: list[str]) -> bytes:
    lines = []
    for name in signed:
        if name == "(request-target)":
            lines.append(f"{name}: {method.lower()} {target}")
        elif name in headers and name == name.lower():
            lines.append(f"{name}: {', '.join(headers.getlist(name))}")
        else:
            raise SignatureError(f"the signature covers {name!r}, which the request does not have")
    return "\n".join(lines).encode("latin-1")
