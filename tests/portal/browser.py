"""A headless Chromium, spoken to over a pipe (DevTools protocol): pages are opened, read,
clicked and typed into as a person would, by what stands on them."""
import base64
import hashlib
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import tempfile
import time

PHONE, OFFICE = (390, 844), (1280, 900)

# The node of that label: a field by its label, a button, link or summary by its words.
FIND = """(words) => {
  const clean = (text) => text.replace(/\\s+/g, ' ').trim();
  const seen = (node) => node.offsetParent !== null;
  for (const label of document.querySelectorAll('label'))
    if (clean(label.innerText) === words && seen(label)) return document.getElementById(label.htmlFor);
  const nodes = [...document.querySelectorAll('button,summary,a')].filter(seen);
  return nodes.find((node) => clean(node.innerText) === words) ||
         nodes.find((node) => clean(node.innerText).startsWith(words)) || null;
}"""


class BrowserError(Exception):
    """The page is not as it should be."""


def end_with_parent():
    os.setpgid(0, 0)


class Browser:
    """One process; each tab has cookies of its own. `certificate` (PEM) is the one server
    that it trusts beside the world's authorities."""

    def __init__(self, certificate):
        program = shutil.which("chromium")
        if not program:
            raise SystemExit("chromium is not installed (tests/packages.txt)")
        self.folder = tempfile.mkdtemp(prefix="anjungan-browser-")
        public = subprocess.run(f"openssl x509 -in '{certificate}' -pubkey -noout | "
                                "openssl pkey -pubin -outform der", shell=True, check=True,
                                capture_output=True).stdout
        pin = base64.b64encode(hashlib.sha256(public).digest()).decode()
        command = [
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync",
            "--disable-component-update", "--disable-extensions", "--hide-scrollbars",
            "--mute-audio", "--no-proxy-server", f"--user-data-dir={self.folder}",
            f"--ignore-certificate-errors-spki-list={pin}", "--remote-debugging-pipe", "about:blank"]
        theirs_in, self.out = os.pipe()
        self.back, theirs_out = os.pipe()
        become = f'exec 3<&{theirs_in} 4>&{theirs_out} "$@"'
        self.process = subprocess.Popen(
            ["/bin/bash", "-c", become, "bash", *command], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, preexec_fn=end_with_parent,
            pass_fds=[theirs_in, theirs_out], env=dict(os.environ, HOME=self.folder))
        os.close(theirs_in)
        os.close(theirs_out)
        self.number, self.rest, self.events = 0, b"", []

    def close(self):
        try:
            self.ask("Browser.close")
            self.process.wait(10)
        except (BrowserError, OSError, subprocess.TimeoutExpired):
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.out)
        os.close(self.back)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- the wire -----------------------------------------------------------------

    def message(self, until):
        """The next one from the browser; None when the time is over."""
        while b"\0" not in self.rest:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.back], [], [], left)[0]:
                return None
            piece = os.read(self.back, 1 << 20)
            if not piece:
                raise BrowserError("the browser ended")
            self.rest += piece
        text, _, self.rest = self.rest.partition(b"\0")
        return json.loads(text)

    def ask(self, method, session=None, patience=20, **parameters):
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.out, data):]
        until = time.monotonic() + patience
        while True:
            answer = self.message(until)
            if answer is None:
                raise BrowserError(f"no answer to {method}")
            if answer.get("id") == number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def tab(self, size=OFFICE):
        return Tab(self, size)


class Tab:
    def __init__(self, browser, size):
        self.browser = browser
        context = browser.ask("Target.createBrowserContext")["browserContextId"]
        target = browser.ask("Target.createTarget", url="about:blank", browserContextId=context)
        self.target = target["targetId"]
        self.session = browser.ask("Target.attachToTarget", targetId=self.target,
                                   flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")
        self.ask("Page.setLifecycleEventsEnabled", enabled=True)
        self.status, self.headers, self.complaints = None, {}, []
        self.resize(size)

    def ask(self, method, **parameters):
        return self.browser.ask(method, self.session, **parameters)

    def resize(self, size):
        self.ask("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1],
                 deviceScaleFactor=1, mobile=size[0] < 600)

    def run(self, script):
        """What a script in the page gives."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True,
                          awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    # --- going somewhere -----------------------------------------------------------

    def loaded(self, act, patience=20):
        """Do it, and wait for the page that follows."""
        self.take_events()
        act()
        until = time.monotonic() + patience
        while not self.take_events():
            message = self.browser.message(until)
            if message is None:
                raise BrowserError(f"no page follows; there is: {self.text()[:400]}")
            self.browser.events.append(message)

    def take_events(self):
        """Read what the browser told; True when a page was loaded."""
        done, others = False, []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                others.append(event)
                continue
            method, told = event["method"], event["params"]
            if method == "Network.responseReceived" and told["type"] == "Document":
                self.status = told["response"]["status"]
                self.headers = {k.lower(): v for k, v in told["response"]["headers"].items()}
            elif method == "Log.entryAdded" and told["entry"]["source"] != "network":
                self.complaints.append(told["entry"]["text"])
            elif method == "Page.javascriptDialogOpening":
                raise BrowserError(f"a script of the page speaks: {told['message']}")
            done = done or method == "Page.loadEventFired"
        self.browser.events = others
        return done

    def open(self, url):
        self.loaded(lambda: self.ask("Page.navigate", url=url))

    # --- looking -------------------------------------------------------------------

    def text(self):
        return self.run("document.body.innerText")

    def expect(self, *words):
        text = " ".join(self.text().split())
        for one in words:
            if one not in text:
                raise BrowserError(f"no {one!r} on the page: {text[:1500]}")

    def expect_no(self, *words):
        text = " ".join(self.text().split())
        for one in words:
            if one in text:
                raise BrowserError(f"{one!r} stands on the page: {text[:1500]}")

    def has(self, words):
        return self.run(f"({FIND})({json.dumps(words)}) !== null")

    def frames(self):
        """Where the pages inside this one, from other sites, really are."""
        found = []
        for one in self.browser.ask("Target.getTargets")["targetInfos"]:
            if one.get("parentId") == self.target:
                session = self.browser.ask("Target.attachToTarget", targetId=one["targetId"],
                                           flatten=True)["sessionId"]
                answer = self.browser.ask("Runtime.evaluate", session, expression="location.href")
                found.append(answer["result"]["value"])
        return found

    def place(self, words):
        """The middle of a node, brought into view."""
        found = self.run(
            f"(() => {{ const node = ({FIND})({json.dumps(words)}); if (!node) return null;"
            "node.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const r = node.getBoundingClientRect();"
            "return [r.x + r.width / 2, r.y + r.height / 2]; })()")
        if not found:
            raise BrowserError(f"no {words!r} to press: {' '.join(self.text().split())[:1500]}")
        return found

    def shot(self, path):
        height = self.run("document.documentElement.scrollHeight")
        width = self.run("innerWidth")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        data = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                        clip=clip)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    # --- hands ------------------------------------------------------------------------

    def press(self, words):
        x, y = self.place(words)
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def follow(self, words):
        """Press what leads to another page."""
        self.loaded(lambda: self.press(words))

    def choose(self, words, files):
        """Files for a field, as the browser's own window would give them."""
        node = self.ask("Runtime.evaluate", expression=f"({FIND})({json.dumps(words)})")["result"]
        self.ask("DOM.setFileInputFiles", objectId=node["objectId"],
                 files=[str(path) for path in files])

    def wait_for(self, words, patience=20):
        """Until the page says it."""
        until = time.monotonic() + patience
        while words not in " ".join(self.text().split()):
            if time.monotonic() > until:
                self.expect(words)
            time.sleep(0.03)

    def fill(self, words, text):
        self.press(words)
        self.run("document.activeElement.select()")
        self.ask("Input.insertText", text=text)

    def key(self, name):
        code, letter = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " ")}[name]
        for kind in ("keyDown", "keyUp"):
            told = {"text": letter} if letter and kind == "keyDown" else {}
            self.ask("Input.dispatchKeyEvent", type=kind, key=name, code=name,
                     windowsVirtualKeyCode=code, **told)
