"""Credentials from OCI configuration files, good and bad."""

from __future__ import annotations

import codecs
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from aidp_workbench import ConfigError, OciAuth

from tests.conftest import pem

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

SECRET = "correct horse battery staple"


def key_id(auth: OciAuth) -> str:
    """The keyId that a request is signed with."""
    request = httpx.Request("GET", "https://host.example/")
    signed = next(auth.sync_auth_flow(request))
    return str(signed.headers["authorization"]).partition('keyId="')[2].partition('"')[0]


@pytest.fixture
def folder(tmp_path: Path, private_key: RSAPrivateKey) -> Path:
    """A folder with keys and a token for profiles to name."""
    (tmp_path / "plain.pem").write_bytes(pem(private_key))
    (tmp_path / "encrypted.pem").write_bytes(pem(private_key, SECRET))
    (tmp_path / "token").write_text("t0ken\n")
    return tmp_path


def write(folder: Path, text: str) -> Path:
    path = folder / "config"
    path.write_text(text.replace("~~", str(folder)))
    return path


USER, TENANCY = "ocid1.user.oc1..u", "ocid1.tenancy.oc1..t"
API_KEY = f"user={USER}\nfingerprint=aa:bb\ntenancy={TENANCY}\nregion=eu-frankfurt-1\n"
KEY_ID = f"{TENANCY}/{USER}/aa:bb"


@pytest.mark.parametrize(
    ("text", "profile", "expected"),
    [
        (f"[DEFAULT]\n{API_KEY}key_file=~~/plain.pem\n", None, KEY_ID),
        (
            f"[DEFAULT]\n{API_KEY}[P]\nkey_file=~~/plain.pem\nuser=ocid1.user.oc1..v\n",
            "P",
            f"{TENANCY}/ocid1.user.oc1..v/aa:bb",
        ),
        (f"[A B]\n{API_KEY}key_file = ~~/plain.pem\n", "A B", KEY_ID),
        (f"[P]\n{API_KEY}key_file=~~/encrypted.pem\npass_phrase={SECRET}\n", "P", KEY_ID),
        (f"[DEFAULT]\npass_phrase=%(x)s\n[P]\n{API_KEY}key_file=~~/plain.pem\n", "P", KEY_ID),
        ("[S]\nkey_file=~~/plain.pem\nsecurity_token_file=~~/token\n", "S", "ST$t0ken"),
        (
            f"[DEFAULT]\n{API_KEY}[S]\nkey_file=~~/plain.pem\nsecurity_token_file=~~/token\n",
            "S",
            "ST$t0ken",
        ),
        (
            f"[DEFAULT]\nsecurity_token_file=~~/token\n[P]\n{API_KEY}key_file=~~/plain.pem\n",
            "P",
            KEY_ID,
        ),
        (
            f"[DEFAULT]\n{API_KEY}[S]\nuser=\nkey_file=~~/plain.pem\nsecurity_token_file=~~/token\n",
            "S",
            "ST$t0ken",
        ),
        (f"[P]\n{API_KEY}key_file=\n  ~~/plain.pem\n", "P", KEY_ID),
    ],
)
def test_a_profile_gives_its_credentials(
    folder: Path, text: str, profile: str | None, expected: str
) -> None:
    assert key_id(OciAuth(profile=profile, config_file=write(folder, text))) == expected


def test_an_empty_value_hides_the_inherited_one(folder: Path) -> None:
    path = write(folder, f"[DEFAULT]\n{API_KEY}key_file=~~/plain.pem\n[P]\nuser=\n")
    with pytest.raises(ConfigError, match="`user` is missing"):
        OciAuth(profile="P", config_file=path)


def test_an_empty_profile_is_no_other_profile(folder: Path) -> None:
    path = write(folder, f"[DEFAULT]\n{API_KEY}key_file=~~/plain.pem\n")
    with pytest.raises(ConfigError, match="no profile without a name \\(argument profile\\)"):
        OciAuth(profile="", config_file=path)


def test_auth_chooses_between_key_and_token_of_one_profile(folder: Path) -> None:
    path = write(
        folder, f"[DEFAULT]\n{API_KEY}key_file=~~/plain.pem\nsecurity_token_file=~~/token\n"
    )
    assert key_id(OciAuth(config_file=path)) == KEY_ID
    assert key_id(OciAuth(config_file=path, auth="api_key")) == KEY_ID
    assert key_id(OciAuth(config_file=path, auth="security_token")) == "ST$t0ken"


def test_file_and_profile_come_from_the_environment_of_oci_tools(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(folder, f"[DEFAULT]\n[P]\n{API_KEY}key_file=~~/plain.pem\n")
    monkeypatch.setenv("OCI_CONFIG_FILE", str(path))
    monkeypatch.setenv("OCI_CLI_PROFILE", "P")
    assert key_id(OciAuth()) == KEY_ID


def test_the_usual_file_is_found_and_tilde_is_the_home_folder(folder: Path) -> None:
    home = Path.home()
    assert home == folder  # set by a fixture
    (home / ".oci").mkdir()
    (home / ".oci" / "config").write_text(f"[DEFAULT]\n{API_KEY}key_file=~/plain.pem\n")
    assert key_id(OciAuth()) == KEY_ID


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"[DEFAULT]\n{API_KEY}", "`key_file` is missing"),
        (
            f"[DEFAULT]\nfingerprint=f\ntenancy={TENANCY}\nkey_file=~~/plain.pem\n",
            "`user` is missing",
        ),
        (
            "[DEFAULT]\n" + API_KEY.replace("..u", "..ü") + "key_file=~~/plain.pem\n",
            "`user` is malformed",
        ),
        (
            "[DEFAULT]\n" + API_KEY.replace("..t", "..t\n b") + "key_file=~~/plain.pem\n",
            "`tenancy` is malformed",
        ),
        (f"[DEFAULT]\n{API_KEY}key_file=~nosuchuser/x\n", "`key_file`"),
        (f"[DEFAULT]\n{API_KEY}key_file=~~/none.pem\n", "none.pem: No such file"),
        (f"[DEFAULT]\n{API_KEY}key_file=~~\n", "Is a directory"),
        (f"[DEFAULT]\n{API_KEY}key_file=~~/fifo\n", "fifo: Not a regular file"),
        (f"[DEFAULT]\n{API_KEY}key_file=a\0b\n", "not a file name"),
        (f"[DEFAULT]\n{API_KEY}key_content=-----BEGIN\n", "`key_content` holds no private key"),
        *[
            (
                f"[DEFAULT]\n{API_KEY}{key}={value}\nkey_file=~~/plain.pem\n".replace(old, ""),
                problem,
            )
            for key, old, value, problem in [
                (
                    "user",
                    f"user={USER}\n",
                    f"'{USER}'",
                    "`user` is malformed: it looks like ocid1.user",
                ),
                (
                    "user",
                    f"user={USER}\n",
                    f'"{USER}"',
                    "`user` is malformed",
                ),
                ("user", f"user={USER}\n", "me@example.com", "`user` is malformed"),
                ("tenancy", f"tenancy={TENANCY}\n", "mytenancy", "`tenancy` is malformed"),
                ("tenancy", f"tenancy={TENANCY}\n", "ocid1.tenancy", "`tenancy` is malformed"),
                ("fingerprint", "fingerprint=aa:bb\n", "'aa:bb'", "`fingerprint` is malformed"),
                ("fingerprint", "fingerprint=aa:bb\n", "SHA256:x", "`fingerprint` is malformed"),
            ]
        ],
        (f"[DEFAULT]\n{API_KEY}key_file=~~/encrypted.pem\n", "add its `pass_phrase`"),
        (
            f"[DEFAULT]\n{API_KEY}key_file=~~/encrypted.pem\npass_phrase={SECRET}x\n",
            "`pass_phrase` is wrong",
        ),
        (
            "[DEFAULT]\nkey_file=~~/plain.pem\nsecurity_token_file=~~/none\n",
            "`security_token_file` cannot be read",
        ),
        (
            "[DEFAULT]\nkey_file=~~/plain.pem\nsecurity_token_file=~~/empty\n",
            "`security_token_file` has characters that cannot be sent, or is empty",
        ),
    ],
)
def test_a_profile_that_cannot_be_used_says_why(folder: Path, text: str, problem: str) -> None:
    os.mkfifo(folder / "fifo")
    (folder / "empty").touch()
    path = write(folder, text)
    with pytest.raises(ConfigError) as caught:
        OciAuth(config_file=path)
    message = str(caught.value)
    assert message.startswith(f"profile DEFAULT of {path}: ")
    assert problem in message
    assert SECRET not in message


def test_a_key_with_windows_line_ends_and_a_label_is_read(
    folder: Path, private_key: RSAPrivateKey
) -> None:
    (folder / "windows.pem").write_bytes(
        pem(private_key).replace(b"\n", b"\r\n") + b"\r\nOCI_API_KEY"
    )
    path = write(folder, f"[DEFAULT]\n{API_KEY}key_file=~~/windows.pem\n".replace("\n", "\r\n"))
    assert key_id(OciAuth(config_file=path)) == KEY_ID


def test_a_key_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.suffix == ".pem":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return read(path)

    path = write(folder, f"[DEFAULT]\n{API_KEY}key_file=~~/plain.pem\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ConfigError, match=r"plain\.pem: Permission denied"):
        OciAuth(config_file=path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be-with-mark"])
def test_files_with_a_byte_order_mark_are_read(folder: Path, encoding: str) -> None:
    def mark(name: str) -> None:
        text = (folder / name).read_text()
        if encoding == "utf-16-be-with-mark":
            (folder / name).write_bytes(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
        else:
            (folder / name).write_text(text, encoding=encoding)

    path = write(
        folder, f"[DEFAULT]\n{API_KEY}key_file=~~/plain.pem\nsecurity_token_file=~~/token\n"
    )
    for name in ("config", "plain.pem", "token"):
        mark(name)
    assert key_id(OciAuth(config_file=path, auth="security_token")) == "ST$t0ken"
    assert key_id(OciAuth(config_file=path)) == KEY_ID


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"pass_phrase={SECRET}\n", ":1: not an OCI configuration file"),
        (f"[A]\npass_phrase {SECRET}\n", ":2: not an OCI configuration file"),
        (f"[A]\nuser=1\nuser={SECRET}\n", ":3: `user` appears twice in [A]; remove one"),
        (f"[A]\na{'A' * 40}=1\na{'A' * 40}=1\n", ":3: a key appears twice in [A]; remove one"),
        (f"[A]\nuser=1\n[A]\nuser={SECRET}\n", ":3: there is a second section [A]; remove one"),
        ("[DEFAULT]\nuser=1\n[DEFAULT]\n", ":3: there is a second section [DEFAULT]; remove one"),
        ("[A]\n[B]\n", "there is no profile DEFAULT; there are: A, B"),
        ("", "there is no profile DEFAULT; there are: none"),
    ],
)
def test_a_file_that_is_no_configuration_is_named_with_the_line(
    folder: Path, text: str, problem: str
) -> None:
    path = write(folder, text)
    with pytest.raises(ConfigError) as caught:
        OciAuth(config_file=path)
    assert str(path) in str(caught.value)
    assert problem in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[DEFAULT]\nuser=\xff\n", r"config: not an OCI configuration file, as it is not UTF-8$"),
        ("[DEFAULT]\nuser=1\nx".encode("utf-16") + b"x", r"config:3: not an OCI configuration"),
    ],
)
def test_a_file_that_is_no_text_is_no_configuration(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    (tmp_path / "config").write_bytes(content)
    with pytest.raises(ConfigError, match=problem):
        OciAuth(config_file=tmp_path / "config")


@pytest.mark.parametrize("kind", ["fifo", "folder", "device"])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(folder: Path, kind: str) -> None:
    path = folder / "special"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(os.devnull)
    with pytest.raises(ConfigError, match=r"special: (Not a regular file|Is a directory)"):
        OciAuth(config_file=path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"No such file.*oci setup config"):
        OciAuth(config_file=tmp_path / "none")


def test_nothing_shows_its_secrets(folder: Path) -> None:
    request = httpx.Request("GET", "https://host.example/")
    path = write(folder, f"[DEFAULT]\n{API_KEY}key_file=~~/encrypted.pem\npass_phrase={SECRET}\n")
    auth = OciAuth(config_file=path)
    next(auth.sync_auth_flow(request))
    shown = repr(vars(auth)) + repr(vars(auth._credentials)) + repr(request.headers)
    assert SECRET not in shown
    assert "Signature" not in shown
