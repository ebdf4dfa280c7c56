"""What is said of a file without a usable private key, and which keys are usable."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from aidp_workbench.auth.private_key import load_private_key
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from tests.conftest import pem

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLIC = "holds a public key: name the file with the private key"
CERTIFICATE = "holds a certificate: name the file with the private key"
SSH = "is a key of SSH, not in PEM form: convert it, as `ssh-keygen -p -m PEM -f FILE` does"
NO_PEM = "holds no key in PEM form, which begins with -----BEGIN"
DER = (
    "holds no key in PEM form but one in DER form: convert it, as"
    " `openssl pkey -inform DER -in FILE` does"
)
NO_KEY = "holds no private key"


def of_unknown_kind(der: bytes) -> bytes:
    """A key with an identifier that stands for no algorithm, in place of that of RSA."""
    return der.replace(bytes.fromhex("2a864886f70d010101"), bytes.fromhex("2a864886f70d01017f"))


def public(key: rsa.RSAPrivateKey, encoding: Encoding, form: PublicFormat) -> bytes:
    return key.public_key().public_bytes(encoding, form)


def pkcs8(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    encoding: Encoding = Encoding.DER,
    secret: bytes = b"",
) -> bytes:
    encryption = BestAvailableEncryption(secret) if secret else NoEncryption()
    return key.private_bytes(encoding, PrivateFormat.PKCS8, encryption)


def in_pem(der: bytes) -> bytes:
    text = base64.encodebytes(der)
    return b"-----BEGIN PRIVATE KEY-----\n" + text + b"-----END PRIVATE KEY-----\n"


def with_numbers(key: rsa.RSAPrivateKey, *, d: int = 0, e: int = 0) -> bytes:
    """The key in PEM form, with other numbers that do not belong to its primes."""
    numbers = key.private_numbers()
    public_numbers = rsa.RSAPublicNumbers(numbers.public_numbers.e + e, numbers.public_numbers.n)
    changed = rsa.RSAPrivateNumbers(
        numbers.p,
        numbers.q,
        numbers.d + d,
        numbers.dmp1,
        numbers.dmq1,
        numbers.iqmp,
        public_numbers,
    )
    return pem(changed.private_key(unsafe_skip_rsa_key_validation=True))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (lambda key: public(key, Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), PUBLIC),
        (lambda key: public(key, Encoding.PEM, PublicFormat.PKCS1), PUBLIC),
        (lambda key: public(key, Encoding.OpenSSH, PublicFormat.OpenSSH), PUBLIC),
        (lambda key: public(key, Encoding.DER, PublicFormat.SubjectPublicKeyInfo), PUBLIC),
        (lambda _: b"\necdsa-sha2-nistp256 AAAA", PUBLIC),
        (lambda _: b"-----BEGIN CERTIFICATE-----\n", CERTIFICATE),
        (lambda _: b"-----BEGIN TRUSTED CERTIFICATE-----\n", CERTIFICATE),
        (lambda _: b"-----BEGIN OPENSSH PRIVATE KEY-----\n", SSH),
        (lambda _: b"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n", SSH),
        (lambda _: b"PuTTY-User-Key-File-3: ssh-rsa\n", SSH),
        (pkcs8, DER),
        (lambda key: pkcs8(key, secret=b"secret"), DER),
        (lambda key: of_unknown_kind(pkcs8(key)), NO_PEM),
        (
            lambda key: of_unknown_kind(
                public(key, Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            ),
            NO_PEM,
        ),
        (lambda _: b"", NO_PEM),
        (lambda _: b"text", NO_PEM),
        (lambda key: pem(key)[:400], NO_KEY),
        (lambda key: in_pem(of_unknown_kind(pkcs8(key))), NO_KEY),
        (lambda key: with_numbers(key, e=2), NO_KEY),
        (
            lambda _: pkcs8(ec.generate_private_key(ec.SECP256R1()), Encoding.PEM),
            "holds a private key that is not RSA",
        ),
        (lambda key: pem(key, "secret"), "is encrypted, add its `pass_phrase`"),
    ],
)
def test_content_without_a_usable_key_says_what_it_is(
    private_key: rsa.RSAPrivateKey, content: Callable[[rsa.RSAPrivateKey], bytes], problem: str
) -> None:
    assert load_private_key(content(private_key), None) == problem


def test_a_wrong_pass_phrase_is_one_of_two_reasons(private_key: rsa.RSAPrivateKey) -> None:
    problem = "holds no private key, or `pass_phrase` is wrong"
    assert load_private_key(pem(private_key, "secret"), "other") == problem


def test_a_key_without_encryption_needs_no_pass_phrase(private_key: rsa.RSAPrivateKey) -> None:
    key = load_private_key(pem(private_key), "of another key")
    assert isinstance(key, rsa.RSAPrivateKey)


def test_a_key_that_signs_is_not_tested_further(private_key: rsa.RSAPrivateKey) -> None:
    """Its private exponent is wrong, but signing only needs the numbers derived from it."""
    key = load_private_key(with_numbers(private_key, d=2), None)
    assert isinstance(key, rsa.RSAPrivateKey)
