# Becomes a hub with accounts of its own: what changes below /etc, /home, /opt, /srv and /tmp is seen by the
# processes in here only, and is gone with them.
#   unshare --mount --pid --fork --kill-child --mount-proc sh room.sh WORK PYTHON PACKAGES SHARE PROXY STUDENT...
set -eu
work=$1 python=$2 packages=$3 share=$4 proxy=$5
shift 5

mkdir "$work/python" "$work/packages" "$work/share" "$work/proxy"
mount --bind "$python" "$work/python"
mount --bind "$packages" "$work/packages"
mount --bind "$share" "$work/share"
mount --bind "$proxy" "$work/proxy"
cp -a /etc "$work/etc"
mount --bind "$work/etc" /etc
# The interpreter finds its libraries by its own path, which may lead through a folder of root's.
for place in /home /opt /srv "/$(echo "$python" | cut -d/ -f2)"; do
    [ "$place" = /usr ] || mount -t tmpfs -o mode=755 room "$place"
done
mkdir -p "$python" /opt/mlcourse /opt/site-packages /opt/proxy /opt/hub
mount --bind "$work/python" "$python"
mount --bind "$work/environment" /opt/mlcourse
mount --bind "$work/share" /opt/mlcourse/share
mount --bind "$work/packages" /opt/site-packages
mount --bind "$work/proxy" /opt/proxy
cp -r "$work/hub" "$work/course" /opt/hub
mount -t tmpfs -o mode=1777 room /tmp

sh /opt/hub/hub/setup.sh "$@"
for name in instructor "$@"; do echo "$name:password of $name"; done | chpasswd
mv /opt/hub/course /home/instructor/backpropagation
chown -R instructor:instructor /home/instructor/backpropagation
cd /srv/mlcourse/hub
export PATH="/opt/proxy/node_modules/.bin:$PATH"
exec /opt/mlcourse/bin/jupyterhub --config /opt/hub/hub/of_the_test.py
