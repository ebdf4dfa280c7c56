"""The version of both packages, which the build reads from here."""

# Not read from the metadata of the installation: that takes as long as a request.
__version__ = "0.3.0"
