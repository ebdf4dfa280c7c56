"""The programs of the pipeline; not shipped."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(f"error: Python 3.11 or later is needed, this is {sys.version.split()[0]}")
