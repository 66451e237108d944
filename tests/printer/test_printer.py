"""The virtual printer against streams written by hand from the manuals. Prints TAP."""
import socket
import subprocess
import time

from printer import TEAR_AFTER
from stand import BORDER, PATIENCE, Stand, run

CUT = bytes([0x1D, 0x56, 66, 0])
INIT = b"\x1b@\x1c."


def raster(stride, rows):
    return bytes([0x1D, 0x76, 0x30, 0, stride, 0, len(rows) // stride, 0]) + rows


def dots(picture):
    """The black dots inside the border."""
    return [(x - BORDER, y - BORDER) for y in range(picture.height) for x in range(picture.width)
            if picture.getpixel((x, y)) == 0]


def raster_is_exact():
    with Stand() as stand:
        stand.send(INIT, raster(2, b"\x80\x01\xff\x00"), CUT)
        picture = stand.slip()
        assert picture.size == (576 + 2 * BORDER, 2 + 2 * BORDER), picture.size
        assert dots(picture) == [(0, 0), (15, 0)] + [(x, 1) for x in range(8)]


def older_pictures_are_exact():
    store = bytes([48, 112, 48, 1, 1, 49, 8, 0, 1, 0, 0x81])  # GS ( L 112: one row of eight
    show = bytes([48, 50])
    streams = [
        b"\x1d(L" + len(store).to_bytes(2, "little") + store + b"\x1d(L\x02\0" + show,
        b"\x1d8L" + len(store).to_bytes(4, "little") + store + b"\x1d(L\x02\0" + show,
    ]
    for stream in streams:
        with Stand() as stand:
            stand.send(INIT, stream, CUT)
            assert dots(stand.slip()) == [(0, 0), (7, 0)]
    with Stand() as stand:  # ESC * 33: columns of 24 dots
        stand.send(INIT, b"\x1b*\x21\x02\0" + b"\x80\0\0" + b"\0\0\x01", CUT)
        assert dots(stand.slip()) == [(0, 0), (1, 23)]


def status_bits():
    with Stand() as stand:
        rows = [("state", 1, 0x12), ("state", 2, 0x12), ("state", 4, 0x12),
                ("near-end", 4, 0x1E), ("paper-out", 4, 0x7E), ("state", 2, 0x32), ("state", 1, 0x1A),
                ("paper-in", 4, 0x12), ("cover-open", 2, 0x16), ("cover-close", 2, 0x12),
                ("cutter-jam", 3, 0x1A), ("cutter-clear", 3, 0x12), ("hot", 3, 0x52)]
        for order, question, wanted in rows:
            stand.order(order)
            stand.send(bytes([0x10, 4, question]))
            assert stand.answer(1) == bytes([wanted]), (order, question)


def status_inside_a_picture():
    with Stand() as stand:
        stand.send(raster(3, b"\x10\x04\x01" + b"\0" * 6))
        assert stand.answer(1) == b"\x12"


def status_in_three_pieces():
    with Stand() as stand:
        for piece in (b"\x10", b"\x04", b"\x01"):
            stand.send(piece)
            time.sleep(0.03)
        assert stand.answer(1) == b"\x12"
        assert stand.answer(1, 0.1) == b""


def process_id_after_the_cut():
    with Stand() as stand:
        stand.send(raster(1, b"\xff"), CUT, b"\x1d(H\x06\x0000\x01\x02\x03\x04")
        assert stand.answer(7) == b"\x37\x22\x01\x02\x03\x04\0"
        stand.order("no-process-id")
        stand.send(b"\x1d(H\x06\x0000\x01\x02\x03\x04", b"\x1dr\x01")
        assert stand.answer(1) == b"\0"


def keeps_data_until_the_roll_is_changed():
    with Stand() as stand:
        stand.order("paper-out")
        stand.send(raster(1, b"\xff"), CUT, b"\x1d(H\x06\x00009999")
        assert stand.answer(1, 0.3) == b""
        assert stand.slip(patience=0.1) is None
        stand.order("paper-in")
        assert stand.answer(7) == b"\x37\x229999\0"
        assert stand.slip() is not None


def forgets_on_request():
    with Stand() as stand:
        stand.order("paper-out")
        stand.send(raster(1, b"\xff"), CUT, b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
        assert stand.answer(3) == b"\x37\x25\0"
        stand.order("paper-in")
        assert stand.slip(patience=0.2) is None


def takes_no_more_than_it_holds():
    with Stand("--buffer", "1000") as stand:
        stand.order("paper-out")
        stand.send(raster(50, b"\xff" * 5000))
        end = time.monotonic() + PATIENCE
        while stand.order("state")["waiting"] < 1000 and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.1)  # for what it should not take
        assert stand.order("state")["waiting"] == 1000
        stand.order("paper-in")
        stand.send(CUT)
        assert stand.slip().height == 100 + 2 * BORDER


def automatic_status():
    with Stand() as stand:
        stand.send(b"\x1da\xff")
        assert stand.answer(4) == b"\x10\0\0\0"
        stand.order("paper-out")
        assert stand.answer(4) == b"\x18\0\x0f\0"


def native_code_decodes():
    text = b"https://example.invalid/t/#abc"
    with Stand() as stand:
        stand.send(b"\x1ba\x01", b"\x1d(k\x03\x001C\x06", b"\x1d(k\x03\x001E\x31",
                   b"\x1d(k" + (len(text) + 3).to_bytes(2, "little") + b"1P0" + text,
                   b"\x1d(k\x03\x001Q0", CUT)
        assert stand.slip()
        found = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable",
                                stand.folder / "slip-001.png"],
                               capture_output=True).stdout.strip()
        assert found == text, found


def dies_at_a_byte():
    with Stand() as stand:
        stand.order("die-at 10")
        try:
            stand.send(raster(1, b"\xff" * 64), CUT)
            gone = stand.line.recv(1) == b""
        except ConnectionError:
            gone = True
        assert gone and not stand.order("state")["powered"]
        assert stand.slip(patience=0.2) is None
        assert stand.order("on")["waiting"] == 0  # it forgot


def unplugged_it_waits_for_the_rest():
    with Stand() as stand:
        stand.order("unplug-at 10")
        stand.send(raster(1, b"\xff" * 4))
        assert stand.line.recv(1) == b""
        stand.taken.close()
        stand.taken = None
        stand.send(b"\xff\xff", CUT)
        assert stand.slip().height == 4 + 2 * BORDER


def text_and_feeds():
    with Stand() as stand:
        stand.send(INIT, b"NOMOR\n", b"\x1bJ\x10", CUT)
        picture = stand.slip()
        assert picture.height == 30 + 8 + 2 * BORDER, picture.height  # two units a dot
        assert min(picture.crop((BORDER, BORDER, BORDER + 60, BORDER + 24)).getdata()) == 0
    with Stand("--units", "1") as stand:
        stand.send(INIT, raster(1, b"\xff"), b"\x1bJ\x10", CUT)
        assert stand.slip().height == 1 + 16 + 2 * BORDER


def each_way_to_cut():
    for cut in (b"\x1dV\x00", b"\x1dV\x01", b"\x1dVA\x00", b"\x1dVB\x00", b"\x1bi", b"\x1bm"):
        with Stand() as stand:
            stand.send(INIT, raster(1, b"\xff"), cut)
            assert stand.slip() is not None, cut
            assert stand.order("state")["unknown"] == 0


def torn_off_when_nothing_cuts():
    with Stand() as stand:
        stand.send(INIT, raster(1, b"\xff"))
        assert stand.slip() is not None
        job = stand.jobs()[0]
        assert job["done"] - job["first_byte"] >= TEAR_AFTER, job


def a_job_begins_with_its_own_bytes():
    with Stand() as stand:
        stand.send(b"\x10\x04\x01", b"\0" * 100)
        assert stand.answer(1) == b"\x12"
        began = time.monotonic()
        stand.send(INIT, raster(1, b"\xff"), CUT)
        assert stand.slip() is not None
        job = stand.jobs()[0]
        assert began <= job["first_byte"] <= job["done"], job
        assert job["bytes"] == len(INIT + raster(1, b"\xff") + CUT), job


def hands_that_leave_early():
    with Stand() as stand:
        path = str(stand.folder / "control")
        idle = socket.socket(socket.AF_UNIX)
        idle.connect(path)  # says nothing, and stays
        for words in (b"", b"sta", b"state\n" * 2000, b"\xff\xfe\n", b"die-at soon\n", b"\n"):
            with socket.socket(socket.AF_UNIX) as hand:
                hand.connect(path)
                hand.sendall(words)
        assert stand.order("paper-out")["paper"] is False
        assert "error" in stand.order("slow")
        idle.close()


if __name__ == "__main__":
    run([raster_is_exact, older_pictures_are_exact, status_bits, status_inside_a_picture,
         status_in_three_pieces, process_id_after_the_cut, keeps_data_until_the_roll_is_changed,
         forgets_on_request, takes_no_more_than_it_holds, automatic_status, native_code_decodes,
         dies_at_a_byte, unplugged_it_waits_for_the_rest, text_and_feeds, each_way_to_cut,
         torn_off_when_nothing_cuts, a_job_begins_with_its_own_bytes, hands_that_leave_early])
