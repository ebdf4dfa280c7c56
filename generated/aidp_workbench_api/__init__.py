"""A client library for accessing AI Data Platform Workbench API"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
