#!/bin/sh
# A class on one machine: accounts, homes that nobody else can read, and nbgrader's exchange. Run as root, once,
# and again with further names; passwords are set with `passwd NAME` or `chpasswd`, or come from PAM.
#
#     sh setup.sh ada ben eve
set -eu
here=$(dirname "$0")
exchange=/srv/mlcourse/exchange
course=$exchange/backpropagation

getent group learners > /dev/null || groupadd learners
for name in instructor "$@"; do
    id "$name" > /dev/null 2>&1 || useradd --create-home --shell /bin/bash "$name"
    chmod 700 "$(getent passwd "$name" | cut -d: -f6)"
done
for name in "$@"; do usermod --append --groups learners "$name"; done

# nbgrader asks that everybody can write here. What stands here is root's: with the sticky bit (the first 1)
# nobody can put a folder of their own in its place. The same for what was handed in (3): not to be listed by
# learners, nor removed by anybody but its owner and the instructor. Feedback is found by a secret name only.
install -d -m 1777 "$exchange"
install -d -m 0755 -o instructor -g instructor "$course" "$course/outbound"
install -d -m 3733 -o instructor -g instructor "$course/inbound"
install -d -m 0711 -o instructor -g instructor "$course/feedback"
install -d -m 0700 /srv/mlcourse/hub
# What every account's nbgrader reads.
install -D -m 0644 "$here/nbgrader_config.py" /opt/mlcourse/etc/jupyter/nbgrader_config.py
