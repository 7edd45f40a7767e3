"""`python3 -I hooks/evalpress/setup`: the set-up of a checkout, run by make.

An isolated Python knows only this folder; its modules are found as parts of the package.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[2])

from evalpress.setup.prepare import main  # noqa: E402

sys.exit(main())
