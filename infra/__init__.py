"""The AWS resources, as CDK constructs.

jsii starts the first `node` on PATH as soon as `aws_cdk` is imported, and an old system Node would
fail it: the virtual environment's own goes first.
"""

import os
import sys
from pathlib import Path

os.environ["PATH"] = f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
