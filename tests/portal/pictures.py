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


KINDS = {
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(200),
    "image/png": png(),
    "image/webp": b"RIFF\xd0\0\0\0WEBPVP8 " + bytes(200),
    "image/heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200),
}
# By their names they would be photos.
NOT_PHOTOS = [b"GIF89a" + bytes(200), b"%PDF-1.7\n" + bytes(200), b"<svg xmlns=x><script>" + bytes(200),
              b"\0\0\0\x18ftypisom" + bytes(200), b"RIFF\xd0\0\0\0WAVE" + bytes(200), b"\xff\xd8", b"x"]
