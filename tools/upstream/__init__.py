"""Compare Oracle's own document of the API with ours: `python -m tools.upstream FILE`.

`convert` makes OpenAPI 3 of Swagger 2.0, `selection` keeps the operations that ours has, the differ
compares, and `findings` says which document is behind.
"""
