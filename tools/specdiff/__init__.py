"""Compare two OpenAPI documents by meaning: `python -m tools.specdiff BASE REVISION`.

Why the project has its own differ: a reviewer must know what a change of the spec does to
callers of the service and to users of the Python client, in one report that fails when the version
has not risen enough. oasdiff is the best of the tools that exist, and rule ids and levels are its
own where it has a rule. But it is a Go program that pip cannot install, it knows nothing of the
client, and it judges lower than the facts where this project cannot afford it: security, defaults
in bodies, values behind a discriminator, alternatives that a response gains, and what hides behind
a change of type. `rules.py` lists each departure with its reason.

Modules import downwards only: `rules` and `words`, then `model`, then a module for each thing that
is compared, then `compare`, then the command line.
"""
