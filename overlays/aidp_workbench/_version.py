"""The version of both packages; pyproject.toml repeats it, and a test compares the two."""

# Not read from the metadata of the installation: that takes as long as a request.
__version__ = "0.3.0"
