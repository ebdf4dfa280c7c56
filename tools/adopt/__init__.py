"""Draft an operation of the spec from Oracle's document: `python -m tools.adopt FILE OPERATION`."""
