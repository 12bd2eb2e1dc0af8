#!/bin/sh
# Runs the steps of the Dockerfile without an engine, in the root of an empty Debian, and asks the forum whether it is ready:
#   debootstrap --variant=minbase --include=libatomic1,ca-certificates bookworm ROOT && docs/deploying/clean-root.sh ROOT
# As root, with git, the Node of this checkout, and in DATABASE_URL an empty database that is reached by 127.0.0.1: the image has
# none of its own. It takes what is committed. What an engine adds (layers, volumes, limits,
# the image's own Debian) is not tried.
set -eu
root=$(realpath "${1:?the root of an empty Debian}")
: "${DATABASE_URL:?an empty PostgreSQL database for the forum}"
project=$(cd "$(dirname "$0")/../.." && pwd)
node=$(realpath "$project/node_modules/.bin/node")
in_root() { chroot "$root" /usr/bin/env -i NODE_EXTRA_CA_CERTS=/tmp/certificates.pem PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"; }

echo '== FROM node:26-slim: Node and npm in an empty Debian, with the user node'
install -D "$node" "$root/usr/local/bin/node"
npm=$(dirname "$(realpath "$(command -v npm)")")/..
mkdir -p "$root/usr/local/lib/node_modules" "$root/tmp"
rm -rf "$root/usr/local/lib/node_modules/npm" "$root/forum" "$root/data"
cp -a "$npm/." "$root/usr/local/lib/node_modules/npm"
ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
cp /etc/resolv.conf "$root/etc/resolv.conf"
# Whatever this machine needs to be told to reach the registry.
cp "${NODE_EXTRA_CA_CERTS:-/dev/null}" "$root/tmp/certificates.pem"
in_root id node >/dev/null 2>&1 || in_root useradd --uid 1000 --create-home node
[ -e "$root/dev/null" ] || mknod -m 666 "$root/dev/null" c 1 3
[ -e "$root/dev/urandom" ] || mknod -m 666 "$root/dev/urandom" c 1 9

echo '== COPY, as the Dockerfile names it'
mkdir -p "$root/forum"
sed -n 's/^COPY \([^-].*\) \.\/.*/\1/p' "$project/Dockerfile" | tr ' ' '\n' | sort -u |
  xargs git -C "$project" archive HEAD | tar -x -C "$root/forum"

sed -n 's/^RUN //p' "$project/Dockerfile" | while read -r step; do
  echo "== RUN $step"
  in_root sh -c "cd /forum && $step" </dev/null
done

echo '== USER node, CMD'
command=$(sed -n 's/^CMD \[\(.*\)\]$/\1/p' "$project/Dockerfile" | tr -d '",')
port=${PORT:-3999}
chroot --userspec=node "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/home/node NODE_ENV=production \
  DATA_DIR=/data PORT="$port" HOST=127.0.0.1 DATABASE_URL="$DATABASE_URL" \
  sh -c "cd /forum && exec $command" &
forum=$!
trap 'kill $forum 2>/dev/null; wait $forum' EXIT
tries=60
until "$node" -e "fetch('http://127.0.0.1:$port/readyz').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"; do
  tries=$((tries - 1))
  [ $tries -gt 0 ] && kill -0 $forum || { echo 'NOT READY'; exit 1; }
  sleep 1
done
echo '== ready'
