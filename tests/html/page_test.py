#!/usr/bin/env python3
"""The hand-over page in headless Chromium, driven through chromedriver's own protocol (W3C WebDriver).

usage: page_test.py SCHEMAC EXAMPLES
"""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
SKIPPED = 77


class Browser:
    """One session with one page."""

    def __init__(self, folder, scheme="light"):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.driver = subprocess.Popen(["chromedriver", f"--port={self.port}"], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}"]
        if scheme == "dark":
            arguments.append("--force-dark-mode")
        for _ in range(100):
            try:
                answer = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
                    "browserName": "chrome", "goog:chromeOptions": {"args": arguments}}}}, session="")
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        else:
            raise RuntimeError("chromedriver did not start")
        self.session = "/session/" + answer["sessionId"]

    def call(self, method, path, body=None, session=None):
        url = f"http://127.0.0.1:{self.port}{self.session if session is None else session}{path}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply)["value"]

    def open(self, path):
        self.call("POST", "/url", {"url": pathlib.Path(path).as_uri()})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def click(self, selector):
        element = self.call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]
        self.call("POST", f"/element/{element}/click", {})

    def keys(self, text):
        strokes = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


LISTEN = "window.copied = null; document.addEventListener('copy', () => {});" \
         "const put = DataTransfer.prototype.setData;" \
         "DataTransfer.prototype.setData = function (kind, text) { window.copied = text; put.call(this, kind, text); };"

# Colours as three numbers, and their contrast (WCAG 2, 1.4.3).
CONTRAST = """
const light = text => { const [r, g, b] = text.match(/[0-9.]+/g).map(Number).map(c => {
  c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const worst = [];
for (const [selector, ground] of [['h1', 'body'], ['.hint', 'body'], ['a', 'body'], ['.k', 'pre'], ['.s', 'pre'],
                                  ['.c', 'pre'], ['.n', 'pre'], ['.loses', 'body'], ['button', 'button']]) {
  const element = document.querySelector(selector);
  if (!element) continue;
  const pair = [light(getComputedStyle(element).color), light(getComputedStyle(document.querySelector(ground)).backgroundColor)].sort((a, b) => b - a);
  const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
  if (contrast < 4.5) worst.push([selector, contrast]);
}
return worst;
"""


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def check_page(browser, page, parts):
    browser.open(page)
    count = browser.run("return document.querySelectorAll('section.part').length")
    check(count == len(parts), f"{count} parts on the page, {len(parts)} files")
    browser.run(LISTEN)
    for number, part in enumerate(parts, 1):
        wanted = part.read_bytes()
        browser.click(f"#part-{number} button")
        copied = browser.run("return window.copied")
        check(copied is not None and copied.encode() == wanted, f"the button of part {number} copies something else")
    check(browser.run("return performance.getEntriesByType('resource').length") == 0, "the page loads something")

    # Keys: to the first part, copy it, tick it off, on to the second.
    browser.open(page)
    browser.run(LISTEN)
    browser.keys("jcxj")
    check(browser.run("return window.copied").encode() == parts[0].read_bytes(), "c does not copy")
    check(browser.run("return document.activeElement.id") == "part-2", "j does not go on")
    browser.open(page)
    ticked = browser.run("return [...document.querySelectorAll('section.part input')].map(box => box.checked)")
    check(ticked == [True] + [False] * (len(parts) - 1), f"the ticks are not remembered: {ticked}")
    names = browser.run("return [...document.querySelectorAll('button, a, input, pre')].every(e => e.tabIndex === 0)")
    check(names, "something cannot be reached by the keyboard")
    check(browser.run("return document.querySelector('svg') !== null"), "no diagram")
    check(browser.run(CONTRAST) == [], f"colours too close: {browser.run(CONTRAST)}")


def check_print(browser):
    browser.call("POST", "/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {"media": "print"}})
    hidden = browser.run("return getComputedStyle(document.querySelector('button')).display")
    whole = browser.run("return [...document.querySelectorAll('pre')].every(e => e.scrollHeight <= e.clientHeight + 1)")
    check(hidden == "none", "buttons are printed")
    check(whole, "print cuts the SQL off")


def main():
    schemac, examples = sys.argv[1:]
    if not shutil.which("chromedriver") or not shutil.which("chromium"):
        print("no chromium or chromedriver")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for project in ("booking", "provisioning"):
            source = os.path.join(examples, project)
            subprocess.run([schemac, "-C", source, "script", "--html", str(root / f"{project}.html")], check=True,
                           stdout=subprocess.DEVNULL)
            subprocess.run([schemac, "-C", source, "script", "--out", str(root / project)], check=True,
                           stdout=subprocess.DEVNULL)
        for scheme in ("light", "dark"):
            browser = Browser(root / scheme, scheme)
            try:
                browser.call("POST", "/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {
                    "features": [{"name": "prefers-color-scheme", "value": scheme}]}})
                for project in ("booking", "provisioning"):
                    check_page(browser, root / f"{project}.html", sorted((root / project).iterdir()))
                check_print(browser)
            finally:
                browser.close()
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
