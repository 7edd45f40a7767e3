"""`python -m evalpress.commands`: the command line without its installed script."""

import sys

from evalpress.commands import main

sys.exit(main())
