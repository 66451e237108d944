"""A virtual receipt printer: takes the bytes a real one takes, answers what a real one
answers, and leaves a picture of every slip.

    printer.py FOLDER [--tcp PORT] [--pty LINK] [--control SOCKET] [--dots 576] [--units 2]
               [--buffer 65536] [--speed 150]

Prints one JSON line, {"port": N, "pty": PATH}, once it listens. Slips are FOLDER/slip-NNN.png;
FOLDER/jobs.jsonl has a line for each: when its first byte came (monotonic seconds), how many
bytes, which picture. The control socket takes one word a line, see Printer.order.

Written from the manuals of Epson, Bixolon and HPRT printers; it shares nothing with the
encoder it tests. Real-time commands (DLE ...) are obeyed wherever they stand in the stream,
inside a picture too, as the manuals warn. Out of paper or with an open cover it goes
offline, keeps what it has, takes no more than its buffer holds and goes on after the roll
is changed. Feeds count in motion units: 1/406 inch on Epson's (two a dot), a dot on most
clones (--units 1). A slip that is not cut is torn off after a moment's silence.
"""
import argparse
import json
import os
import pathlib
import re
import select
import socket
import sys
import termios
import threading
import time
import tty

from interpreter import DLE, DOTS_PER_MM, Interpreter

# Status questions, zeros and clearing begin no job.
APART = re.compile(rb"\x10(?:\x04[\x01-\x04]|\x14\x08.{7}|\Z)|\x10\x04\Z|\0", re.S)
CLEAR = bytes([16, 20, 8, 1, 3, 20, 1, 6, 2, 8])  # DLE DC4 8
TEAR_AFTER = 0.7  # seconds of silence after which a slip without a cut is torn off


class Printer:
    def __init__(self, folder, dots=576, units=2, room=65536, speed=0):
        self.folder, self.dots, self.units, self.speed = pathlib.Path(folder), dots, units, speed
        self.room = room         # bytes of its receive buffer
        self.lock = threading.RLock()
        self.work = threading.Condition(self.lock)
        self.paper, self.near_end, self.cover, self.cutter_jam, self.hot = True, False, False, False, False
        self.stalled, self.powered = False, True
        self.abilities = "full"  # full | no-process-id | mute
        self.slow = 0            # bytes a second taken from the line, 0 as fast as they come
        self.die_at = self.unplug_at = self.paper_out_at = None
        self.automatic = 0
        self.buffer, self.carry = bytearray(), b""
        self.peer = None
        self.received = self.slips = self.job_bytes = 0
        self.job_began, self.heard, self.hungry = None, 0.0, False
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
                self.forget()
                return False
            unplugged = self.unplug_at is not None and self.received + len(data) >= self.unplug_at
            if unplugged:
                data, self.unplug_at = data[:self.unplug_at - self.received], None
            if self.job_began is None and APART.sub(b"", data):
                self.job_began, self.job_bytes = time.monotonic(), 0
            self.received += len(data)
            self.job_bytes += len(data)
            self.buffer += self.real_time(data)
            self.heard = time.monotonic()
            self.work.notify()
            return not unplugged

    def real_time(self, data):
        """Obey DLE EOT n and DLE DC4 8 wherever they stand, also across two pieces; the
        bytes that a clearing leaves over."""
        stream = self.carry + data
        at = done = 0
        while (at := stream.find(DLE, at)) >= 0:
            if len(stream) - at >= 3 and stream[at + 1] == 4 and 1 <= stream[at + 2] <= 4:
                self.say(bytes([self.status(stream[at + 2])]))
                at = done = at + 3
            elif stream[at:at + len(CLEAR)] == CLEAR:
                self.forget_data()
                self.say(b"\x37\x25\0")
                at = done = at + len(CLEAR)
                data = stream[at:]
            else:
                at += 1
        self.carry = stream[max(done, len(stream) - len(CLEAR) + 1):]
        return data

    def print_loop(self):
        while True:
            with self.work:
                while not self.buffer or self.offline() or self.stalled or not self.powered:
                    self.work.wait(TEAR_AFTER if self.interpreter.page.rows else None)
                    self.tear()
                rows = len(self.interpreter.page.rows)
                used = self.interpreter.eat(bytes(self.buffer))
                self.hungry = used == 0
                if self.hungry:
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

    def tear(self):
        """A hand takes the slip that no blade cut off."""
        quiet = time.monotonic() - self.heard >= TEAR_AFTER
        if quiet and not self.buffer and not self.offline() and self.powered:
            self.interpreter.cut()

    def slip_done(self, page):
        if not page.rows:
            return
        self.slips += 1
        path = self.folder / f"slip-{self.slips:03d}.png"
        page.save(path.with_suffix(".tmp.png"))
        with open(self.folder / "jobs.jsonl", "a") as log:
            log.write(json.dumps({"slip": path.name, "first_byte": self.job_began,
                                  "done": time.monotonic(), "bytes": self.job_bytes,
                                  "rows": len(page.rows), "unknown": self.interpreter.unknown}) + "\n")
        path.with_suffix(".tmp.png").rename(path)  # last: who sees it finds its line too
        if len(self.buffer) < 32:  # else this was only the rest of an older slip
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
        if word in ("die-at", "unplug-at", "paper-out-after", "slow") and not number.isdecimal():
            return {"error": f"{word} NUMBER"}
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
            elif word == "unplug-at":
                self.unplug_at = self.received + int(number)
            elif word == "paper-out-after":
                self.paper_out_at = int(number)
            elif word == "slow":
                self.slow = int(number)
            elif word != "state":
                return {"error": f"unknown order {word!r}"}
            return {"slips": self.slips, "received": self.received, "paper": self.paper,
                    "offline": self.offline(), "powered": self.powered, "waiting": len(self.buffer),
                    "unknown": self.interpreter.unknown}

    def forget_data(self):
        self.buffer.clear()
        self.interpreter.reset()
        self.job_began = None

    def forget(self):
        """Power off: memory is gone, what is on paper stays there."""
        self.forget_data()
        self.carry, self.automatic = b"", 0

    def free(self):
        """Bytes it would take now. A command that is being printed passes through."""
        passing = 8192 if self.hungry and not self.offline() else 0
        return max(0, self.room + passing - len(self.buffer))


def serve_line(printer, read, write, close, gone=lambda: False):
    """One connection or port: bytes in, answers out, until it ends."""
    with printer.lock:
        printer.peer, printer.automatic = write, 0
    while printer.powered:
        if gone():
            break
        room = printer.free()
        if printer.stalled or room == 0:
            time.sleep(0.01)  # takes nothing: the sender's buffers fill
            continue
        piece = read(min(max(1, printer.slow // 20) if printer.slow else 65536, room))
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
        ends = select.poll()
        ends.register(client, 0)  # only errors: a reset is seen with unread bytes waiting too

        def read(size, client=client):
            try:
                return client.recv(size)
            except socket.timeout:
                return None
            except OSError:
                return b""

        serve_line(printer, read, client.sendall, client.close, lambda: bool(ends.poll(0)))


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

    def serve(client):
        try:
            with client, client.makefile("rw") as lines:
                for line in lines:
                    lines.write(json.dumps(printer.order(line)) + "\n")
                    lines.flush()
        except (OSError, UnicodeDecodeError):
            pass  # who leaves early, or says what is no text, ends for himself alone

    def loop():
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    threading.Thread(target=loop, daemon=True).start()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--tcp", type=int, default=0)
    parser.add_argument("--pty")
    parser.add_argument("--control")
    parser.add_argument("--dots", type=int, default=576)
    parser.add_argument("--units", type=int, default=2, help="motion units a dot")
    parser.add_argument("--buffer", type=int, default=65536, help="bytes it takes in at most")
    parser.add_argument("--speed", type=float, default=0, help="mm a second; 0: at once")
    arguments = parser.parse_args()
    printer = Printer(arguments.folder, arguments.dots, arguments.units, arguments.buffer,
                      arguments.speed)
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
