"""Credentials that change: session tokens, and signers of the `oci` package."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Self

import anyio
import httpx
import oci.signer
import pytest
from aidp_workbench import (
    ConfigError,
    OciAuth,
    UnauthorizedError,
    WorkbenchError,
    apaginate,
    connect,
    paginate,
)
from aidp_workbench.auth.files import Clock, FileWatch
from aidp_workbench_api.api.task_runs import list_task_runs
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from oci.auth.signers import SecurityTokenSigner

from tests.conftest import KEYS, pem
from tests.scripted_server import ScriptedServer, answer, page
from tools.service import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aidp_workbench_api import Client
    from cryptography.hazmat.primitives.asymmetric import rsa

    from tests.fake_clock import FakeTime
    from tools.service import Service


@pytest.fixture
def service() -> Iterator[Service]:
    with serve(task_runs=30) as service:
        yield service


def keys_of(service: Service) -> dict[str, Any]:
    return {
        "ai_data_platform_id": service.ai_data_platform_id,
        "workspace_key": service.workspace_key,
        "job_run_key": service.job_run_key,
    }


def count(client: Client, service: Service, **arguments: Any) -> int:
    keys = keys_of(service)
    return len(list(paginate(list_task_runs, client=client, **keys, **arguments)))


class Session:
    """A session profile on disk, whose token and key can be replaced."""

    def __init__(self, folder: Path) -> None:
        self.config_file = folder / "session-config"
        self.token_file = folder / "token"
        self.key_file = folder / "session-key.pem"
        self.config_file.write_text(
            f"[DEFAULT]\nkey_file={self.key_file}\nsecurity_token_file={self.token_file}\n"
        )

    def replace(self, token: str, key: rsa.RSAPrivateKey) -> None:
        for path, content in (self.key_file, pem(key)), (self.token_file, token.encode()):
            fresh = path.with_suffix(".new")
            fresh.write_bytes(content)
            fresh.replace(path)


@pytest.fixture
def session(tmp_path: Path, service: Service, private_key: rsa.RSAPrivateKey) -> Session:
    session = Session(tmp_path)
    session.replace("one", private_key)
    service.keys.clear()
    service.keys["ST$one"] = private_key.public_key()
    return session


def test_a_renewed_session_is_picked_up_before_the_next_request(
    service: Service,
    session: Session,
    private_key: rsa.RSAPrivateKey,
    other_private_key: rsa.RSAPrivateKey,
) -> None:
    with connect(base_url=service.base_url, config_file=session.config_file) as client:
        runs = paginate(list_task_runs, client=client, limit=10, **keys_of(service))
        first = [next(runs) for _ in range(10)]
        session.replace("two", other_private_key)
        service.keys["ST$two"] = other_private_key.public_key()
        del service.keys["ST$one"]
        assert len(first + list(runs)) == 30
    assert {request.status for request in service.requests} == {200}


def test_a_session_that_has_ended_is_an_error_after_one_request(
    service: Service, session: Session, fake_time: FakeTime
) -> None:
    service.keys.clear()
    with (
        connect(base_url=service.base_url, config_file=session.config_file) as client,
        pytest.raises(UnauthorizedError),
    ):
        count(client, service)
    assert len(service.requests) == 1


@pytest.mark.parametrize("name", ["token_file", "key_file"])
def test_a_session_whose_file_stays_away_is_named(
    service: Service, session: Session, name: str, fake_time: FakeTime
) -> None:
    file: Path = getattr(session, name)
    with connect(base_url=service.base_url, config_file=session.config_file) as client:
        file.unlink()
        with pytest.raises(ConfigError) as caught:
            count(client, service)
    assert f"profile DEFAULT of {session.config_file}" in str(caught.value)
    assert str(file) in str(caught.value)
    assert service.requests == []


@pytest.mark.parametrize("interim", [None, b"", b"-----BEGIN", b"\xff\n\n"])
@pytest.mark.parametrize("name", ["token_file", "key_file"])
def test_a_session_file_that_is_gone_or_unusable_for_a_moment_is_waited_for(
    service: Service, session: Session, name: str, interim: bytes | None, fake_time: FakeTime
) -> None:
    file: Path = getattr(session, name)
    good = file.read_bytes()
    with connect(base_url=service.base_url, config_file=session.config_file) as client:
        if interim is None or (name == "token_file" and interim == b"-----BEGIN"):
            file.unlink()
        else:
            file.write_bytes(interim)
        fake_time.after(0.7, lambda: file.write_bytes(good))
        assert count(client, service) == 30
    assert {request.status for request in service.requests} == {200}


class Signed:
    """Signs requests with a profile, and says with which keyId."""

    def __init__(self, config_file: Path) -> None:
        self._auth = OciAuth(config_file=config_file)

    def once(self) -> str:
        return self.until(lambda _: True)[0]

    def until(self, accepts: Callable[[str], bool]) -> list[str]:
        """The keyIds of one call to a service that answers 401 to all that it does not accept."""
        sent: list[str] = []
        request = httpx.Request("GET", "https://host.example/")
        flow = self._auth.sync_auth_flow(request)
        signed = next(flow)
        while True:
            header = signed.headers["authorization"]
            sent.append(header.partition('keyId="')[2].partition('"')[0].removeprefix("ST$"))
            try:
                signed = flow.send(httpx.Response(200 if accepts(sent[-1]) else 401))
            except StopIteration:
                return sent


@pytest.mark.parametrize("skew", [-3600, -3, -0.05, 0, 0.05, 3, 3600])
def test_a_token_is_never_sent_before_it_is_whole_whatever_the_clock_of_the_files(
    session: Session, fake_time: FakeTime, skew: float
) -> None:
    def write(token: str) -> None:
        session.token_file.write_text(token)
        os.utime(session.token_file, (time.time() + skew,) * 2)

    signed = Signed(session.config_file)
    write("two.wh")
    fake_time.after(0.3, lambda: write("two.whole"))
    sent: list[str] = []
    while len(sent) < 60:
        sent.append(signed.once())
        fake_time.clock.sleep(0.03)
    assert sorted(sent, key=["one", "two.whole"].index) == sent
    assert {"one", "two.whole"} == {*sent}


def test_a_token_that_was_left_half_written_is_replaced_when_it_is_refused(
    session: Session, fake_time: FakeTime
) -> None:
    session.token_file.write_text("two.wh")
    signed = Signed(session.config_file)
    fake_time.after(1.0, lambda: session.token_file.write_text("two.whole"))
    assert signed.until("two.whole".__eq__) == ["two.wh", "two.whole"]


def test_two_swaps_close_together_cost_no_request(
    session: Session, other_private_key: rsa.RSAPrivateKey, fake_time: FakeTime
) -> None:
    def swap_again(key_id: str) -> bool:
        if key_id == "two":
            session.replace("three", other_private_key)
        return key_id == "three"

    signed = Signed(session.config_file)
    session.replace("two", other_private_key)
    assert signed.until(swap_again) == ["two", "three"]


def test_a_session_that_moved_to_another_file_is_picked_up_when_that_file_changes(
    session: Session, fake_time: FakeTime
) -> None:
    signed = Signed(session.config_file)
    moved = session.token_file.with_name("moved-token")
    moved.write_text("two")
    profile = session.config_file.read_text().replace(str(session.token_file), str(moved))
    session.config_file.write_text(profile)
    fake_time.clock.sleep(1)
    assert signed.until("two".__eq__) == ["one", "two"]
    moved.with_suffix(".new").write_text("three")
    moved.with_suffix(".new").replace(moved)
    assert signed.once() == "three"


def api_key(session: Session, fingerprint: str) -> str:
    """Make the profile one of an API key; gives its keyId."""
    key_id = f"ocid1.tenancy.oc1..t/ocid1.user.oc1..u/{fingerprint}"
    tenancy, user, _ = key_id.split("/")
    session.config_file.write_text(
        f"[DEFAULT]\ntenancy={tenancy}\nuser={user}\nfingerprint={fingerprint}\n"
        f"key_file={session.key_file}\n"
    )
    return key_id


def test_a_rotated_api_key_is_read_again_on_a_401(
    session: Session, other_private_key: rsa.RSAPrivateKey, fake_time: FakeTime
) -> None:
    old = api_key(session, "aa:aa")
    signed = Signed(session.config_file)
    session.replace("", other_private_key)
    new = api_key(session, "bb:bb")
    assert signed.once() == old
    assert signed.until(new.__eq__) == [old, new]
    assert signed.once() == new


def test_an_api_key_whose_profile_changes_a_moment_after_its_key_costs_no_request(
    session: Session, other_private_key: rsa.RSAPrivateKey, fake_time: FakeTime
) -> None:
    old = api_key(session, "aa:aa")
    signed = Signed(session.config_file)
    session.replace("", other_private_key)
    fake_time.after(1.0, lambda: api_key(session, "bb:bb"))
    new = old.replace("aa:aa", "bb:bb")
    assert signed.until(new.__eq__) == [old, old, new]


def test_an_api_key_that_did_not_change_is_not_waited_for(
    session: Session, fake_time: FakeTime
) -> None:
    key_id = api_key(session, "aa:aa")
    before = fake_time.now
    assert Signed(session.config_file).until(lambda _: False) == [key_id]
    assert fake_time.now == before


def test_a_refused_session_is_waited_for_2_seconds_and_sent_once(
    session: Session, fake_time: FakeTime
) -> None:
    before = fake_time.now
    assert Signed(session.config_file).until(lambda _: False) == ["one"]
    assert 1.9 < fake_time.now - before < 2.1


def test_a_profile_that_is_damaged_while_it_is_used_does_not_matter_until_a_401(
    session: Session, private_key: rsa.RSAPrivateKey, fake_time: FakeTime
) -> None:
    signed = Signed(session.config_file)
    session.config_file.write_text("[DEFAULT")
    session.replace("two", private_key)
    assert signed.once() == "two"
    with pytest.raises(ConfigError, match="not an OCI configuration file"):
        signed.until(lambda _: False)


def jwt(**claims: object) -> str:
    parts = ({"alg": "RS256"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode() for part in parts)
    return ".".join([*(part.rstrip("=") for part in encoded), "c2ln"])


def test_an_expired_session_is_named_with_the_command_that_renews_it(
    session: Session, private_key: rsa.RSAPrivateKey, fake_time: FakeTime
) -> None:
    session.replace(jwt(exp=fake_time.now + 60), private_key)
    signed = Signed(session.config_file)
    signed.once()
    fake_time.now += 61
    with pytest.raises(ConfigError) as caught:
        signed.once()
    assert f"{session.config_file}: `security_token_file` has expired" in str(caught.value)
    assert "oci session authenticate --profile-name DEFAULT" in str(caught.value)
    session.replace("renewed", private_key)
    assert signed.once() == "renewed"


@pytest.mark.parametrize("exp", [None, "soon", True, [], 10**400])
def test_a_token_that_does_not_say_when_it_ends_is_sent(
    session: Session, private_key: rsa.RSAPrivateKey, exp: object
) -> None:
    for token in (jwt(exp=exp), "a.b.c", "a.!.c", f"a.{'A' * 5}.c"):
        session.replace(token, private_key)
        assert Signed(session.config_file).once() == token


class Rotation(threading.Thread):
    """Replaces a session every few milliseconds: token and key at once, behind a symbolic link.

    The service knows all of the tokens.
    """

    def __init__(self, service: Service, folder: Path, keys: list[rsa.RSAPrivateKey]) -> None:
        super().__init__()
        self.config_file = folder / "rotating-config"
        self.config_file.write_text(
            f"[DEFAULT]\nkey_file={folder}/now/key\nsecurity_token_file={folder}/now/token\n"
        )
        self.sessions = 0
        self._service, self._folder, self._keys = service, folder, keys
        self._stopped = threading.Event()
        self._replace()

    def _replace(self) -> None:
        self.sessions += 1
        token, key = f"t{self.sessions}", self._keys[self.sessions % len(self._keys)]
        self._service.keys[f"ST${token}"] = key.public_key()
        session, link = self._folder / token, self._folder / "next"
        session.mkdir()
        (session / "key").write_bytes(pem(key))
        (session / "token").write_text(token)
        link.symlink_to(session)
        link.replace(self._folder / "now")

    def run(self) -> None:
        while not self._stopped.wait(0.004):
            self._replace()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self.join()


@pytest.mark.parametrize("way", ["threads", "tasks"])
def test_a_session_that_is_replaced_all_the_time_can_be_shared(
    service: Service,
    tmp_path: Path,
    private_key: rsa.RSAPrivateKey,
    other_private_key: rsa.RSAPrivateKey,
    way: str,
) -> None:
    async def count_one(client: Client) -> int:
        runs = apaginate(list_task_runs, client=client, **keys_of(service))
        return len([run async for run in runs])

    async def count_in_tasks() -> list[int]:
        counts = list[int]()
        async with connect(base_url=service.base_url, config_file=rotation.config_file) as client:
            while len(counts) < 20 or rotation.sessions <= 5:
                counts += await asyncio.gather(*(count_one(client) for _ in range(20)))
        return counts

    def count_in_threads() -> list[int]:
        with (
            connect(base_url=service.base_url, config_file=rotation.config_file) as client,
            ThreadPoolExecutor(16) as pool,
        ):
            counts = list[int]()
            while len(counts) < 16 or rotation.sessions <= 5:
                counts += pool.map(lambda _: count(client, service), range(16))
            return counts

    with Rotation(service, tmp_path, [private_key, other_private_key]) as rotation:
        counts = asyncio.run(count_in_tasks()) if way == "tasks" else count_in_threads()
    assert set(counts) == {30}
    assert {request.status for request in service.requests} == {200}


class RotatingSigner:
    """Like a signer of Oracle's for resources: it renews its token on request.

    Threads that use it at the same time sign with one's token and the other's key.
    """

    def __init__(self, service: Service, keys: list[rsa.RSAPrivateKey]) -> None:
        self._service = service
        self._keys = keys
        self._token, self._key = "", keys[0]
        self.renewals = 0

    def get_security_token(self) -> str:
        self.renewals += 1
        token, key = str(self.renewals), self._keys[self.renewals % len(self._keys)]
        self._service.keys[f"ST${token}"] = key.public_key()
        self._token = token
        time.sleep(0.001)  # where another thread would get in between
        self._key = key
        return token

    def __call__(self, request: Any) -> Any:
        return SecurityTokenSigner(self._token, self._key)(request)


def test_a_signer_of_oci_signs(service: Service) -> None:
    config = oci.config.from_file(str(service.config_file))
    signer = oci.signer.Signer.from_config(config)
    with connect(base_url=service.base_url, signer=signer) as client:
        assert count(client, service) == 30


def test_threads_can_share_a_signer_that_renews_itself(
    service: Service, private_key: rsa.RSAPrivateKey, other_private_key: rsa.RSAPrivateKey
) -> None:
    signer = RotatingSigner(service, [private_key, other_private_key])
    with (
        connect(base_url=service.base_url, signer=signer) as client,
        ThreadPoolExecutor(16) as pool,
    ):
        counts = list(pool.map(lambda _: count(client, service, limit=10), range(16)))
    assert counts == [30] * 16
    assert signer.renewals == 48
    assert {request.status for request in service.requests} == {200}


def test_tasks_can_share_a_signer_that_renews_itself(
    service: Service, private_key: rsa.RSAPrivateKey, other_private_key: rsa.RSAPrivateKey
) -> None:
    signer = RotatingSigner(service, [private_key, other_private_key])

    async def count_one(client: Client) -> int:
        runs = apaginate(list_task_runs, client=client, **keys_of(service))
        return len([run async for run in runs])

    async def count_all() -> list[int]:
        async with connect(base_url=service.base_url, signer=signer) as client:
            return await asyncio.gather(*(count_one(client) for _ in range(20)))

    assert asyncio.run(count_all()) == [30] * 20
    assert {request.status for request in service.requests} == {200}


def test_a_signer_that_may_wait_for_the_network_is_kept_off_the_event_loop() -> None:
    threads: list[threading.Thread] = []

    def signer(request: Any) -> None:
        threads.append(threading.current_thread())

    async def call() -> None:
        async with connect(base_url=server.base_url, signer=signer) as client:
            await list_task_runs.asyncio_detailed(client=client, **KEYS)

    with ScriptedServer(page("a")) as server:
        asyncio.run(call())
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_an_api_key_signs_without_a_thread(
    config_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def date(**_: Any) -> str:
        threads.append(threading.current_thread())
        return "a date"

    async def sign() -> None:
        request = httpx.Request("GET", "https://host.example/")
        async with aclosing(OciAuth(config_file=config_file).async_auth_flow(request)) as flow:
            await anext(flow)

    threads: list[threading.Thread] = []
    monkeypatch.setattr("aidp_workbench.auth.key_pair.formatdate", date)
    asyncio.run(sign())
    assert threads == [threading.main_thread()]


class RefreshableSigner:
    """Signs with a token that the service stops to accept; a refresh gets the next."""

    def __init__(self) -> None:
        self.token = 0
        self.refreshed_in: list[threading.Thread] = []

    def __call__(self, request: Any) -> None:
        request.headers["authorization"] = f"token {self.token}"

    def refresh_security_token(self) -> None:
        self.refreshed_in.append(threading.current_thread())
        self.token += 1


def only_token_1(received: Any) -> bytes:
    good = received.headers["authorization"] == "token 1"
    return page("a") if good else answer(401, {"code": "NotAuthenticated", "message": "expired"})


@pytest.mark.parametrize("way", ["sync", "async"])
def test_on_a_401_credentials_are_renewed_and_the_request_is_sent_once_more(way: str) -> None:
    signer = RefreshableSigner()
    with ScriptedServer(only_token_1) as server:
        client = connect(base_url=server.base_url, signer=signer)
        if way == "sync":
            response = list_task_runs.sync_detailed(client=client, **KEYS)
        else:
            response = asyncio.run(list_task_runs.asyncio_detailed(client=client, **KEYS))
    assert response.status_code == 200
    assert len(server.requests) == 2
    assert (
        server.requests[0].headers["opc-request-id"]
        != (server.requests[1].headers["opc-request-id"])
    )
    in_main_thread = [thread is threading.main_thread() for thread in signer.refreshed_in]
    assert in_main_thread == [way == "sync"]


@pytest.mark.parametrize("way", ["sync", "async"])
def test_without_a_401_nothing_is_renewed(way: str) -> None:
    signer = RefreshableSigner()
    with ScriptedServer(page("a")) as server:
        client = connect(base_url=server.base_url, signer=signer)
        if way == "sync":
            list_task_runs.sync_detailed(client=client, **KEYS)
        else:
            asyncio.run(list_task_runs.asyncio_detailed(client=client, **KEYS))
    assert signer.refreshed_in == []
    assert len(server.requests) == 1


def test_a_signer_that_cannot_be_renewed_is_not_tried_again() -> None:
    def signer(request: Any) -> None:
        request.headers["authorization"] = "token"

    with (
        ScriptedServer(answer(401)) as server,
        connect(base_url=server.base_url, signer=signer) as client,
        pytest.raises(UnauthorizedError),
    ):
        list_task_runs.sync_detailed(client=client, **KEYS)
    assert len(server.requests) == 1


def test_a_call_that_is_cancelled_does_not_wait_for_its_signer() -> None:
    signing, cancelled, signed = threading.Event(), threading.Event(), threading.Event()

    def signer(request: Any) -> None:
        signing.set()
        cancelled.wait(10)
        signed.set()

    async def call(client: Client) -> None:
        await list_task_runs.asyncio_detailed(client=client, **KEYS)

    async def main() -> None:
        async with connect(base_url="http://127.0.0.1:9", signer=signer) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(call, client)
                await asyncio.to_thread(signing.wait, 60)
                group.cancel_scope.cancel()
            assert not signed.is_set()
            cancelled.set()

    asyncio.run(main())


def test_a_401_that_stays_is_an_error_after_two_requests() -> None:
    signer = RefreshableSigner()
    with (
        ScriptedServer(answer(401)) as server,
        connect(base_url=server.base_url, signer=signer) as client,
        pytest.raises(UnauthorizedError) as caught,
    ):
        list_task_runs.sync_detailed(client=client, **KEYS)
    assert len(server.requests) == caught.value.attempts == 2


def test_threads_that_meet_a_401_together_renew_once() -> None:
    signer = RefreshableSigner()
    with (
        ScriptedServer(only_token_1) as server,
        connect(base_url=server.base_url, signer=signer) as client,
        ThreadPoolExecutor(8) as pool,
    ):
        calls = [pool.submit(list_task_runs.sync_detailed, client=client, **KEYS) for _ in range(8)]
        assert {call.result().status_code for call in calls} == {200}
    assert len(signer.refreshed_in) == 1


def test_a_refresh_that_fails_says_so() -> None:
    class Failing(RefreshableSigner):
        def refresh_security_token(self) -> None:
            raise RuntimeError("no metadata service")

    with (
        ScriptedServer(answer(401)) as server,
        connect(base_url=server.base_url, signer=Failing()) as client,
        pytest.raises(ConfigError, match=r"refresh_security_token.*no metadata service"),
    ):
        list_task_runs.sync_detailed(client=client, **KEYS)


@pytest.mark.parametrize("value", [None, "a\nb", "é"])
def test_a_signer_that_sets_no_header_is_named_without_its_value(value: Any) -> None:
    def signer(request: Any) -> None:
        request.headers["authorization"] = value

    with (
        ScriptedServer(page("a")) as server,
        connect(base_url=server.base_url, signer=signer) as client,
        pytest.raises(WorkbenchError) as caught,
    ):
        list_task_runs.sync_detailed(client=client, **KEYS)
    assert server.requests == []
    assert not value or value not in str(caught.value)


def test_a_signer_that_fails_says_so() -> None:
    def signer(request: Any) -> None:
        raise RuntimeError("no metadata service")

    with (
        connect(base_url="http://127.0.0.1:9", signer=signer) as client,
        pytest.raises(ConfigError, match="no metadata service"),
    ):
        list_task_runs.sync_detailed(client=client, **KEYS)


def test_an_api_key_that_is_refused_is_not_tried_again(config_file: Path) -> None:
    with (
        ScriptedServer(answer(401)) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
        pytest.raises(UnauthorizedError),
    ):
        list_task_runs.sync_detailed(client=client, **KEYS)
    assert len(server.requests) == 1


def test_a_signer_excludes_other_credentials(config_file: Path) -> None:
    signer = RefreshableSigner()
    with pytest.raises(ConfigError, match="signer"):
        connect("us-ashburn-1", signer=signer, config_file=config_file)
    with pytest.raises(ConfigError, match="callable"):
        connect("us-ashburn-1", signer="signer")  # type: ignore[arg-type]  # what is tested


MAKERS = {
    "instance_principal": "InstancePrincipalsSecurityTokenSigner",
    "instance_obo_user": "InstancePrincipalsDelegationTokenSigner",
    "resource_principal": "get_resource_principals_signer",
    "oke_workload_identity": "get_oke_workload_identity_resource_principal_signer",
}


@pytest.mark.parametrize("auth", MAKERS)
class TestAPrincipal:
    @pytest.fixture(autouse=True)
    def _delegation_token(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "delegation-token").write_text("delegated\n")
        monkeypatch.setenv("OCI_CLI_DELEGATION_TOKEN_FILE", str(tmp_path / "delegation-token"))

    def test_without_the_extra_says_what_to_install(
        self, auth: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "oci.auth.signers", None)
        with pytest.raises(ConfigError, match=r"python3 -m pip install '\.\[oci\]' in a clone"):
            connect("us-ashburn-1", auth=auth)

    def test_elsewhere_than_at_oracle_says_so(
        self, auth: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def nowhere(**_: Any) -> None:
            raise OSError({"status": 404, "details": "of a request"}, "no metadata service")

        monkeypatch.setattr(f"oci.auth.signers.{MAKERS[auth]}", nowhere)
        with pytest.raises(ConfigError, match=r"^argument auth: there is no [a-z ]+ here: no meta"):
            connect("us-ashburn-1", auth=auth)
        monkeypatch.setenv("OCI_CLI_AUTH", auth)
        with pytest.raises(ConfigError, match=r"^OCI_CLI_AUTH: there is no [a-z ]+ here: no meta"):
            connect("us-ashburn-1")

    def test_knows_its_region(self, auth: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        class Principal(RefreshableSigner):
            region = "eu-frankfurt-2"

            def __init__(self, **_: Any) -> None:
                super().__init__()

        monkeypatch.setattr(f"oci.auth.signers.{MAKERS[auth]}", Principal)
        client = connect(auth=auth).get_httpx_client()
        assert client.base_url.host == "aidp.eu-frankfurt-2.oci.oraclecloud.eu"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError({"status": 404}, "no metadata service"), "no metadata service"),
        (ConnectionError(OSError("no route"), "a hint"), "a hint"),
        (ConnectionError(OSError("no route")), "no route"),
        (RuntimeError(), r"RuntimeError\(\)"),
    ],
    ids=repr,
)
def test_the_last_that_oci_says_is_why_there_is_no_principal(
    monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    monkeypatch.setattr(f"oci.auth.signers.{MAKERS['instance_principal']}", raiser(error))
    with pytest.raises(ConfigError, match=f"no instance principal here: {reason}$"):
        OciAuth(auth="instance_principal")


def raiser(error: Exception) -> Callable[..., None]:
    def fail(**_: Any) -> None:
        raise error

    return fail


def test_a_principal_that_takes_no_delegation_token_is_renewed_without_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(f"oci.auth.signers.{MAKERS['instance_principal']}", RefreshableSigner)
    request = httpx.Request("GET", "https://host.example/")
    flow = OciAuth(auth="instance_principal").sync_auth_flow(request)
    assert next(flow).headers["authorization"] == "token 0"
    again = flow.send(httpx.Response(401, request=request))
    assert again.headers["authorization"] == "token 1"


def test_a_pod_may_name_another_token_of_its_service_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def maker(**arguments: str) -> RefreshableSigner:
        taken.append(arguments)
        return RefreshableSigner()

    taken: list[dict[str, str]] = []
    monkeypatch.setattr(f"oci.auth.signers.{MAKERS['oke_workload_identity']}", maker)
    OciAuth(auth="oke_workload_identity")
    monkeypatch.setenv("OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH", "/token")
    monkeypatch.setenv("OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_STRING", "")
    OciAuth(auth="oke_workload_identity")
    monkeypatch.setenv("OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_STRING", "t")
    OciAuth(auth="oke_workload_identity")
    path = {"service_account_token_path": "/token"}
    assert taken == [{}, path, path | {"service_account_token": "t"}]


class DelegationSigner(SecurityTokenSigner):  # type: ignore[misc]  # oci has no types
    """Signs as Oracle's signer for delegation tokens, with a token that is there already."""

    key: rsa.RSAPrivateKey

    def __init__(self, delegation_token: str) -> None:
        self.delegation_token = delegation_token
        headers = ["date", "(request-target)", "host", "opc-obo-token"]
        super().__init__("instance", self.key, generic_headers=headers)

    def do_request_sign(self, request: Any, enforce_content_headers: bool = True) -> Any:
        request.headers["opc-obo-token"] = self.delegation_token
        return super().do_request_sign(request, enforce_content_headers)

    def refresh_security_token(self) -> None:
        pass


def test_a_profile_of_cloud_shell_signs_a_delegation_token_which_is_read_again_on_a_401(
    tmp_path: Path, private_key: rsa.RSAPrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DelegationSigner, "key", private_key, raising=False)
    monkeypatch.setattr(
        "oci.auth.signers.InstancePrincipalsDelegationTokenSigner", DelegationSigner
    )
    token_file, config_file = tmp_path / "delegation-token", tmp_path / "config"
    token_file.write_text("first\n")
    config_file.write_text(
        "[DEFAULT]\ntenancy=ocid1.tenancy.oc1..t\nregion=us-ashburn-1\n"
        f"authentication_type=instance_principal\ndelegation_token_file={token_file}\n"
    )

    def replace(received: Any) -> bytes:
        token_file.write_text("second\n")
        return page("a") if received.headers["opc-obo-token"] == "second" else answer(401)

    with (
        ScriptedServer(replace) as server,
        connect(base_url=server.base_url, config_file=config_file) as client,
    ):
        assert list_task_runs.sync_detailed(client=client, **KEYS).status_code == 200
    for request, token in zip(server.requests, ["first", "second"], strict=True):
        text = (
            f"date: {request.headers['date']}\n(request-target): get {request.target}\n"
            f"host: {request.headers['host']}\nopc-obo-token: {token}"
        )
        signature = request.headers["authorization"].partition('signature="')[2].partition('"')[0]
        private_key.public_key().verify(
            base64.b64decode(signature), text.encode(), PKCS1v15(), SHA256()
        )


def test_oci_auth_serves_other_httpx_clients(service: Service) -> None:
    url = (
        f"{service.base_url}/20260430/aiDataPlatforms/{service.ai_data_platform_id}"
        f"/workspaces/{service.workspace_key}/taskRuns"
    )
    params = {"jobRunKey": service.job_run_key, "displayName": "a b+c&d"}

    async def get() -> httpx.Response:
        async with httpx.AsyncClient(auth=auth) as client:
            return await client.get(url, params=params)

    auth = OciAuth(config_file=service.config_file)
    assert httpx.get(url, params=params, auth=auth).json() == {"items": []}
    assert asyncio.run(get()).json() == {"items": []}
    posted = httpx.post(url, auth=auth, json={"a": 1})
    assert posted.status_code == 405  # and not 401: the body was signed


def test_a_file_that_changes_is_unchanged_since_that_was_seen(tmp_path: Path) -> None:
    seconds = iter(range(0, 100, 10))
    file = tmp_path / "token"
    watch = FileWatch([str(file)], Clock(monotonic=lambda: next(seconds)))
    assert watch.stamps() == (None,)  # at 10 s, after the start at 0
    assert watch.seconds_unchanged() == 10
    file.write_text("half a to")
    first = watch.stamps()  # at 30 s
    assert watch.stamps() == first
    assert watch.seconds_unchanged() == 10
    file.write_text("half a token and the other half")
    assert watch.stamps() != first  # at 50 s
    assert watch.seconds_unchanged() == 10
