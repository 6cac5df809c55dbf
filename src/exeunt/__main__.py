"""Where ``exeunt`` and ``python -m exeunt`` begin."""

from exeunt.cli.guide import exeunt


def main() -> None:
    """Run the command line and leave with 0 (done), 1 (refused) or 2 (wrong use)."""
    exeunt()


if __name__ == "__main__":
    main()
