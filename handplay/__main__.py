"""`python -m handplay` is the `handplay` command."""

from handplay.cli import main

if __name__ == "__main__":
    main()
