"""Why something could not be read, without the host and the path that it was read from."""

from __future__ import annotations

from aidp_workbench import ServiceError, TransportError, WorkbenchError

from .text import LONGEST_MESSAGE, shortened


def reason_of(error: WorkbenchError) -> str:
    """What happened, in a line for people who were sent the page."""
    match error:
        case TransportError():
            text = error.reason
        case ServiceError():
            text = " ".join(filter(None, [str(error.status), error.code])) + f": {error.message}"
            if error.opc_request_id:
                text += f" [opc-request-id {error.opc_request_id}]"
        case _:
            text = str(error)
    return shortened(text, LONGEST_MESSAGE)
