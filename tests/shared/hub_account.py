"""Somebody with an account on a JupyterHub, by what their browser would ask for."""

import json
import time
import uuid

import requests
import websocket

WAIT = 60


class Account:
    """A user of a hub, logged in with a password.

    Attributes
    ----------
    name : str
    """

    def __init__(self, hub, name):
        self.name, self._hub = name, hub
        session = requests.Session()
        session.get(f"{hub}/hub/login")
        form = {"username": name, "password": f"password of {name}", "_xsrf": session.cookies["_xsrf"]}
        session.post(f"{hub}/hub/login", data=form)
        page = session.get(f"{hub}/hub/home")
        assert page.ok and page.url.endswith("/hub/home"), f"{name} cannot log in: {page.url}"
        made = session.post(
            f"{hub}/hub/api/users/{name}/tokens", headers={"X-XSRFToken": _xsrf(session)}, json={}
        )
        self.token = made.json()["token"]
        self._kernel = None

    def ask(self, method, path, of=None, **options):
        """Ask the server of an account, by default one's own."""
        return self._asked(method, f"/user/{of or self.name}/{path}", **options)

    def start(self):
        """Have the hub start one's server, and wait for it."""
        self._asked("POST", f"/hub/api/users/{self.name}/server").raise_for_status()
        end = time.monotonic() + WAIT
        while (
            not self._asked("GET", f"/hub/api/users/{self.name}").json()["servers"].get("", {}).get("ready")
        ):
            assert time.monotonic() < end, f"the server of {self.name} does not start"
            time.sleep(0.1)
        return self

    def read(self, path):
        """Return a notebook, or the text of a file, in one's home."""
        return self.ask("GET", f"api/contents/{path}").json()["content"]

    def write(self, path, notebook):
        """Save a notebook in one's home."""
        self.ask(
            "PUT", f"api/contents/{path}", json={"type": "notebook", "content": notebook}
        ).raise_for_status()

    def run(self, code):
        """Run code in one's kernel; return what it prints, or the last line of its error."""
        if self._kernel is None:
            identity = self.ask("POST", "api/kernels", json={}).json()["id"]
            address = f"{self._hub.replace('http', 'ws', 1)}/user/{self.name}/api/kernels/{identity}/channels"
            self._kernel = websocket.create_connection(
                address, header={"Authorization": f"token {self.token}"}, timeout=WAIT
            )
        number = uuid.uuid4().hex
        header = {
            "msg_id": number,
            "msg_type": "execute_request",
            "version": "5.3",
            "username": "",
            "session": "",
        }
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        message = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
        }
        self._kernel.send(json.dumps(message))
        said = ""
        while True:
            reply = json.loads(self._kernel.recv())
            if reply["parent_header"].get("msg_id") != number:
                continue
            if reply["msg_type"] == "stream":
                said += reply["content"]["text"]
            elif reply["msg_type"] == "error":
                said += f"{reply['content']['ename']}: {reply['content']['evalue']}"
            elif reply["msg_type"] == "status" and reply["content"]["execution_state"] == "idle":
                return said.strip()

    def _asked(self, method, path, **options):
        headers = {"Authorization": f"token {self.token}"}
        return requests.request(
            method, f"{self._hub}{path}", headers=headers, timeout=WAIT, allow_redirects=False, **options
        )


def _xsrf(session):
    found = [cookie.value for cookie in session.cookies if cookie.name == "_xsrf" and cookie.path == "/hub/"]
    return found[-1]
