"""RSA private keys in PEM form, and what is wrong with a file without one."""

from __future__ import annotations

import re

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
)

_PUBLIC = "holds a public key: name the file with the private key"
# Files that are mistaken for a private key in PEM form, and what to do about it.
_MISTAKES = (
    (
        rb"BEGIN OPENSSH PRIVATE KEY|BEGIN SSH2 ENCRYPTED PRIVATE KEY|\APuTTY-User-Key-File",
        "is a key of SSH, not in PEM form: convert it, as `ssh-keygen -p -m PEM -f FILE` does",
    ),
    (rb"BEGIN ([A-Z0-9]+ )?PUBLIC KEY|\A\s*(ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9-]+ ", _PUBLIC),
    (rb"BEGIN ([A-Z0-9]+ )?CERTIFICATE", "holds a certificate: name the file with the private key"),
)


def load_private_key(pem: bytes, pass_phrase: str | None) -> RSAPrivateKey | str:
    """The key, or what is wrong with it: the end of a sentence that the setting's name begins.

    It raises nothing: tools that record errors would find key and pass phrase in the frames.
    """
    password = pass_phrase.encode() if pass_phrase else None
    try:
        try:
            key = _load(pem, password)
        except TypeError:
            if not pass_phrase:
                return "is encrypted, add its `pass_phrase`"
            # The pass phrase may come from [DEFAULT], where it belongs to another key.
            key = _load(pem, None)
        if not isinstance(key, RSAPrivateKey):
            return "holds a private key that is not RSA"
        key.public_key().verify(key.sign(b"", PKCS1v15(), SHA256()), b"", PKCS1v15(), SHA256())
    except (ValueError, UnsupportedAlgorithm, InvalidSignature):
        return _mistake(pem, bool(pass_phrase))
    return key


def _load(pem: bytes, password: bytes | None) -> object:
    # The key is the user's own: it is enough that it signs. Testing its primes takes 20 ms or more.
    return load_pem_private_key(pem, password, unsafe_skip_rsa_key_validation=True)


def _mistake(content: bytes, has_pass_phrase: bool) -> str:
    for pattern, problem in _MISTAKES:
        if re.search(pattern, content):
            return problem
    if b"-----BEGIN" not in content:
        return _der_mistake(content)
    return f"holds no private key{', or `pass_phrase` is wrong' if has_pass_phrase else ''}"


def _der_mistake(content: bytes) -> str:
    try:
        load_der_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        pass
    else:
        return _PUBLIC
    try:
        load_der_private_key(content, None)
    except TypeError:
        pass  # it is encrypted
    except (ValueError, UnsupportedAlgorithm):
        return "holds no key in PEM form, which begins with -----BEGIN"
    return (
        "holds no key in PEM form but one in DER form: convert it, as"
        " `openssl pkey -inform DER -in FILE` does"
    )
