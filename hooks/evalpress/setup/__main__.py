"""`python3 -I hooks/evalpress/setup`: the set-up of a checkout, run by make.

An isolated Python knows only this folder; its modules are found as parts of the package.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[2])

from evalpress.setup.prepare import main, name_files_in_utf8  # noqa: E402

name_files_in_utf8()
sys.exit(main())
