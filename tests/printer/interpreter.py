"""What the queued commands of a receipt printer mean: bytes to dots on paper.

Written from the manuals of Epson, Bixolon and HPRT printers; shares nothing with the
encoder that it tests.
"""
import io
import subprocess

from PIL import Image, ImageDraw, ImageFont

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D
LINE_SPACING = 30  # dots, as after ESC 2
DOTS_PER_MM = 8
CODE_PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}  # Epson's numbers
BORDER = 32  # white around the picture, as paper has


class Page:
    """What is on the paper since the last cut, one byte a dot (0 black)."""

    def __init__(self, dots, units):
        self.dots, self.units, self.rows, self.rest = dots, units, [], 0

    def move(self, steps):
        """Feed by motion units; what is less than a dot waits for the next."""
        rows, self.rest = divmod(self.rest + steps, self.units)
        self.feed(rows)

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
        self.page = Page(printer.dots, printer.units)
        self.unknown = 0

    def reset(self):
        self.align, self.bold, self.wide, self.high, self.spacing = 0, False, 1, 1, LINE_SPACING
        self.code_page = "cp437"
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
            self.line.append(bytes([first]).decode(self.code_page, "replace"))
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
        elif command == 0x74:  # t code page
            self.code_page = CODE_PAGES.get(value, "cp437")
        elif command == 0x33:
            self.spacing = value // self.page.units
        elif command == 0x4A:  # J feed motion units
            self.flush_line(0)
            self.page.move(value)
        elif command == 0x64:  # d feed lines
            self.flush_line(0)
            self.page.feed(value * self.spacing)
        elif command not in b"-MRSVG{c!":
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
                self.page.move(data[3])
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
            self.place(Image.open(io.BytesIO(made.stdout)).convert("RGBA").convert("L"))

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
            self.page = Page(self.printer.dots, self.printer.units)
