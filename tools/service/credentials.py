"""A key pair made for one run of the service, and an OCI profile to use it with."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

TENANCY = "ocid1.tenancy.oc1..aaaaaaaasample7workbench3tenancy"
USER = "ocid1.user.oc1..aaaaaaaasample7workbench3user"
REGION = "us-ashburn-1"


@dataclass(frozen=True)
class Credentials:
    """A profile file, its keyId, and the public key that checks what it signs."""

    config_file: Path
    key_id: str
    public_key: rsa.RSAPublicKey


def make_key(size: int = 1024) -> rsa.RSAPrivateKey:
    """A key that protects nothing: it is short, and so signs seven times as fast as a real one."""
    return rsa.generate_private_key(public_exponent=65537, key_size=size)


def make_credentials(directory: Path, private_key: rsa.RSAPrivateKey | None = None) -> Credentials:
    """Write a private key, else that of this process, and its profile, for their owner only."""
    private_key = private_key or _private_key()
    fingerprint = fingerprint_of(private_key.public_key())
    key_file, config_file = directory / "key.pem", directory / "config"
    _write(
        key_file,
        private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
    profile = (
        "[DEFAULT]\n"
        f"user={USER}\n"
        f"fingerprint={fingerprint}\n"
        f"tenancy={TENANCY}\n"
        f"region={REGION}\n"
        f"key_file={key_file}\n"
    )
    _write(config_file, profile.encode())
    key_id = f"{TENANCY}/{USER}/{fingerprint}"
    return Credentials(config_file, key_id, private_key.public_key())


@cache
def _private_key() -> rsa.RSAPrivateKey:
    return make_key()


def fingerprint_of(public_key: rsa.RSAPublicKey) -> str:
    """The name that Oracle gives to a key: the MD5 of its DER form, as colon-separated bytes."""
    der = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.md5(der, usedforsecurity=False).digest().hex(":")


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)
