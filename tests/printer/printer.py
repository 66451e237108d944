"""A virtual receipt printer: takes the bytes a real one takes, answers what a real one
answers, and leaves a picture of every slip.

    printer.py FOLDER [--tcp PORT] [--pty LINK] [--control SOCKET] [--dots 576] [--speed 150]

Prints one JSON line, {"port": N, "pty": PATH}, once it listens. Slips are FOLDER/slip-NNN.png;
FOLDER/jobs.jsonl has a line for each: when its first byte came (monotonic seconds), how many
bytes, which picture. The control socket takes one word a line, see Printer.order.

Written from the manuals of Epson, Bixolon and HPRT printers; it shares nothing with the
encoder it tests. Real-time commands (DLE ...) are obeyed wherever they stand in the stream,
inside a picture too, as the manuals warn. Out of paper or with an open cover it goes
offline, keeps what it has and goes on after the roll is changed.
"""
import argparse
import io
import json
import os
import pathlib
import select
import socket
import subprocess
import sys
import termios
import threading
import time
import tty

from PIL import Image, ImageDraw, ImageFont

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D
LINE_SPACING = 30  # dots, as after ESC 2
DOTS_PER_MM = 8
BORDER = 32  # white around the picture, as paper has


class Page:
    """What is on the paper since the last cut, one byte a dot (0 black)."""

    def __init__(self, dots):
        self.dots, self.rows = dots, []

    def feed(self, rows):
        white = bytes([255]) * self.dots
        self.rows.extend([white] * rows)

    def image(self, picture, left=0):
        """Append a 1-bit picture (mode L, black on white), clipped at the print width."""
        canvas = Image.new("L", (self.dots, picture.height), 255)
        canvas.paste(picture, (left, 0))
        data = canvas.tobytes()
        self.rows.extend(data[at:at + self.dots] for at in range(0, len(data), self.dots))

    def save(self, path):
        picture = Image.frombytes("L", (self.dots, len(self.rows)), b"".join(self.rows))
        paper = Image.new("L", (self.dots + 2 * BORDER, len(self.rows) + 2 * BORDER), 255)
        paper.paste(picture, (BORDER, BORDER))
        paper.save(path)


def picture_of_bits(data, stride, height, wide=1, high=1):
    """Rows of packed bits, most significant left, 1 is black."""
    bits = Image.frombytes("1", (stride * 8, height), bytes(data)).convert("L")
    picture = Image.eval(bits, lambda value: 255 - value)
    if (wide, high) != (1, 1):
        picture = picture.resize((picture.width * wide, picture.height * high), Image.NEAREST)
    return picture


class Interpreter:
    """Queued commands: eats complete ones from the front of a buffer, draws on a page."""

    def __init__(self, printer):
        self.printer = printer
        self.reset()
        self.page = Page(printer.dots)
        self.unknown = 0

    def reset(self):
        self.align, self.bold, self.wide, self.high, self.spacing = 0, False, 1, 1, LINE_SPACING
        self.line, self.stored, self.qr = [], None, {"size": 3, "level": "L", "data": b""}

    def eat(self, data):
        """Bytes used of the first command, 0 when it is not all there yet."""
        first = data[0]
        if first == ESC:
            return self.escape(data)
        if first == GS:
            return self.group(data)
        if first == FS:
            return 2 if len(data) >= 2 else 0
        if first == DLE:
            return min(len(data), 3) if len(data) >= 3 else 0  # real-time, obeyed already
        if first == 0x0A:
            self.flush_line()
        elif first >= 0x20:
            self.line.append(bytes([first]).decode("cp437"))
        return 1

    def escape(self, data):
        if len(data) < 2:
            return 0
        command = data[1]
        if command == 0x40:  # @
            self.reset()
            return 2
        if command == 0x32:  # 2
            self.spacing = LINE_SPACING
            return 2
        if command in b"im":
            self.cut()
            return 2
        if command == 0x2A:  # * columns
            return self.columns(data)
        if command == 0x70:  # p drawer
            return 5 if len(data) >= 5 else 0
        if command == 0x42:  # B buzzer
            return 4 if len(data) >= 4 else 0
        if command in b"$\\D":
            return self.skip(data, 4)
        if len(data) < 3:
            return 0
        value = data[2]
        if command == 0x61:
            self.align = min(value % 48, 2)
        elif command == 0x45:
            self.bold = bool(value & 1)
        elif command == 0x33:
            self.spacing = value
        elif command == 0x4A:  # J feed dots
            self.flush_line(0)
            self.page.feed(value)
        elif command == 0x64:  # d feed lines
            self.flush_line(0)
            self.page.feed(value * self.spacing)
        elif command not in b"-tMRSVG{c!":
            self.unknown += 1
            return 2
        return 3

    @staticmethod
    def skip(data, length):
        return length if len(data) >= length else 0

    def columns(self, data):
        if len(data) < 5:
            return 0
        mode, count = data[2], data[3] | data[4] << 8
        high = 3 if mode in (32, 33) else 1
        if len(data) < 5 + count * high:
            return 0
        picture = Image.new("L", (count, high * 8), 255)
        for x in range(count):
            column = data[5 + x * high:5 + (x + 1) * high]
            for y in range(high * 8):
                if column[y // 8] >> (7 - y % 8) & 1:
                    picture.putpixel((x, y), 0)
        self.page.image(picture)
        return 5 + count * high

    def group(self, data):
        if len(data) < 2:
            return 0
        command = data[1]
        if command == 0x76:  # v 0 raster
            return self.raster(data)
        if command == 0x28:  # ( L k H
            if len(data) < 5:
                return 0
            length = data[3] | data[4] << 8
            if len(data) < 5 + length:
                return 0
            self.function(data[2], data[5:5 + length])
            return 5 + length
        if command == 0x38:  # 8 L, the same with four bytes of length
            if len(data) < 7:
                return 0
            length = int.from_bytes(data[3:7], "little")
            if len(data) < 7 + length:
                return 0
            self.function(data[2], data[7:7 + length])
            return 7 + length
        if command == 0x56:  # V cut
            if len(data) < 3:
                return 0
            if data[2] in (65, 66):
                if len(data) < 4:
                    return 0
                self.page.feed(data[3])
                self.cut()
                return 4
            self.cut()
            return 3
        if command in b"LWP$\\":
            return self.skip(data, 4)
        if len(data) < 3:
            return 0
        if command == 0x21:
            self.wide, self.high = (data[2] >> 4) + 1, (data[2] & 15) + 1
        elif command == 0x72:  # r status, after what stands before it
            self.printer.answer_queued(data[2])
        elif command == 0x61:  # a automatic status
            self.printer.set_automatic(data[2])
        elif command == 0x49:  # I identity
            self.printer.answer_identity(data[2])
        elif command not in b"BHhwfb":
            self.unknown += 1
            return 2
        return 3

    def raster(self, data):
        if len(data) < 8:
            return 0
        mode, stride = data[3], data[4] | data[5] << 8
        height = data[6] | data[7] << 8
        if len(data) < 8 + stride * height:
            return 0
        if stride and height:
            self.flush_line(0)
            self.page.image(picture_of_bits(data[8:8 + stride * height], stride, height,
                                            1 + (mode & 1), 1 + (mode >> 1 & 1)))
        return 8 + stride * height

    def function(self, kind, body):
        if kind == 0x4C and len(body) >= 2:  # L graphics
            if body[1] in (112, 48 + 64) and len(body) >= 10:
                stride = ((body[6] | body[7] << 8) + 7) // 8
                self.stored = picture_of_bits(body[10:], stride, body[8] | body[9] << 8,
                                              body[3], body[4])
            elif body[1] in (2, 50) and self.stored:
                self.page.image(self.stored)
                self.stored = None
        elif kind == 0x6B and len(body) >= 3 and body[0] == 49:  # k two-dimensional code
            self.code(body[1], body[2:])
        elif kind == 0x48 and len(body) >= 6 and body[0] == 48:  # H process id
            self.printer.answer_process(bytes(body[2:6]))

    def code(self, function, body):
        if function == 67:
            self.qr["size"] = body[0]
        elif function == 69:
            self.qr["level"] = "LMQH"[body[0] - 48]
        elif function == 80:
            self.qr["data"] = bytes(body[1:])
        elif function == 81 and self.qr["data"]:
            made = subprocess.run(["qrencode", "-t", "PNG", "-m", "0", "-s", str(self.qr["size"]),
                                   "-l", self.qr["level"], "-8", "-o", "-"],
                                  input=self.qr["data"], capture_output=True, check=True)
            self.place(Image.open(io.BytesIO(made.stdout)).convert("RGB").convert("L"))

    def place(self, picture):
        space = self.page.dots - picture.width
        self.page.image(picture, (0, space // 2, space)[self.align])

    def flush_line(self, least=None):
        """Print the characters that wait: font A, 12 x 24 dots."""
        text, self.line = "".join(self.line), []
        if not text:
            self.page.feed(self.spacing if least is None else least)
            return
        small = Image.new("L", (6 * len(text), 12), 255)
        ImageDraw.Draw(small).text((0, 0), text, fill=0, font=ImageFont.load_default())
        self.place(small.resize((12 * len(text) * self.wide, 24 * self.high), Image.NEAREST))
        self.page.feed(max(0, self.spacing - 24))

    def cut(self):
        self.flush_line(0)
        if not self.printer.cutter_jam:
            self.printer.slip_done(self.page)
            self.page = Page(self.printer.dots)


class Printer:
    def __init__(self, folder, dots, speed):
        self.folder, self.dots, self.speed = pathlib.Path(folder), dots, speed
        self.lock = threading.RLock()
        self.work = threading.Condition(self.lock)
        self.paper, self.near_end, self.cover, self.cutter_jam, self.hot = True, False, False, False, False
        self.stalled, self.powered = False, True
        self.abilities = "full"  # full | no-process-id | mute
        self.slow = 0            # bytes a second taken from the line, 0 as fast as they come
        self.die_at = self.paper_out_at = None
        self.automatic = 0
        self.buffer, self.carry = bytearray(), b""
        self.peer = None
        self.received = self.slips = self.job_bytes = 0
        self.job_began = None
        self.interpreter = Interpreter(self)
        threading.Thread(target=self.print_loop, daemon=True).start()

    # --- state ------------------------------------------------------------------

    def offline(self):
        return not self.paper or self.cover or self.cutter_jam or self.hot

    def status(self, n):
        """DLE EOT n: bits as in the manuals, fixed bits 1 and 4."""
        byte = 0x12
        if n == 1:
            byte |= 0x08 * self.offline()
        elif n == 2:
            byte |= 0x04 * self.cover | 0x20 * (not self.paper) | 0x40 * (self.cutter_jam or self.hot)
        elif n == 3:
            byte |= 0x08 * self.cutter_jam | 0x40 * self.hot
        elif n == 4:
            byte |= 0x0C * (self.near_end or not self.paper) | 0x60 * (not self.paper)
        return byte

    def automatic_status(self):
        return bytes([0x10 | 0x08 * self.offline() | 0x20 * self.cover,
                      0x08 * self.cutter_jam | 0x40 * self.hot,
                      0x03 * (self.near_end or not self.paper) | 0x0C * (not self.paper), 0])

    def say(self, data):
        if self.abilities == "mute" or self.stalled or not self.powered:
            return
        if self.peer:
            try:
                self.peer(data)
            except OSError:
                self.peer = None

    def answer_queued(self, n):
        self.say(bytes([0x03 * (self.near_end or not self.paper) | 0x0C * (not self.paper)
                        if n in (1, 49) else 0]))

    def answer_identity(self, n):
        if n in (1, 2, 3, 49, 50, 51):
            self.say(bytes([0x20 if n in (1, 49) else 0x02]))
        else:
            self.say(b"_VIRTUAL\0")

    def answer_process(self, identity):
        if self.abilities == "full":
            self.say(b"\x37\x22" + identity + b"\0")

    def set_automatic(self, mask):
        self.automatic = mask
        if mask:
            self.say(self.automatic_status())

    # --- bytes in ---------------------------------------------------------------

    def receive(self, data):
        """From the line; False when the printer has died in the middle."""
        with self.lock:
            if self.die_at is not None and self.received + len(data) >= self.die_at:
                data = data[:self.die_at - self.received]
                self.die_at, self.powered = None, False
                return False
            if self.job_began is None and data.strip(b"\0"):
                self.job_began, self.job_bytes = time.monotonic(), 0
            self.received += len(data)
            self.job_bytes += len(data)
            self.real_time(data)
            self.buffer += data
            self.work.notify()
            return True

    def real_time(self, data):
        """DLE EOT n and DLE DC4 8 wherever they stand, also across two pieces."""
        stream = self.carry + data
        at = 0
        while (at := stream.find(DLE, at)) >= 0:
            if len(stream) - at >= 3 and stream[at + 1] == 4 and 1 <= stream[at + 2] <= 4:
                self.say(bytes([self.status(stream[at + 2])]))
                at += 3
            elif stream[at:at + 10] == bytes([16, 20, 8, 1, 3, 20, 1, 6, 2, 8]):
                self.buffer.clear()
                self.interpreter = Interpreter(self)
                self.job_began = None
                self.say(b"\x37\x25\0")
                at += 10
            else:
                at += 1
        self.carry = stream[-2:] if DLE in stream[-2:] else b""
        if len(self.carry) == 2 and self.carry[0] != DLE:
            self.carry = self.carry[1:]

    def print_loop(self):
        while True:
            with self.work:
                while not self.buffer or self.offline() or self.stalled or not self.powered:
                    self.work.wait()
                rows = len(self.interpreter.page.rows)
                used = self.interpreter.eat(bytes(self.buffer))
                if used == 0:
                    self.work.wait(0.05)
                    continue
                del self.buffer[:used]
                printed = max(0, len(self.interpreter.page.rows) - rows)
                if self.paper_out_at is not None:
                    self.paper_out_at -= printed
                    if self.paper_out_at <= 0:
                        self.paper_out_at = None
                        self.change(paper=False)
            if self.speed and printed:
                time.sleep(printed / DOTS_PER_MM / self.speed)

    def slip_done(self, page):
        if not page.rows:
            return
        self.slips += 1
        path = self.folder / f"slip-{self.slips:03d}.png"
        page.save(path.with_suffix(".tmp.png"))
        path.with_suffix(".tmp.png").rename(path)
        with open(self.folder / "jobs.jsonl", "a") as log:
            log.write(json.dumps({"slip": path.name, "first_byte": self.job_began,
                                  "done": time.monotonic(), "bytes": self.job_bytes,
                                  "rows": len(page.rows), "unknown": self.interpreter.unknown}) + "\n")
        self.job_began = None

    # --- hands ------------------------------------------------------------------

    def change(self, **what):
        before = self.automatic_status()
        for name, value in what.items():
            setattr(self, name, value)
        if self.automatic and self.automatic_status() != before:
            self.say(self.automatic_status())
        self.work.notify_all()

    def order(self, line):
        """One order of the control socket; the answer as a dictionary."""
        word, _, number = line.strip().partition(" ")
        orders = {
            "paper-out": {"paper": False}, "paper-in": {"paper": True, "near_end": False},
            "near-end": {"near_end": True}, "cover-open": {"cover": True},
            "cover-close": {"cover": False}, "cutter-jam": {"cutter_jam": True},
            "cutter-clear": {"cutter_jam": False}, "hot": {"hot": True}, "cool": {"hot": False},
            "stall": {"stalled": True}, "resume": {"stalled": False},
            "off": {"powered": False}, "on": {"powered": True},
            "full": {"abilities": "full"}, "no-process-id": {"abilities": "no-process-id"},
            "mute": {"abilities": "mute"},
        }
        with self.lock:
            if word in orders:
                self.change(**orders[word])
                if word == "off":
                    self.forget()
            elif word == "die-at":
                self.die_at = self.received + int(number)
            elif word == "paper-out-after":
                self.paper_out_at = int(number)
            elif word == "slow":
                self.slow = int(number)
            elif word != "state":
                return {"error": f"unknown order {word!r}"}
            return {"slips": self.slips, "received": self.received, "paper": self.paper,
                    "offline": self.offline(), "powered": self.powered, "waiting": len(self.buffer),
                    "unknown": self.interpreter.unknown}

    def forget(self):
        """Power off: memory is gone, half a slip hangs out."""
        self.buffer.clear()
        self.carry, self.job_began, self.automatic = b"", None, 0
        self.interpreter = Interpreter(self)


def serve_line(printer, read, write, close):
    """One connection or port: bytes in, answers out, until it ends."""
    with printer.lock:
        printer.peer, printer.automatic = write, 0
    while printer.powered:
        if printer.stalled:
            time.sleep(0.01)  # takes nothing: the sender's buffers fill
            continue
        piece = read(max(1, printer.slow // 20) if printer.slow else 65536)
        if piece is None:
            continue
        if not piece or not printer.receive(piece):
            break
        if printer.slow:
            time.sleep(len(piece) / printer.slow)
    close()


def serve_tcp(printer, listener):
    """One client at a time, as most network printers do."""
    while True:
        if not printer.powered:
            time.sleep(0.02)
            continue
        try:
            listener.settimeout(0.1)
            client, _ = listener.accept()
        except socket.timeout:
            continue
        client.settimeout(0.1)

        def read(size, client=client):
            try:
                return client.recv(size)
            except socket.timeout:
                return None
            except OSError:
                return b""

        serve_line(printer, read, client.sendall, client.close)


def serve_pty(printer, link):
    ours, theirs = os.openpty()
    tty.setraw(theirs, termios.TCSANOW)
    pathlib.Path(link).unlink(missing_ok=True)
    os.symlink(os.ttyname(theirs), link)

    def read(size):
        if not select.select([ours], [], [], 0.1)[0]:
            return None
        return os.read(ours, size)

    def loop():
        while True:
            serve_line(printer, read, lambda data: os.write(ours, data), lambda: None)
            time.sleep(0.05)

    threading.Thread(target=loop, daemon=True).start()


def serve_control(printer, path):
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    pathlib.Path(path).unlink(missing_ok=True)
    listener.bind(path)
    listener.listen(4)

    def loop():
        while True:
            client, _ = listener.accept()
            with client, client.makefile("rw") as lines:
                for line in lines:
                    lines.write(json.dumps(printer.order(line)) + "\n")
                    lines.flush()

    threading.Thread(target=loop, daemon=True).start()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--tcp", type=int, default=0)
    parser.add_argument("--pty")
    parser.add_argument("--control")
    parser.add_argument("--dots", type=int, default=576)
    parser.add_argument("--speed", type=float, default=0, help="mm a second; 0: at once")
    arguments = parser.parse_args()
    printer = Printer(arguments.folder, arguments.dots, arguments.speed)
    listener = socket.create_server(("127.0.0.1", arguments.tcp))
    if arguments.pty:
        serve_pty(printer, arguments.pty)
    if arguments.control:
        serve_control(printer, arguments.control)
    print(json.dumps({"port": listener.getsockname()[1], "pty": arguments.pty}), flush=True)
    try:
        serve_tcp(printer, listener)
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
