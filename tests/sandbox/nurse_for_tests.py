"""A nurse whose children know the misbehaving readers."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from exeunt.sandbox.nurse import main
from tests.sandbox import misbehaving

if __name__ == "__main__":
    main({name: f"tests.sandbox.misbehaving:{name}" for name in vars(misbehaving)})
