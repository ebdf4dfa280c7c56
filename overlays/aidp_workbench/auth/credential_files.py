"""The key and the token of an identity, from the files and settings that hold them.

Each function raises ConfigError if what it reads is missing or invalid.
"""

from __future__ import annotations

import base64
import json
import math
import re
from typing import TYPE_CHECKING, Any

from .auth_types import NEEDS
from .files import Secret, read_file
from .private_key import load_private_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from .identity import Identity

# The pattern of an OCID is that of the `oci` package.
_OCID = r"[\w-]+[.:]([\w-]*[.:]){3,}[\w-]+"
_FORMS = {
    "user": (_OCID, "ocid1.user.oc1..aaaa"),
    "tenancy": (_OCID, "ocid1.tenancy.oc1..aaaa"),
    "fingerprint": ("[0-9A-Fa-f:]+", "20:3b:97:13:55:1c"),
}


def paths(identity: Identity) -> list[str | None]:
    """Where key and token are; the last is the configuration file."""
    names = [name for name in (_key_name(identity), *NEEDS[identity.auth.value]) if "_file" in name]
    file = identity.config_file
    return [*map(identity.get, names), file.value if file else None]


def read_key(identity: Identity) -> Secret:
    """The value of `key_content`, or the file that `key_file` names."""
    if (name := _key_name(identity)) == "key_file":
        return _read(identity, name)
    # Variables of CI pipelines often have \n in place of line breaks.
    return Secret(identity.require(name).replace("\\n", "\n").encode())


def private_key(identity: Identity, file: Secret) -> RSAPrivateKey:
    """The key in `file`, which `read_key` returned."""
    key = load_private_key(file.content, identity.get("pass_phrase"))
    if not isinstance(key, str):
        return key
    if (pass_phrase := identity.setting("pass_phrase")) and not pass_phrase.key:
        key = key.replace("`pass_phrase`", pass_phrase.source)
    raise identity.error(_key_name(identity), key)


def read_token(identity: Identity) -> Secret | None:
    """The file with the session token; `None` for an API key."""
    is_session = identity.auth.value == "security_token"
    return _read(identity, "security_token_file") if is_session else None


def key_id(identity: Identity, token: Secret | None) -> str:
    """The service's name for the key: `tenancy/user/fingerprint`, or a token."""
    if token:
        return f"ST${_sendable(identity, 'security_token_file', token)}"
    return "/".join(_well_formed(identity, name) for name in ("tenancy", "user", "fingerprint"))


def expiry(token: Secret | None) -> float:
    """When a session expires, in seconds since 1970; infinite if its token does not say."""
    parts = _header_text(token).split(".") if token else []
    if len(parts) != 3:  # it is no JSON Web Token
        return math.inf
    try:
        claims: Any = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return math.inf
    match claims:
        case {"exp": int() | float() as end} if end is not True:
            return end
        case _:
            return math.inf


def delegation_token(identity: Identity) -> str:
    """The token that `delegation_token_file` holds."""
    name = "delegation_token_file"
    return _sendable(identity, name, _read(identity, name))


def _key_name(identity: Identity) -> str:
    return identity.first_of("key_content", "key_file") or "key_file"


def _read(identity: Identity, name: str) -> Secret:
    path = identity.require(name)
    try:
        return Secret(read_file(path))
    except OSError as error:
        raise identity.error(name, f"cannot be read: {path}: {error.strerror}") from error


def _sendable(identity: Identity, name: str, file: Secret) -> str:
    if token := _header_text(file):
        return token
    raise identity.error(name, "has characters that cannot be sent, or is empty")


def _header_text(token: Secret) -> str:
    """The token as text; empty if it could not be sent in a header."""
    text = token.content.decode(errors="replace").strip()
    return text if re.fullmatch(r"[!#-~]+", text) else ""


def _well_formed(identity: Identity, name: str) -> str:
    pattern, example = _FORMS[name]
    if re.fullmatch(pattern, value := identity.require(name), re.ASCII):
        return value
    raise identity.error(name, f"is malformed: it looks like {example}, without quotes")
