from typing import Literal

RunOutputType = Literal[
    "APPLICATION_JSON",
    "APPLICATION_PDF",
    "FILE_PATH",
    "IMAGE_JPEG",
    "IMAGE_PNG",
    "IMAGE_SVG",
    "NOTEBOOK",
    "NOTEBOOK_PATH",
    "TEXT_HTML",
    "TEXT_PLAIN",
]
"""What a part of an output is."""
