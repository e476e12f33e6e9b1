# tests/clients/ansible/callback_plugins/tap.py - each assert of a play is a test, and so is each task
# with the tag "test"; any other task only shows itself when it fails.
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: tap
type: stdout
short_description: results as TAP lines
description: results as TAP lines
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "tap"

    def v2_playbook_on_play_start(self, play):
        self._display.display(f"# {play.get_name()}")

    def v2_runner_on_ok(self, result):
        if result._task.action.endswith("assert") or "test" in result._task.tags:
            self._display.display(f"ok - {self.name(result)}")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._display.display(f"not ok - {self.name(result)}")
        for word in "msg", "assertion", "commands", "module_stderr", "exception":
            for line in str(result._result.get(word, "")).splitlines():
                self._display.display(f"#   {word}: {line}")

    def v2_runner_on_unreachable(self, result):
        self.v2_runner_on_failed(result)

    def name(self, result):
        return " ".join(result._task.get_name().split())
