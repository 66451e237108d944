"""The real anjungan-voice: its sound in a file (SDL's disk driver, faster than it is heard), a
screen that this test plays, devices and programs that hang, packs that are spoilt.
Usage: program.py ANJUNGAN-VOICE PACK. Prints TAP.
"""
import array
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import wave

RATE = 22050
ANNOUNCE, SPEAK, HUSH, VOLUME, OFFICE, HELLO, DONE = 601, 602, 603, 604, 605, 701, 702
SAID, HUSHED, QUIET, BUSY, FAILED = range(5)
PATIENCE = 10


class Broken(Exception):
    """What the test waits for does not come."""


def text(word):
    data = word.encode()
    return struct.pack("<I", len(data)) + data


def announce(request, number="A-017", place="loket", counter=2, last=False):
    return struct.pack("<Hq", ANNOUNCE, request) + text(number) + text(place) + \
        struct.pack("<i?", counter, last)


def speak(request, words, language="id", interrupt=False):
    return struct.pack("<Hq", SPEAK, request) + text(language) + text(words) + bytes([interrupt])


class Screen:
    """Listens, as the face and the board do."""

    def __init__(self, path):
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        self.listener.listen()
        self.listener.settimeout(PATIENCE)
        self.peer, self.bytes = None, b""

    def greet(self):
        self.peer, _ = self.listener.accept()
        self.peer.settimeout(PATIENCE)
        kind, body = self.hear()
        if kind != HELLO or body != struct.pack("<i?", 1, True):
            raise Broken(f"no hello: {kind} {body}")
        return self

    def say(self, *messages):
        self.peer.sendall(b"".join(struct.pack("<I", len(one)) + one for one in messages))

    def hear(self):
        while True:
            if len(self.bytes) >= 4:
                size = struct.unpack("<I", self.bytes[:4])[0]
                if len(self.bytes) >= 4 + size:
                    frame, self.bytes = self.bytes[4:4 + size], self.bytes[4 + size:]
                    return struct.unpack("<H", frame[:2])[0], frame[2:]
            got = self.peer.recv(4096)
            if not got:
                raise Broken("the voice hung up")
            self.bytes += got

    def results(self, count):
        """{request: result} of the next answers, in their order."""
        found = {}
        for _ in range(count):
            kind, body = self.hear()
            if kind != DONE:
                raise Broken(f"message {kind} is no done")
            request, result = struct.unpack("<qi", body)
            found[request] = result
        return found

    def close(self):
        if self.peer:
            self.peer.close()
        self.listener.close()


class Stage:
    """A folder, a configuration, one voice at a time."""

    def __init__(self, program, pack, folder):
        self.program, self.pack, self.folder = program, pack, folder
        self.sound, self.log = folder / "sound", folder / "log"
        self.process = self.screen = None

    def configure(self, voice=""):
        path = self.folder / "there.ini"
        path.write_text(f"[kiosk]\nsocket_dir = {self.folder}\n[voice]\nvolume = 100\n{voice}")
        return ["--config", path]

    # LD_BIND_NOW as in the unit, which says why.
    def run(self, arguments, sound=None, delay="1", **popen):
        self.sound.unlink(missing_ok=True)
        env = dict(os.environ, LD_BIND_NOW="1", SDL_AUDIODRIVER="disk", SDL_DISKAUDIODELAY=delay,
                   SDL_DISKAUDIOFILE=str(sound or self.sound))
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([self.program, *arguments], stderr=log, env=env, **popen)

    def serve(self, voice="", **how):
        self.screen = Screen(self.folder / "voice.sock")
        self.run(self.configure(voice), **how)
        return self.screen.greet()

    def end(self):
        """Exit status; it must come soon."""
        if self.screen:
            self.screen.close()
            self.screen = None
            (self.folder / "voice.sock").unlink(missing_ok=True)
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def samples(self):
        data = array.array("h")
        data.frombytes(self.sound.read_bytes())
        return data

    def clip(self, name):
        with wave.open(str(self.pack / f"{name}.wav")) as clip:
            return clip.getnframes()

    def children(self):
        path = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        return pathlib.Path(path).read_text().split()


def until(true, what):
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise Broken(what)
        time.sleep(0.01)


def sounding(samples):
    """From the first sample that is not 0 to the last, and the runs of 0 between, (at, length)."""
    loud = [at for at, value in enumerate(samples) if value]
    runs = [(a + 1, b - a - 1) for a, b in zip(loud, loud[1:]) if b - a > 1]
    return (loud[0], loud[-1], runs) if loud else (0, -1, [])


# --- the cases: each gives its faults ---------------------------------------------------


def a_call_by_hand(stage):
    """Its sound, to the sample: no gap longer than the pause, no click where two clips meet."""
    stage.run([*stage.configure(), "--say", "A-017", "2"])
    code = stage.process.wait(30)
    samples = stage.samples()
    begin, last, runs = sounding(samples)
    once = [("nomor-antrean", 220), ("a", 220), ("nol", 40), ("satu", 40), ("tujuh", 220),
            ("silakan-menuju", 40), ("loket", 40), ("dua", 0)]
    one = sum(stage.clip(name) + RATE * pause // 1000 for name, pause in once)
    chime = RATE * 1300 // 1000 + RATE * 250 // 1000
    wanted = chime + 2 * one + RATE
    # Of the 8 ms before a sound and after it, some samples are 0 already.
    breath = RATE * 12 // 1000
    problems = [f"ended with {code}"] * (code != 0)
    if not wanted - 2 * breath <= last - begin + 1 <= wanted:
        problems.append(f"{last - begin + 1} samples, not {wanted}")
    longest = {"word": 0, "comma": 0, "between": 0}
    for _, length in runs:
        kind = "between" if length > RATE // 2 else "comma" if length > RATE // 8 else "word"
        longest[kind] = max(longest[kind], length)
    for kind, pause in (("word", 40), ("comma", 250), ("between", 1000)):
        if longest[kind] > RATE * pause // 1000 + 2 * breath:
            problems.append(f"{longest[kind]} samples of silence at a {kind}")
    if sum(length > RATE // 2 for _, length in runs) != 1:
        problems.append("it is not said twice")
    at = begin + chime
    for name, pause in once:
        for edge in (at, at + stage.clip(name) - 1):
            loudest = max(map(abs, samples[edge - 2:edge + 3]))
            problems += [f"a click of {loudest} at an end of {name}"] * (loudest > 300)
        at += stage.clip(name) + RATE * pause // 1000
    # The repetition is the same again.
    again = begin + chime + one + RATE
    if samples[begin + chime:begin + chime + one] != samples[again:again + one]:
        problems.append("the second time is another")
    return problems


def by_hand_it_is_strict(stage):
    problems = []
    for words in (["--say", "A"], ["--say", "A-017", "2", "3x", "y"], ["--say", "a-017"], ["--last"],
                  ["--say"], ["stray"], ["--say", "A-1", "../x"]):
        stage.run([*stage.configure(), *words])
        code = stage.process.wait(PATIENCE)
        problems += [f"{words}: {code}"] * (code != 2)
    stage.run(["--check", stage.pack], stdout=subprocess.DEVNULL)
    problems += ["the made pack is refused"] * (stage.process.wait(PATIENCE) != 0)
    stage.run(["--check", stage.folder])
    problems += ["no pack is accepted"] * (stage.process.wait(PATIENCE) != 1)
    return problems


def calls_come_one_after_another(stage):
    screen = stage.serve()
    screen.say(announce(1), announce(2, "B-002", "meja pengaduan", 0, True),
               announce(3, "nobody's"), announce(4, "C-003", "ruang rapat", 0))
    found = screen.results(4)
    problems = [f"answers {found}"] * (list(found.items()) != [(1, SAID), (2, SAID), (3, FAILED),
                                                              (4, SAID)])
    seconds = len(stage.samples()) / RATE
    problems += [f"only {seconds} s"] * (seconds < 36)  # the fourth by espeak-ng, framed the same
    problems += ["the word that is missing is not named"] * ("ruang-rapat" not in stage.log.read_text())
    return problems + [f"ended with {code}" for code in [stage.end()] if code]


def texts_are_spoken_and_not_kept(stage):
    screen = stage.serve()
    for request, language in enumerate(("id", "en", "bjn", "jv"), 1):
        screen.say(speak(request, "Isi nama lengkap. Lalu tekan Lanjut!", language))
    screen.say(speak(5, "x", "nl"), speak(6, ""), speak(7, "Zanzibar " * 60))
    found = screen.results(7)
    wanted = {1: SAID, 2: SAID, 3: SAID, 4: SAID, 5: FAILED, 6: SAID, 7: SAID}
    problems = [f"answers {found}"] * (found != wanted)
    memory = leftovers(stage.process.pid, (b"Zanzibar Zanzibar", b"nama lengkap"))
    problems += [f"still in memory: {word}" for word in memory]
    stage.end()
    if "anzibar" in stage.log.read_text():
        problems.append("the log says what was spoken")
    return problems


def leftovers(pid, words):
    """Which of them the process still holds."""
    found = set()
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            span, mode = line.split()[:2]
            if not mode.startswith("rw"):
                continue
            begin, end = (int(word, 16) for word in span.split("-"))
            try:
                memory.seek(begin)
                data = memory.read(end - begin)
            except OSError:
                continue
            found |= {word for word in words if word in data}
    return found


def a_hush_is_at_once(stage):
    screen = stage.serve(delay="46")  # as slow as it is heard
    screen.say(announce(1), speak(2, "Satu. Dua."), announce(3))
    until(lambda: stage.sound.exists() and len(stage.samples()) > RATE // 2, "no sound")
    screen.say(struct.pack("<H", HUSH))
    began = time.monotonic()
    found = screen.results(3)
    problems = [f"answers {found}"] * (set(found.values()) != {HUSHED} or len(found) != 3)
    problems += ["the hush took its time"] * (time.monotonic() - began > 1)
    length = len(stage.samples())
    time.sleep(0.3)
    problems += ["it goes on sounding"] * any(stage.samples()[length + 4096:])
    # Texts may be interrupted by a text; calls go on.
    screen.say(speak(4, "Satu dua tiga empat lima enam tujuh."), announce(5), speak(6, "Tujuh."))
    time.sleep(0.2)
    screen.say(speak(7, "Delapan.", interrupt=True))
    found = screen.results(2)
    problems += [f"interrupted: {found}"] * (found != {6: HUSHED, 4: HUSHED})
    screen.say(struct.pack("<H", HUSH))
    found = screen.results(2)
    problems += [f"then: {found}"] * (found != {7: HUSHED, 5: HUSHED})
    stage.end()
    return problems


def a_program_that_hangs_is_ended(stage):
    stand_in = stage.folder / "espeak"
    stand_in.write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    stand_in.chmod(0o755)
    screen = stage.serve(f"program = {stand_in}\n")
    screen.say(speak(1, "Rahasia."))
    until(stage.children, "it is not run")
    lines = [pathlib.Path(f"/proc/{pid}/cmdline").read_bytes() for pid in stage.children()]
    problems = ["the text is an argument"] * any(b"Rahasia" in line for line in lines)
    screen.say(struct.pack("<H", HUSH))
    found = screen.results(1)
    problems += [f"answers {found}"] * (found != {1: HUSHED})
    problems += ["its program lives on"] * bool(stage.children())
    stand_in.write_text("#!/bin/sh\nexit 1\n")
    screen.say(speak(2, "Rahasia."), announce(3))  # by recordings: the call comes all the same
    found = screen.results(2)
    problems += [f"answers {found}"] * (found != {2: FAILED, 3: SAID})
    stage.end()
    return problems


def the_program_leaves_nothing_behind(stage):
    """It does not even try to make a file or a folder: its calls, as it says a sentence."""
    calls, stand_in = stage.folder / "calls", stage.folder / "espeak"
    stand_in.write_text(f'#!/bin/sh\nexec /usr/bin/strace -f -q -o {calls} /usr/bin/espeak-ng "$@"\n')
    stand_in.chmod(0o755)
    screen = stage.serve(f"program = {stand_in}\n")
    screen.say(speak(1, "Satu."))
    found = screen.results(1)
    stage.end()
    lines = calls.read_text().splitlines()
    problems = [f"answers {found}"] * (found != {1: SAID}) + ["nothing is traced"] * (len(lines) < 50)
    makes = re.compile(r"^\d+ +((mkdir|mknod|symlink|link|rename|unlink|creat)\w*\(|open.*O_CREAT)")
    return problems + [line for line in lines if makes.match(line)]


def a_device_that_hangs_holds_nobody(stage):
    """A pipe that nobody reads: opening it never ends."""
    pipe = stage.folder / "pipe"
    os.mkfifo(pipe)
    screen = stage.serve(sound=pipe)
    screen.say(speak(1, "Satu."), announce(2))
    began = time.monotonic()
    found = screen.results(2)
    took = time.monotonic() - began
    problems = [f"answers {found}"] * (found != {1: FAILED, 2: FAILED})
    problems += [f"after {took:.1f} s"] * (took > 9)  # the second is not waited for at all
    screen.say(announce(3))
    problems += ["not told at once"] * (screen.results(1) != {3: FAILED})
    # It comes back: the device is open now, and played from then on.
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    end = time.monotonic() + PATIENCE
    result = None
    drain = subprocess.Popen(["/bin/cat"], stdin=reader, stdout=subprocess.DEVNULL)
    while result != SAID and time.monotonic() < end:
        screen.say(announce(4))
        result = screen.results(1)[4]
        time.sleep(0.1)
    problems += [f"and never comes back: {result}"] * (result != SAID)
    code = stage.end()
    problems += [f"ended with {code}"] * (code != 0)
    drain.wait(PATIENCE)
    os.close(reader)
    stage.serve(sound=pipe).say(announce(1))
    time.sleep(0.3)
    began = time.monotonic()
    code = stage.end()  # in the middle of the opening that never ends
    problems += [f"ended with {code} after {time.monotonic() - began:.1f} s"] * \
        (code != 0 or time.monotonic() - began > 4)
    return problems


def screens_come_and_go(stage):
    screen = stage.serve(delay="46")
    screen.say(announce(1), speak(2, "Satu."))
    until(lambda: stage.sound.exists() and any(stage.samples()), "no sound")
    screen.peer.close()
    screen.bytes = b""
    screen.greet()  # dialled again
    time.sleep(0.2)
    length = len(stage.samples())
    time.sleep(0.2)
    problems = ["what a screen asked for outlives it"] * any(stage.samples()[length + 4096:])
    screen.peer.sendall(struct.pack("<IH", 2, 1))  # another socket's message
    if screen.peer.recv(100) != b"":
        problems.append("nonsense is heard out")
    screen.greet()
    screen.say(*[speak(request, "Satu.") for request in range(1, 31)])
    found = screen.results(6)
    problems += [f"too many: {found}"] * (list(found.values())[0] != BUSY)
    screen.close()
    (stage.folder / "voice.sock").unlink()
    stage.screen = Screen(stage.folder / "voice.sock")
    stage.screen.greet()
    stage.end()
    return problems


def quiet_hours_are_for_calls(stage):
    screen = stage.serve("quiet = 00.00-24.00\n")
    screen.say(announce(1), speak(2, "Satu."))
    found = screen.results(2)
    problems = [f"answers {found}"] * (found != {1: QUIET, 2: SAID})
    stage.end()
    # The hour is the office's: nobody's clock is ahead of UTC by a day.
    hour = time.gmtime().tm_hour
    screen = stage.serve(f"quiet = {(hour + 11) % 24:02}.00-{(hour + 14) % 24:02}.00\n")
    screen.say(struct.pack("<Hi", OFFICE, 12 * 60 + 30), announce(1),
               struct.pack("<Hi", OFFICE, 0), struct.pack("<Hi", VOLUME, 0), announce(2))
    found = screen.results(2)
    problems += [f"elsewhere: {found}"] * (found != {1: SAID, 2: SAID})
    problems += ["loud at volume 0"] * any(stage.samples())
    stage.end()
    screen = stage.serve(f"quiet = {(hour + 11) % 24:02}.00-{(hour + 14) % 24:02}.00\n")
    screen.say(struct.pack("<Hi", OFFICE, 12 * 60 + 30))
    screen.say(announce(1))
    found = screen.results(1)
    problems += [f"there: {found}"] * (found != {1: QUIET})
    stage.end()
    return problems


def a_spoilt_pack_is_named_and_replaced(stage):
    own = stage.folder / "own"
    shutil.copytree(stage.pack, own)
    (own / "tujuh.wav").unlink()
    (own / "dua.wav").write_bytes(b"")
    screen = stage.serve(f"pack = {own}\n")
    screen.say(announce(1))
    found = screen.results(1)
    problems = [f"answers {found}"] * (found != {1: SAID})
    stage.end()
    log = stage.log.read_text()
    for words in (f"{own}/tujuh.wav: cannot be read", f"{own}/dua.wav: no WAV file",
                  f"{own} is not taken"):
        problems += [f"not in the log: {words}"] * (words not in log)
    # Its own recordings, where they are good, and no program at all.
    shutil.copy(stage.pack / "satu.wav", own / "tujuh.wav")
    shutil.copy(stage.pack / "satu.wav", own / "dua.wav")
    stage.run([*stage.configure(f"pack = {own}\nprogram = /nonexistent\n"), "--say", "A-7", "2"])
    problems += ["its own pack is not heard"] * (stage.process.wait(PATIENCE) != 0)
    begin, last, _ = sounding(stage.samples())
    clips = sum(stage.clip(name) for name in ("nomor-antrean", "a", "satu", "silakan-menuju",
                                              "loket", "satu"))
    wanted = RATE * 1550 // 1000 + 2 * (clips + RATE * 740 // 1000) + RATE
    problems += [f"{last - begin} samples, not {wanted}"] * (abs(last - begin - wanted) > RATE // 50)
    return problems


CASES = [a_call_by_hand, by_hand_it_is_strict, calls_come_one_after_another,
         texts_are_spoken_and_not_kept, a_hush_is_at_once, a_program_that_hangs_is_ended,
         the_program_leaves_nothing_behind, a_device_that_hangs_holds_nobody, screens_come_and_go,
         quiet_hours_are_for_calls, a_spoilt_pack_is_named_and_replaced]


def main():
    program, pack = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
    print(f"1..{len(CASES)}", flush=True)
    failed = 0
    for number, case in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory(prefix="anjungan-voice-") as folder:
            stage = Stage(program, pack, pathlib.Path(folder))
            try:
                problems = case(stage)
            except (Broken, OSError, subprocess.TimeoutExpired) as error:
                problems = [f"{type(error).__name__}: {error}"]
            if stage.process and stage.process.poll() is None:
                stage.process.kill()
                stage.process.wait()
            if problems:
                problems += stage.log.read_text().splitlines()[-5:]
        failed += bool(problems)
        print("not ok" if problems else "ok", number, "-", case.__name__.replace("_", " "), flush=True)
        for problem in problems:
            print("#  ", problem)
    sys.exit(1 if failed else 0)


main()
