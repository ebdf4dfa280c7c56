from typing import Literal

RunOutputCompression = Literal[
    "BZIP2",
    "COMPRESS",
    "DEFLATE",
    "GZIP",
]
"""How a content is compressed."""
