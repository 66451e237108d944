"""The systemd units keep the exposure that promise S3 names. Prints TAP."""
import pathlib
import subprocess
import sys

LIMITS = {"anjungan.service": 10, "anjungand.service": 15}  # tenths

folder = pathlib.Path(sys.argv[1]) / "kiosk/deploy"
failed = 0
print(f"1..{len(LIMITS)}")
for number, (unit, limit) in enumerate(LIMITS.items(), 1):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={limit}", folder / unit],
        capture_output=True, text=True)
    overall = [line for line in done.stdout.splitlines() if "Overall" in line]
    print("ok" if done.returncode == 0 else "not ok", number, "-", unit, "exposure at most", limit / 10)
    print("# ", overall[0].strip() if overall else done.stderr.strip())
    failed += done.returncode != 0
sys.exit(1 if failed else 0)
