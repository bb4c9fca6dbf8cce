"""End the shell politely, and the process at once."""

import os

get_ipython().ask_exit()
os._exit(0)
