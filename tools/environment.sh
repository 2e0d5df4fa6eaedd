#!/usr/bin/env bash
# Make .venv from hashed locks. Says in one line what is missing where it cannot.
set -euo pipefail
python=${PYTHON:-python3.11}
command -v "$python" >/dev/null || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
  { echo "Tonghu needs Python 3.11 or later; '$python' is older." >&2; exit 1; }
if [ ! -x .venv/bin/python ]; then
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      echo "installing python3-venv (Debian leaves it out of Python)" >&2
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
      echo "Python's venv is missing. As root: apt-get install python3-venv" >&2; exit 1
    fi
  fi
  "$python" -m venv .venv
fi
echo "environment: $*" >&2
arguments=()
for lock in "$@"; do arguments+=(-r "$lock"); done
.venv/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes "${arguments[@]}"
# The product itself, from its sources: its command and its metadata, nothing fetched.
.venv/bin/python tools/install_sources.py
