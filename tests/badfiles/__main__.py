import json
import sys
from pathlib import Path

from sqm.intake import child
from tests.badfiles.run import results

if len(sys.argv) != 2:
    raise SystemExit("usage: python -m tests.badfiles DIR > results.jsonl")
child.warm_up()
for result in results(Path(sys.argv[1])):
    print(json.dumps(result, ensure_ascii=False), flush=True)
child.close()
