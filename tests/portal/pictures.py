"""Photos for tests: small, of each kind that the portal takes, and as large as wanted."""
import struct
import zlib


def png(side=32, colour=(0, 91, 80), size=0):
    """A picture that a browser draws; padded to so many bytes by a chunk that says nothing."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    rows = b"".join(b"\0" + bytes(colour) * side for _ in range(side))
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    tail = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    rest = size - len(head) - len(tail) - 12
    return head + (chunk(b"zzZz", bytes(i * 7 % 251 for i in range(rest))) if rest >= 0 else b"") + tail


def segment(marker, data):
    return bytes((0xff, marker)) + struct.pack(">H", len(data) + 2) + data


def exif(words, turned=6):
    """What a phone writes: how it was held, and a secret or two."""
    entries = (struct.pack(">HHII", 0x010f, 2, len(words), 64) +
               struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0) + struct.pack(">HHII", 0x8825, 4, 1, 64))
    head = b"MM\0\x2a\0\0\0\x08" + struct.pack(">H", 3) + entries + bytes(4)
    return b"Exif\0\0" + head.ljust(64, b"\0") + words


def jpeg(side=64, around=(), behind=b""):
    """A grey picture that a browser draws: one table of each kind, every block the same."""
    blocks = (side + 7) // 8
    bits = blocks * blocks * 2  # each says: no difference, and that is all
    scan = bytes(bits // 8) + (bytes((0xff >> bits % 8,)) if bits % 8 else b"")
    return (b"\xff\xd8" + segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + b"".join(around) +
            segment(0xdb, b"\0" + bytes([16] * 64)) +
            segment(0xc0, struct.pack(">BHHBBBB", 8, side, side, 1, 1, 0x11, 0)) +
            segment(0xc4, b"\0\x01" + bytes(16)) + segment(0xc4, b"\x10\x01" + bytes(16)) +
            segment(0xda, b"\x01\x01\0\0\x3f\0") + scan + b"\xff\xd9" + behind)


def riff(*chunks):
    body = b"WEBP" + b"".join(kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
                              for kind, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


VP8L = bytes.fromhex("2f00000000888888fe07")  # one point, without loss


def box(kind, data):
    return struct.pack(">I", len(data) + 8) + kind + data


def heic(secret=b"", more=b"", side=64):
    """Two items, a picture and what is known of it; not one that draws."""
    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    picture = bytes(range(1, 101))

    def meta(at):
        items = [box(b"infe", struct.pack(">IHH4sB", 2 << 24, n, 0, kind, 0))
                 for n, kind in ((1, b"hvc1"), (2, b"Exif"))]
        places = struct.pack(">IBBH", 0, 0x44, 0, 2) + b"".join(
            struct.pack(">HHHII", n, 0, 1, *place)
            for n, place in ((1, (at, len(picture))), (2, (at + len(picture), len(secret)))))
        return box(b"meta", bytes(4) + box(b"hdlr", bytes(4)) + box(b"pitm", b"\0\0\0\0\0\x01") +
                   box(b"iinf", struct.pack(">IH", 0, 2) + b"".join(items)) +
                   box(b"iprp", box(b"ipco", box(b"ispe", struct.pack(">III", 0, side, side)))) +
                   box(b"iloc", places))
    at = len(ftyp) + len(meta(0)) + 8
    return ftyp + meta(at) + box(b"mdat", picture + secret) + more


KINDS = {"image/jpeg": jpeg(), "image/png": png(), "image/webp": riff((b"VP8L", VP8L)), "image/heic": heic(bytes(1))}
SECRET = b"RAHASIA: -0.502106, 117.153709, ponsel Siti"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def telling():
    """As phones send them, or somebody who means harm: (type, sent, what may be left of it)."""
    plain, film = png(), box(b"mdat", SECRET)
    turned = segment(0xe1, b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06" + bytes(6))
    around = [segment(0xe1, exif(SECRET)), segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
              segment(0xe2, b"MPF\0" + SECRET), segment(0xed, SECRET), segment(0xfe, SECRET)]
    before = len(plain) - 12
    notes = chunk(b"eXIf", exif(SECRET)) + chunk(b"tEXt", b"Comment\0" + SECRET) + chunk(b"iTXt", SECRET)
    extended = bytes((0x0c,)) + bytes(9)
    jpeg_kept = jpeg()[:20] + turned + jpeg()[20:]
    return [
        ("image/jpeg", jpeg(64, around, film), jpeg_kept),
        ("image/jpeg", jpeg(64, [segment(0xfe, SECRET)], b"PK\x03\x04" + SECRET), jpeg()),
        ("image/png", plain[:before] + notes + plain[before:] + SECRET, plain),
        ("image/webp", riff((b"VP8X", extended), (b"VP8L", VP8L), (b"EXIF", exif(SECRET)), (b"XMP ", SECRET)) + SECRET,
         riff((b"VP8X", bytes(10)), (b"VP8L", VP8L))),
        ("image/heic", heic(SECRET, film.replace(b"mdat", b"mpvd") + SECRET),
         heic(bytes(len(SECRET)), box(b"free", bytes(len(SECRET))))),
    ]


# By their names they would be photos.
NOT_PHOTOS = [b"GIF89a" + bytes(200), b"%PDF-1.7\n" + bytes(200), b"<svg xmlns=x><script>" + bytes(200),
              b"\0\0\0\x18ftypisom" + bytes(200), b"RIFF\xd0\0\0\0WAVE" + bytes(200), b"\xff\xd8", b"x"]
# They begin like photos and are none, or would fill a browser's memory.
BROKEN = [
    b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(200), b"\xff\xd8\xff<script>alert(1)</script>" + bytes(200),
    jpeg().replace(b"\xff\xc0", b"\xff\xfe"), jpeg(64, [b"\xff\xe1\xff\xff"]), jpeg(64)[:2] + b"\xff\xda\0\x02",
    jpeg().replace(struct.pack(">HH", 64, 64), b"\xff\xff\xff\xff"), b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n<svg xmlns=x>" + bytes(200), png()[:-12], png()[:40], b"\x89PNG\r\n\x1a\n",
    png().replace(struct.pack(">II", 32, 32), struct.pack(">II", 50000, 50000)),
    png().replace(struct.pack(">II", 32, 32), struct.pack(">II", 0, 32)), png()[:33] + b"\xff" * 60,
    b"RIFF\xd0\0\0\0WEBPVP8 " + bytes(200), b"RIFF\xff\xff\xff\xffWEBP", riff((b"EXIF", SECRET)),
    riff((b"VP8X", b"\0" * 4 + b"\xff" * 6), (b"VP8L", VP8L)), riff((b"VP8L", b"\x2f" + b"\xff" * 4)),
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), heic(side=40000), heic().replace(b"ispe", b"isp "),
    heic().replace(b"iloc", b"ilo "), heic().replace(b"infe", b"inf "), heic(SECRET)[:-1],
    heic().replace(struct.pack(">IBBH", 0, 0x44, 0, 2), struct.pack(">IBBH", 0, 0x44, 0, 0xffff)),
    heic(b"x") + heic(b"x")[24:],
]
