"""JupyterHub for one class on one machine; README.md beside this file says how it is set up.

Every learner has an account of the system and a server of their own, which runs as that account. What keeps
them apart are the rights of the accounts.
"""

import os
import pwd

from mlcourse.lab import SETTINGS

c = get_config()  # noqa: F821 - traitlets puts get_config into this file's namespace

ENVIRONMENT = "/opt/mlcourse"
INSTRUCTOR = "instructor"
COURSE = f"/home/{INSTRUCTOR}/backpropagation"
"""The instructor's clone of the course, with the solutions and the gradebook."""
GRADED_AS_THEY_ARRIVE = ["02-two-layer-network"]
"""Lessons that are released and open; add the next one and restart the hub."""

# On the loopback address: put a server with TLS before it, such as nginx or Caddy. A domain with a name for
# each learner keeps their pages apart in the browser, too:
# c.JupyterHub.subdomain_host = "https://hub.example.org"
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.db_url = "sqlite:////srv/mlcourse/hub/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = "/srv/mlcourse/hub/cookie_secret"
c.ConfigurableHTTPProxy.pid_file = "/srv/mlcourse/hub/proxy.pid"

# Who may log in, with the password of the system. Nobody is the hub's administrator: root is.
c.JupyterHub.authenticator_class = "pam"
c.LocalAuthenticator.allowed_groups = {"learners"}
c.Authenticator.allowed_users = {INSTRUCTOR}

c.JupyterHub.spawner_class = "localprocess"
c.Spawner.cmd = [f"{ENVIRONMENT}/bin/jupyterhub-singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.args = [
    "--KernelManager.transport=ipc",  # on a port, every account could listen to what a kernel says
    "--MappingKernelManager.cull_idle_timeout=3600",
    "--ServerApp.shutdown_no_activity_timeout=7200",
]


def prepare(spawner):
    """Close the learner's home to others, and choose the tools that the account sees."""
    home = pwd.getpwnam(spawner.user.name).pw_dir
    os.chmod(home, 0o700)
    instructor = spawner.user.name == INSTRUCTOR
    settings = [SETTINGS / "everyone", COURSE if instructor else SETTINGS / "student"]
    spawner.environment = {
        "JUPYTER_CONFIG_PATH": os.pathsep.join(map(str, settings)),
        # A socket's path has a hundred letters at most, and Jupyter's own folder takes half of them.
        "JUPYTER_RUNTIME_DIR": f"{home}/.run",
        "OPENBLAS_NUM_THREADS": "1",  # of the small products here, more threads only cost the others time
        "PATH": f"{ENVIRONMENT}/bin:/usr/local/bin:/usr/bin:/bin",
    }


c.Spawner.pre_spawn_hook = prepare

# The hub keeps these running: each submission is graded as it arrives, by the instructor's account.
c.JupyterHub.services = [
    {
        "name": f"grade-{lesson}",
        "command": [f"{ENVIRONMENT}/bin/mlcourse", "grade", lesson, "--watch", "--jobs", "2"],
        "user": INSTRUCTOR,
        "cwd": COURSE,
    }
    for lesson in GRADED_AS_THEY_ARRIVE
]
