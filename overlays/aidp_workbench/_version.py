"""The version of both packages; pyproject.toml has it, too, and a test holds the two together."""

# Not read from the metadata of the installation: that takes as long as a request.
__version__ = "0.3.0"
