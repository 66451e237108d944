"""Counts the cases in JUnit reports and prints the closing line of tests/run."""
import sys
import xml.etree.ElementTree as tree

passed, failed = 0, []
for path in sys.argv[1:]:
    try:
        cases = list(tree.parse(path).getroot().iter("testcase"))
    except (OSError, tree.ParseError) as error:
        failed.append(f"{path}: no report ({error})")
        continue
    for case in cases:
        bad = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
        if bad:
            failed.append(f"{path}: {case.get('classname', '')} {case.get('name')}: {bad[0]}")
        else:
            passed += 1
for line in failed:
    print("failed:", line)
if passed == 0:
    failed.append("no case ran")
print(f"{passed} passed, {len(failed)} failed")
sys.exit(1 if failed else 0)
