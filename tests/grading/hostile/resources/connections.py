"""Connect to everything: the internet, the machine's own ports, its sockets."""

import glob
import socket

for address in [("127.0.0.1", HOSTILE_PORT), ("10.0.2.2", 80), ("1.1.1.1", 53), ("169.254.169.254", 80)]:
    try:
        socket.create_connection(address, timeout=0.2).sendall(b"HOSTILE")
        print("HOSTILE-MARK connected", address)
    except OSError:
        pass
for path in glob.glob("/run/**/*.sock", recursive=True) + glob.glob("/tmp/**/k-*", recursive=True):
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        print("HOSTILE-MARK connected", path)
    except OSError:
        pass
