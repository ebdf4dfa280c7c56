"""What went wrong in the sample workspace, and on which night."""

from tools.service.story import traces
from tools.service.story.plan import Fate, Fates

_UNAVAILABLE = Fate("FAILED", "The task failed.", traces.UNAVAILABLE, 45, "GET /v2/stock\n")
_NO_CLICKS = Fate("FAILED", "The task failed.", traces.NO_CLICKS, 62, "reading topic clicks\n")

NIGHTS: dict[tuple[str, int], Fates] = {
    # By the name of a job and by how many nights ago it ran; 0 is last night.
    ("nightly_load", 0): {
        "load_orders": Fate(
            "FAILED", "The task failed.", traces.TABLESPACE, 388, traces.LOADED_UNTIL_FULL
        )
    },
    ("nightly_load", 2): {"load_orders": Fate("FAILED", "The task failed.", traces.NO_TABLE, 14)},
    ("nightly_customers", 0): {
        "dedupe_customers": Fate("FAILED", "The task failed.", traces.KEY_ERROR, 95)
    },
    ("nightly_customers", 5): {
        "extract_customers": Fate(
            "INTERNAL_ERROR", "The cluster could not be started.", traces.NO_CAPACITY, 30
        )
    },
    ("nightly_inventory", 0): {
        "sync_inventory": Fate(
            "SUCCESS", "All tasks of the stage have ended.", before=(_UNAVAILABLE, _UNAVAILABLE)
        )
    },
    ("nightly_inventory", 3): {
        "sync_inventory": Fate(
            "FAILED", "The task failed.", traces.UNAVAILABLE, 45, before=(_UNAVAILABLE,) * 3
        )
    },
    ("train_forecast", 0): {
        "train_model": Fate(
            "TIMED_OUT", "The job run took longer than 3600 seconds.", traces.TIMEOUT, 3290
        )
    },
    ("nightly_reports", 0): {
        "report_apac/convert_currencies": Fate("FAILED", "The task failed.", traces.NO_RATE, 6)
    },
}

CLICKSTREAM: dict[int, Fates] = {
    # By how many hours ago it was created.
    5: {
        "ingest_clicks": Fate(
            "FAILED", "The task failed.", traces.NO_CLICKS, 62, before=(_NO_CLICKS, _NO_CLICKS)
        )
    },
    0: {"ingest_clicks": Fate("RUNNING", "Reading partition 7 of 12.")},
}

CANCELED: Fates = {
    "export_ledger": Fate("CANCELED", "Canceled by Ana Souza.", seconds=310),
}

QUEUED: Fates = {
    "archive_partitions": Fate("QUEUED", "Queued behind 3 other task runs."),
}
