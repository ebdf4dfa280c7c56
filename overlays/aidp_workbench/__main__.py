"""`python -m aidp_workbench` is the command line `aidp-workbench`."""

from .cli import main

if __name__ == "__main__":
    main()
