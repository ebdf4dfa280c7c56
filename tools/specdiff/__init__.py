"""Compare two OpenAPI documents by meaning: `python -m tools.specdiff BASE REVISION`."""
