"""A child that knows the misbehaving readers; names of guards as arguments are left out."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from exeunt.sandbox.child import main
from exeunt.sandbox.locks import GUARDS
from tests.sandbox import misbehaving

READERS = {name: f"tests.sandbox.misbehaving:{name}" for name in vars(misbehaving)}

if __name__ == "__main__":
    left_out = dict.fromkeys(sys.argv[1:], lambda _limits: False)
    main(READERS, {**GUARDS, **left_out})
