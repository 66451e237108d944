"""What a guest is started from: Debian's kernel, unpacked and not installed, and a small
initramfs with the modules that lead to the root."""
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
# Enough to find the root and to speak to the host; the rest is loaded from the root.
EARLY = ("virtio_pci", "virtio_console", "9pnet_virtio", "9p", "overlay")


def run(*words, **options):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True,
                          **options).stdout


def package():
    """The kernel that linux-image-amd64 stands for today."""
    return re.search(r"Depends: (linux-image-\S+)", run("apt-cache", "depends", "linux-image-amd64"))[1]


def kernel(folder):
    """(version, vmlinuz, folder with lib/modules), downloaded and unpacked once."""
    name = package()
    version, place = name.removeprefix("linux-image-"), folder / name
    if not (place / "whole").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        run("apt-get", "download", name, cwd=place)
        [archive] = place.glob("*.deb")
        run("dpkg-deb", "-x", archive, place)
        archive.unlink()
        run("depmod", "-b", place, version)
        (place / "whole").touch()
    return version, place / f"boot/vmlinuz-{version}", place


def in_order(version, place):
    """The early modules' files, each after what it needs."""
    shown = "".join(run("modprobe", "-d", place, "-S", version, "--show-depends", name)
                    for name in EARLY)
    files = re.findall(r"^insmod (\S+)", shown, re.M)
    return list(dict.fromkeys(pathlib.Path(file) for file in files))


def initramfs(folder, version, place):
    top, out = folder / "initramfs", folder / "initramfs.cpio"
    shutil.rmtree(top, ignore_errors=True)
    for name in ("bin", "modules", "dev", "proc", "root"):
        (top / name).mkdir(parents=True)
    shutil.copy("/bin/busybox", top / "bin")
    shutil.copy(HERE / "init", top / "init")
    modules = in_order(version, place)
    for module in modules:
        shutil.copy(module, top / "modules")
    (top / "modules/order").write_text("".join(f"{module.name}\n" for module in modules))
    with open(out, "wb") as stream:
        names = "\n".join(str(path.relative_to(top)) for path in sorted(top.rglob("*")))
        subprocess.run(["cpio", "-o", "-H", "newc", "--quiet"], input=names.encode(), stdout=stream,
                       cwd=top, check=True)
    return out
