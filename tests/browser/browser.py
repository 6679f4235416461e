"""Drives Chromium over its debugging pipe (DevTools protocol, NUL-ended JSON on two file descriptors). Python 3 standard library only.

    with Browser(find()) as b:
        page = b.page(width=390, dark=True)
        page.go("http://127.0.0.1:8080/")
        page.value("document.title")

Every host name but this machine's is mapped to nowhere; what a page asks for and what the console says is kept with it.
"""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

PATIENCE = 60  # seconds until a browser that does not answer counts as dead


def find():
    """The browser of CHROMIUM, else the first that is installed, else None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((shutil.which(x) for x in ("chromium", "chromium-browser", "google-chrome") if shutil.which(x)), None)


class Browser:
    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory()
        theirs, self.write = os.pipe()
        self.read, ours = os.pipe()
        command = [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
                   "--disable-background-networking", "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={self.folder.name}",
                   "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "about:blank"]

        # The browser reads on 3 and writes on 4. High numbers first, so that neither end is overwritten by the other.
        def pipes():
            a, b = os.dup2(theirs, 103), os.dup2(ours, 104)
            os.dup2(a, 3)
            os.dup2(b, 4)

        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=pipes,
                                        close_fds=False)
        os.close(theirs)
        os.close(ours)
        self.buffer, self.number, self.answers, self.pages = b"", 0, {}, {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
        except (OSError, RuntimeError):
            pass
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.write)
        os.close(self.read)
        self.folder.cleanup()

    def hear(self, until):
        """Takes one message, or none when the time is over."""
        while b"\0" not in self.buffer:
            if not select.select([self.read], [], [], max(0, until - time.monotonic()))[0]:
                return False
            piece = os.read(self.read, 1 << 20)
            if not piece:
                raise RuntimeError("the browser has gone")
            self.buffer += piece
        raw, _, self.buffer = self.buffer.partition(b"\0")
        message = json.loads(raw)
        if "id" in message:
            self.answers[message["id"]] = message
        elif message.get("sessionId") in self.pages:
            self.pages[message["sessionId"]].happened(message["method"], message["params"])
        return True

    def call(self, method, session=None, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        data, until = json.dumps(message).encode() + b"\0", time.monotonic() + PATIENCE
        while data:
            data = data[os.write(self.write, data):]
        while self.number not in self.answers:
            if not self.hear(until):
                raise RuntimeError(f"the browser does not answer {method}")
        answer = self.answers.pop(self.number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def page(self, **settings):
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        return Page(self, target, **settings)


class Page:
    """One tab: width and height in CSS pixels, dark or light, with or without scripts, on screen or printed."""

    def __init__(self, browser, target, width=1280, height=900, dark=False, scripts=True, zoom=1.0, print_=False):
        self.browser, self.target = browser, target
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.pages[self.session] = self
        self.asked, self.said, self.loaded, self.status, self.frame = [], [], False, 0, None
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.call("Emulation.setDeviceMetricsOverride", width=int(width / zoom), height=int(height / zoom), deviceScaleFactor=zoom, mobile=False)
        self.call("Emulation.setEmulatedMedia", media="print" if print_ else "",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}, {"name": "prefers-reduced-motion", "value": "reduce"}])
        if not scripts:
            self.call("Emulation.setScriptExecutionDisabled", value=True)

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def happened(self, method, p):
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Network.requestWillBeSent":
            self.asked.append(p["request"]["url"])
        elif method == "Network.responseReceived" and p["type"] == "Document":
            self.status = p["response"]["status"]
        elif method == "Runtime.consoleAPICalled":
            self.said.append(" ".join(str(a.get("value", a.get("description"))) for a in p["args"]))
        elif method == "Runtime.exceptionThrown":
            self.said.append(p["exceptionDetails"].get("text", "") + " " + str(p["exceptionDetails"].get("exception", {}).get("description")))
        elif method == "Log.entryAdded":
            self.said.append(p["entry"]["text"])

    def wait(self, what):
        until = time.monotonic() + PATIENCE
        while not what():
            if not self.browser.hear(until):
                raise RuntimeError("the page does not load")

    def go(self, url):
        self.loaded, self.asked, self.said, self.status = False, [], [], 0
        self.call("Page.navigate", url=url)
        self.wait(lambda: self.loaded)

    def value(self, expression):
        """What an expression of JavaScript comes to; a promise is waited for."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def key(self, key, code=None, number=0, shift=False):
        text = key if len(key) == 1 else "\r" if key == "Enter" else ""
        more = {"key": key, "code": code or key, "windowsVirtualKeyCode": number or (ord(key.upper()) if len(key) == 1 else 0), "modifiers": 8 if shift else 0}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **more)
        self.call("Input.dispatchKeyEvent", type="keyUp", **more)

    def tab(self):
        self.key("Tab", number=9)

    def picture(self, path, whole=False):
        params = {"format": "png"}
        if whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            params.update(captureBeyondViewport=True, clip={"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1})
        with open(path, "wb") as f:
            f.write(base64.b64decode(self.call("Page.captureScreenshot", **params)["data"]))

    def close(self):
        self.browser.pages.pop(self.session, None)
        self.browser.call("Target.closeTarget", targetId=self.target)
