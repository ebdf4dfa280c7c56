"""Signers of the `oci` package for programs that run on Oracle's machines."""

from __future__ import annotations

import importlib
import os
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import ConfigError
from .credential_files import delegation_token
from .oci_signer import OciSigner

if TYPE_CHECKING:
    from .identity import Identity

_MAKERS = {
    "instance_principal": "InstancePrincipalsSecurityTokenSigner",
    "instance_obo_user": "InstancePrincipalsDelegationTokenSigner",
    "resource_principal": "get_resource_principals_signer",
    "oke_workload_identity": "get_oke_workload_identity_resource_principal_signer",
}
# The arguments that OCI's command line takes from the environment.
_SERVICE_ACCOUNT = {
    "service_account_token_path": "OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH",
    "service_account_token": "OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_STRING",
}


def principal_signer(identity: Identity) -> OciSigner:
    """The signer of the machine or resource that runs this program, or ConfigError."""
    auth = identity.auth
    try:
        signers: Any = importlib.import_module("oci.auth.signers")
    except ImportError as error:
        raise ConfigError(
            f"{auth.source} {auth.value!r} needs the oci package: python3 -m pip install '.[oci]'"
            " in a clone of the repository"
        ) from error
    arguments = _arguments(identity)
    try:
        signer = getattr(signers, _MAKERS[auth.value])(**arguments)
    except Exception as error:
        name = auth.value.replace("obo_user", "principal").replace("_", " ")
        # In an error of oci, details of a request may come before the text.
        reason = error.args[-1] if error.args else repr(error)
        raise ConfigError(f"{auth.source}: there is no {name} here: {reason}") from error
    return OciSigner(signer, update=partial(_update_token, identity, signer))


def _arguments(identity: Identity) -> dict[str, str]:
    match identity.auth.value:
        case "instance_obo_user":
            return {"delegation_token": delegation_token(identity)}
        case "oke_workload_identity":
            return {
                argument: os.environ[name]
                for argument, name in _SERVICE_ACCOUNT.items()
                if os.environ.get(name)
            }
        case _:
            return {}


def _update_token(identity: Identity, signer: Any) -> None:
    """Read a delegation token again: Cloud Shell replaces it."""
    if identity.auth.value == "instance_obo_user":
        signer.delegation_token = delegation_token(identity)
