"""Which Exeunt this is; every figure says it."""

__version__ = "0.1.0"
SOFTWARE = f"Exeunt {__version__}"
