"""Counts the cases in JUnit reports and prints the closing line of tests/run.

Meson writes no case into its JUnit report for a program that dies, hangs, leaks or stops
short of its plan after passing cases: testlog.json beside it knows, and is read too.
"""
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as tree

passed, failed = 0, []


def count_cases(path):
    global passed
    for case in tree.parse(path).getroot().iter("testcase"):
        bad = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
        if bad:
            failed.append(f"{path}: {case.get('classname', '')} {case.get('name')}: {bad[0]}")
        else:
            passed += 1


def count_programs(path):
    """What went wrong beside the cases."""
    for line in path.read_text().splitlines():
        test = json.loads(line)
        said, result = test.get("stdout") or "", test["result"]
        if result not in ("OK", "FAIL", "SKIP") and not re.search("^not ok", said, re.M):
            failed.append(f"{path}: {test['name']}: {result}, exit status {test['returncode']}")
        elif result == "OK" and re.search("^(not )?ok", said, re.M) and \
                not re.search(r"^1\.\.\d", said, re.M):
            failed.append(f"{path}: {test['name']}: no plan says that it is whole")
        elif re.search("^not ok.*# *TO[D]O", said, re.M | re.I):
            failed.append(f"{path}: {test['name']}: a case that may fail")


for name in sys.argv[1:]:
    report = pathlib.Path(name)
    try:
        count_cases(report)
        if report.name == "testlog.junit.xml":
            count_programs(report.with_name("testlog.json"))
    except (OSError, ValueError, KeyError, tree.ParseError) as error:
        failed.append(f"{name}: no report ({error})")
for line in failed:
    print("failed:", line)
if passed == 0:
    failed.append("no case ran")
    print("failed: no case ran")
print(f"{passed} passed, {len(failed)} failed")
sys.exit(1 if failed else 0)
