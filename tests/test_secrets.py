"""Keys, pass phrases, tokens and signatures show in no log, no repr, no error and no pickle."""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import re
import traceback
from collections import deque
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import aidp_workbench
import pytest
from aidp_workbench import (
    ConfigError,
    OciAuth,
    WorkbenchError,
    apaginate,
    connect,
    paginate,
)
from aidp_workbench_api.api.task_runs import list_task_runs
from attrs import field, frozen
from oci.auth.signers import SecurityTokenSigner

from tests.conftest import IMPATIENT, KEYS, pem
from tests.scripted_server import HANG_UP, Received, ScriptedServer, answer, page
from tools.service import serve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aidp_workbench_api import Client
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


PASS_PHRASE = "correct horse battery staple"
TOKEN = "eyJraWQiOiJhIn0.eyJzdWIiOiJ1In0.c2lnbmF0dXJlIG9mIHRoZSB0b2tlbg"
API_KEY = "tenancy=ocid1.tenancy.oc1..t\nuser=ocid1.user.oc1..u\nfingerprint=aa:bb\n"
KEY_ID = "ocid1.tenancy.oc1..t/ocid1.user.oc1..u/aa:bb"
OVERLAYS = str(Path(aidp_workbench.__file__).parent)


@frozen
class Way:
    """A way to sign: the arguments of `connect`, the keyId, and what must not be seen."""

    arguments: dict[str, Any]
    key_id: str
    secrets: list[str] = field(repr=False)


def key_lines(*files: bytes) -> list[str]:
    """The lines of PEM files that hold the key."""
    return [line for file in files for line in file.decode().splitlines() if "---" not in line]


@pytest.fixture
def folder(tmp_path: Path, private_key: RSAPrivateKey) -> Iterator[Path]:
    """A folder with keys and tokens for profiles to name."""
    plain = pem(private_key)
    files = {
        "plain.pem": plain,
        "encrypted.pem": pem(private_key, PASS_PHRASE),
        "other.pem": pem(private_key, "another pass phrase"),
        "damaged.pem": plain[:-200],
        "token": TOKEN.encode(),
        "two-tokens": f"{TOKEN}\n{TOKEN}".encode(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        os.utime(tmp_path / name, (1, 1))  # old enough to count as complete
    yield tmp_path
    for name in files:
        (tmp_path / name).unlink(missing_ok=True)


@pytest.fixture
def secrets(folder: Path) -> list[str]:
    """What no text may hold, whatever the profile."""
    keys = key_lines(*(path.read_bytes() for path in folder.glob("*.pem")))
    return [PASS_PHRASE, TOKEN, *keys]


def profile(folder: Path, text: str) -> Path:
    """A configuration file of this text, in which ~~ is the folder and $NAME the file's content."""
    path = folder / "config"
    for name in ("encrypted.pem", "damaged.pem"):
        text = text.replace(f"${name}", (folder / name).read_text().strip().replace("\n", "\n "))
    path.write_text(text.replace("~~", str(folder)), encoding="latin-1")
    return path


PROFILES = {
    "api key": f"{API_KEY}key_file=~~/plain.pem\n",
    "encrypted api key": f"{API_KEY}key_file=~~/encrypted.pem\npass_phrase={PASS_PHRASE}\n",
    "encrypted key in the profile": (
        f"{API_KEY}key_content=$encrypted.pem\npass_phrase={PASS_PHRASE}\n"
    ),
    "session token": (
        f"key_file=~~/encrypted.pem\npass_phrase={PASS_PHRASE}\nsecurity_token_file=~~/token\n"
    ),
}


@pytest.fixture(params=[*PROFILES, "variables", "oci signer"])
def way(
    request: pytest.FixtureRequest,
    folder: Path,
    secrets: list[str],
    private_key: RSAPrivateKey,
    monkeypatch: pytest.MonkeyPatch,
) -> Way:
    if request.param == "variables":
        for line in API_KEY.splitlines():
            name, _, value = line.partition("=")
            monkeypatch.setenv(f"OCI_CLI_{name.upper()}", value)
        monkeypatch.setenv("OCI_CLI_KEY_CONTENT", (folder / "encrypted.pem").read_text())
        monkeypatch.setenv("OCI_CLI_PASSPHRASE", PASS_PHRASE)
        return Way({}, KEY_ID, secrets)
    if request.param == "oci signer":
        return Way({"signer": SecurityTokenSigner(TOKEN, private_key)}, f"ST${TOKEN}", secrets)
    path = profile(folder, f"[DEFAULT]\n{PROFILES[request.param]}")
    key_id = f"ST${TOKEN}" if request.param == "session token" else KEY_ID
    return Way({"config_file": path}, key_id, secrets)


@pytest.fixture(params=["sync", "async"])
def asynchronous(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "async")


def listing(base_url: str, asynchronous: bool, **arguments: Any) -> None:
    """List task runs, with asyncio telling all that it does."""

    async def list_them() -> None:
        asyncio.get_running_loop().slow_callback_duration = 0
        async with connect(base_url=base_url, retry=IMPATIENT, **arguments) as client:
            async for _ in apaginate(list_task_runs, client=client, **KEYS):
                pass

    if asynchronous:
        asyncio.run(list_them(), debug=True)
    else:
        with connect(base_url=base_url, retry=IMPATIENT, **arguments) as client:
            list(paginate(list_task_runs, client=client, **KEYS))


def signatures(requests: Iterable[Any]) -> list[str]:
    """The signatures that a server received."""
    headers = [request.headers["authorization"] for request in requests]
    found = [match[1] for header in headers if (match := re.search('signature="(.+?)"', header))]
    assert len(found) == len(headers) > 0
    return found


def leaks(texts: Iterable[str], secrets: Iterable[str]) -> list[str]:
    """The texts that hold a secret, or as much of one as could be of use."""
    pieces = [secret[:24] for secret in secrets]
    return [text for text in texts if any(piece in text for piece in pieces)]


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    """All that was logged, with what formatters and handlers may make of it."""
    return [f"{record.getMessage()} {vars(record)!r}" for record in caplog.records]


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and all that it came from, also what `from None` hides from tracebacks."""
    if error is not None:
        yield error
        yield from chain(error.__cause__)
        if error.__context__ is not error.__cause__:
            yield from chain(error.__context__)


def texts_of(error: BaseException) -> list[str]:
    """What an exception shows to people and to other processes."""
    texts = [f"{one!s} {one!r} {one.args!r} {vars(one)!r}" for one in chain(error)]
    traced = "".join(traceback.format_exception(error))
    return [*texts, traced, pickle.dumps(error).decode("latin-1")]


def captured(error: BaseException) -> list[str]:
    """What tools that record local variables find in the frames of aidp_workbench."""
    return [
        f"{frame.f_code.co_qualname}: {name}={value!r}"
        for one in chain(error)
        for frame, _ in traceback.walk_tb(one.__traceback__)
        if frame.f_code.co_filename.startswith(OVERLAYS)
        for name, value in frame.f_locals.items()
    ]


@pytest.mark.parametrize(
    "situation",
    [page("a"), answer(401), answer(500), HANG_UP],
    ids=["success", "401", "500", "no answer"],
)
@pytest.mark.usefixtures("fake_time")
def test_a_call_shows_no_secret(
    way: Way,
    situation: bytes,
    asynchronous: bool,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name in (None, "httpx", "httpcore", "asyncio", "tenacity", "oci", "aidp_workbench"):
        caplog.set_level(logging.DEBUG, name)
    texts: list[str] = []
    with ScriptedServer(situation) as server:
        try:
            listing(server.base_url, asynchronous, **way.arguments)
        except WorkbenchError as error:
            texts = texts_of(error) + captured(error)
    assert bool(texts) == (situation != page("a"))
    texts += logged(caplog)
    tellers = {record.name for record in caplog.records}
    assert {"httpcore.http11", *(["asyncio"] if asynchronous else [])} <= tellers
    assert leaks(texts, [*way.secrets, *signatures(server.requests)]) == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("fake_time")
def test_a_session_that_ends_amid_a_call_shows_no_secret(
    folder: Path, secrets: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def end(received: Received) -> bytes:
        (folder / "two-tokens").replace(folder / "token")
        return answer(401)

    caplog.set_level(logging.DEBUG)
    path = profile(folder, f"[DEFAULT]\n{PROFILES['session token']}")
    with ScriptedServer(end) as server, pytest.raises(ConfigError) as caught:
        listing(server.base_url, asynchronous=False, config_file=path)
    secrets += signatures(server.requests)
    assert leaks(texts_of(caught.value) + logged(caplog), secrets) == []
    assert leaks(captured(caught.value), secrets) == []


@pytest.mark.parametrize(
    "text",
    [
        f"[DEFAULT]\n{API_KEY}key_file=~~/other.pem\npass_phrase={PASS_PHRASE}\n",
        f"[DEFAULT]\n{API_KEY}key_file=~~/encrypted.pem\n",
        f"[DEFAULT]\n{API_KEY}key_file=~~/damaged.pem\npass_phrase={PASS_PHRASE}\n",
        f"[DEFAULT]\n{API_KEY}key_content=$damaged.pem\npass_phrase={PASS_PHRASE}\n",
        f"[DEFAULT]\n{API_KEY}key_content=$encrypted.pem\npass_phrase={PASS_PHRASE}x\n",
        "[DEFAULT]\nkey_file=~~/plain.pem\nsecurity_token_file=~~/two-tokens\n",
        f"[DEFAULT]\npass_phrase={PASS_PHRASE}\npass_phrase={PASS_PHRASE}\n",
        f"[DEFAULT]\npass_phrase {PASS_PHRASE}\n",
        f"pass_phrase={PASS_PHRASE}\n",
        f"[DEFAULT]\npass_phrase={PASS_PHRASE} \xff\n",
        f"[OTHER]\npass_phrase={PASS_PHRASE}\n",
    ],
    ids=[
        "wrong pass phrase",
        "no pass phrase",
        "damaged key",
        "damaged key in the profile",
        "wrong pass phrase of a key in the profile",
        "token of two lines",
        "same key twice",
        "line without a value",
        "line outside of a section",
        "no UTF-8",
        "no such profile",
    ],
)
def test_credentials_that_cannot_be_used_show_no_secret(
    folder: Path, secrets: list[str], text: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ConfigError) as caught:
        OciAuth(config_file=profile(folder, text))
    assert leaks(texts_of(caught.value) + logged(caplog), secrets) == []
    assert leaks(captured(caught.value), secrets) == []


@pytest.mark.parametrize(
    "header",
    [f"Signature {TOKEN}\n", f"Signature {TOKEN}\xe9", "fails"],
    ids=["line break", "no ASCII", "failure"],
)
def test_a_signer_that_misbehaves_shows_no_secret(
    header: str, asynchronous: bool, caplog: pytest.LogCaptureFixture
) -> None:
    def signer(request: Any) -> None:
        request.headers["authorization"] = f"{header} {TOKEN}"
        if header == "fails":
            raise OSError("no metadata service")

    caplog.set_level(logging.DEBUG)
    with ScriptedServer(page("a")) as server, pytest.raises(WorkbenchError) as caught:
        listing(server.base_url, asynchronous, signer=signer)
    assert server.requests == []
    assert leaks(texts_of(caught.value) + logged(caplog), [TOKEN]) == []
    assert leaks(captured(caught.value), [TOKEN]) == []


def reachable(start: object) -> Iterator[tuple[str, object]]:
    """All that an object holds, near and far, each with the attribute that leads to it."""
    queue: list[tuple[str, object]] = [("", start)]
    done: dict[int, object] = {}
    while queue:
        place, value = queue.pop()
        if id(value) in done or isinstance(value, type | ModuleType | FunctionType):
            continue
        done[id(value)] = value
        yield place, value
        if isinstance(value, dict):
            queue += ((place, one) for item in value.items() for one in item)
        elif isinstance(value, list | tuple | set | frozenset | deque):
            queue += ((place, one) for one in value)
        elif not type(value).__module__.startswith("oci."):  # what a signer holds is its own
            slots = [getattr(kind, "__slots__", ()) for kind in type(value).__mro__]
            names = {name for some in slots if not isinstance(some, str) for name in some}
            for name in names | getattr(value, "__dict__", {}).keys():
                queue.append((f"{type(value).__name__}.{name}", getattr(value, name, None)))


DATA = (str, bytes, bytearray, dict, list, tuple, set, frozenset, deque)


def test_no_object_shows_its_secrets_and_few_hold_them(
    way: Way, private_key: RSAPrivateKey
) -> None:
    shown: list[str] = []
    kinds: set[str] = set()
    holders: set[str] = set()

    def look(client: Client, secrets: list[str]) -> None:
        for place, value in reachable(client):
            kinds.add(type(value).__name__)
            if not isinstance(value, DATA):
                shown.extend(leaks([f"{value!s} {value!r}"], secrets))
            elif isinstance(value, str | bytes | bytearray) and leaks([repr(value)], secrets):
                holders.add(place)

    async def use_and_look() -> None:
        with serve(1, public_key=private_key.public_key(), key_id=way.key_id) as service:
            client = connect(base_url=service.base_url, **way.arguments)
            keys = (service.ai_data_platform_id, service.workspace_key)
            with client:
                async with client:
                    arguments: Any = {"client": client, "job_run_key": service.job_run_key}
                    list_task_runs.sync_detailed(*keys, **arguments)
                    await list_task_runs.asyncio_detailed(*keys, **arguments)
                    look(client, [*way.secrets, *signatures(service.requests)])

    asyncio.run(use_and_look())
    assert shown == []
    assert {"Client", "OciAuth", "RetryPolicy", "HTTP11Connection", "AsyncHTTP11Connection"} < kinds
    assert kinds & {"KeyCredentials", "OciSigner"}
    assert holders <= {"KeyPair.key_id", "Setting.value"}


def test_no_pickle_holds_a_secret(way: Way) -> None:
    client = connect("us-ashburn-1", **way.arguments)
    auth = OciAuth(**way.arguments)
    for thing in (client, client.get_httpx_client(), auth, auth._credentials):
        with pytest.raises(TypeError, match="cannot pickle") as caught:
            pickle.dumps(thing)
        assert thing is not client or "connect() in each process" in str(caught.value)
        assert leaks(texts_of(caught.value), way.secrets) == []
