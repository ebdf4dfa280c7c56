"""Oracle's request signature, version 1: RSA-SHA256 over chosen headers of an HTTP request.

Source: https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

_METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


def sign(
    method: str,
    target: str,
    host: str,
    date: str,
    *,
    key_id: str,
    private_key: RSAPrivateKey,
    body: bytes,
    content_type: str,
) -> dict[str, str]:
    """The headers that sign a request, by lower-case name. They must be sent as they are.

    Args:
        method: HTTP method, in upper case.
        target: Path and query, exactly as they go over the wire.
        host: Value of the `host` header.
        date: Time of signing in IMF-fixdate form; the service refuses it after 5 minutes.
        key_id: `tenancy/user/fingerprint` of an API key, or `ST$` and a session token.
        private_key: The key that `key_id` names.
        body: What POST, PUT and PATCH send; those methods sign it even if it is empty.
        content_type: Value of the `content-type` header of `body`.
    """
    headers = {"date": date}
    lines = {"date": date, "(request-target)": f"{method.lower()} {target}", "host": host}
    if method in _METHODS_WITH_BODY:
        headers |= {
            "content-length": str(len(body)),
            "content-type": content_type,
            "x-content-sha256": b64encode(hashlib.sha256(body).digest()).decode(),
        }
        lines |= headers
    text = "\n".join(f"{name}: {value}" for name, value in lines.items())
    signature = b64encode(private_key.sign(text.encode(), PKCS1v15(), SHA256())).decode()
    headers["authorization"] = (
        f'Signature algorithm="rsa-sha256",headers="{" ".join(lines)}",'
        f'keyId="{key_id}",signature="{signature}",version="1"'
    )
    return headers
