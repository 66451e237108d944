"""Is something that a resident typed still anywhere? Looks for a text in all its
spellings in the memory of programs and in files."""
import base64
import pathlib
import urllib.parse

FRAGMENT = 6  # digits in a row that count as a leak of a longer number


WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def coded(data):
    """Base64 of bytes at any of three phases, without its uncertain ends, in both alphabets."""
    for shift in range(3):
        text = base64.b64encode(b"x" * shift + data)
        text = text[4 if shift else 0:-4] if len(text) > 12 else text
        yield text
        yield text.translate(bytes.maketrans(b"+/", b"-_"))


def spellings(text):
    """The text as bytes in the encodings a program might keep it in."""
    found = set()
    for one in {text, text.upper(), text.lower()}:
        plain = one.encode()
        every = "".join(f"%{byte:02X}" for byte in plain)
        found |= {plain, every.encode(), every.lower().encode(), plain.hex().encode(),
                  plain.hex().upper().encode()}
        found |= {one.encode(wide) for wide in WIDE}
        found |= {urllib.parse.quote_plus(one).encode(), urllib.parse.quote(one).encode()}
        found |= set(coded(plain))
    return {one for one in found if len(one) >= FRAGMENT}


def fragments(digits, known):
    """Runs of six digits, narrow and wide, but for those that stand in public data anyway."""
    pieces = {digits[at:at + FRAGMENT] for at in range(len(digits) - FRAGMENT + 1)}
    pieces = {piece for piece in pieces if piece not in known}
    return {piece.encode() for piece in pieces} | \
        {piece.encode(wide) for piece in pieces for wide in WIDE}


def patterns(text, known):
    found = spellings(text)
    plain = text.replace(" ", "")
    if plain.isdigit():
        found |= spellings(plain) | fragments(plain, known)
        found.add(" ".join(plain[at:at + 4] for at in range(0, len(plain), 4)).encode())
    return found


def memory(pid):
    """Readable and writable pieces of a process, with their names."""
    with open(f"/proc/{pid}/mem", "rb", 0) as mem:
        for line in open(f"/proc/{pid}/maps"):
            span, rights, _, _, _, *name = line.split(None, 5)
            if not rights.startswith("rw") or (name and name[0].startswith("[v")):
                continue
            start, end = (int(edge, 16) for edge in span.split("-"))
            try:
                mem.seek(start)
                yield (name[0].strip() if name else "anonymous"), mem.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue


def without_plain_pages(data):
    """Pages of one repeated word (zeros, the pixels of a plain area) hold no text: what is left,
    neighbours kept together."""
    kept, page = [], 4096
    for at in range(0, len(data), page):
        piece = data[at:at + page]
        if piece != piece[:4] * (page // 4):
            kept.append(piece)
        elif kept and kept[-1]:
            kept.append(b"")
    return b"".join(piece or b"\0" * 8 for piece in kept)


def search(where, data, wanted):
    return [f"{where}: {one!r}" for one in sorted(wanted) if one in data]


def look(text, pids, folders, known):
    """Every place where the text is found, as sentences."""
    wanted, found = patterns(text, known), []
    for name, pid in pids.items():
        for region, data in memory(pid):
            data = without_plain_pages(data)
            found += search(f"memory of {name}, {region}", data, wanted)
    for folder in folders:
        for path in pathlib.Path(folder).rglob("*"):
            found += search("a file's name", str(path.relative_to(folder)).encode(), wanted)
            if path.is_file() and not path.is_socket():
                found += search(f"file {path.name}", path.read_bytes(), wanted)
    return found
