# tests/clients/results.py - what the Python clients share: results, and the router's own view.
#
# A result is a line "ok - what" or "not ok - what", the detail below as comments.
import os
import re
import subprocess
import sys
import traceback

failures = 0


def ok(good, name, detail=""):
    global failures
    print(("ok - " if good else "not ok - ") + name, flush=True)
    if not good:
        failures += 1
        for line in str(detail).splitlines():
            print("#   " + line, flush=True)
    return good


def same(got, wanted, name):
    return ok(got == wanted, name, f"got:\n{got!r}\nwanted:\n{wanted!r}")


def like(text, regexp, name):
    return ok(re.search(regexp, text, re.M), name, f"no {regexp!r} in\n{text!r}")


def unlike(text, regexp, name):
    return ok(not re.search(regexp, text, re.M), name, f"a {regexp!r} in\n{text!r}")


def router(*lines):
    """What the router's own console says to these lines."""
    arguments = [word for line in lines for word in ("-c", line)]
    done = subprocess.run([os.environ["ACEGATE"], *arguments], capture_output=True, text=True)
    return done.stdout + done.stderr


def finish():
    sys.exit(failures > 0)


def run(*tests):
    """Each test is a function; one that raises has failed under its own name, and the next one runs."""
    for test in tests:
        try:
            test()
        except Exception:
            ok(False, test.__name__.replace("_", " "), traceback.format_exc())
    finish()
