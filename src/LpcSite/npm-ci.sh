#!/bin/sh
# Installs what package-lock.json names, unless another build just did. Arguments: the stamp, and a lock file outside node_modules.
stamp=$1
lock=$2

command -v npm >/dev/null || exit 127

if command -v flock >/dev/null; then
    exec 9>"$lock" && flock 9
fi

if [ -f "$stamp" ] && [ ! package-lock.json -nt "$stamp" ]; then
    exit 0
fi

# The lock must not outlive the build in a process that npm leaves behind: hence 9>&-.
npm ci --ignore-scripts 9>&- && touch "$stamp"
