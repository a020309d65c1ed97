#!/bin/sh
# Runs a program of scripts/ with a Python that can carry the portal (3.11 or newer), or says why not.
# Usage: sh scripts/with_python.sh scripts/PROGRAM.py [ARGUMENT ...]     PYTHON=... chooses another.
set -eu

python=${PYTHON:-python3}
if ! command -v "$python" >/dev/null 2>&1; then
    echo "找不到 $python。请先安装 Python 3.11 或更新版本，例如：sudo apt-get install python3 python3-venv" >&2
    echo "$python was not found. Install Python 3.11 or newer, e.g.: sudo apt-get install python3 python3-venv" >&2
    exit 1
fi

probe='import sys; print("%d.%d.%d" % sys.version_info[:3]); sys.exit(sys.version_info < (3, 11))'
if ! version=$("$python" -c "$probe" 2>/dev/null); then
    echo "需要 Python 3.11 或更新版本，而 $(command -v "$python") 是 ${version:-无法运行的}。" >&2
    echo "Python 3.11 or newer is needed; $(command -v "$python") is ${version:-not able to run}." >&2
    for newer in python3.14 python3.13 python3.12 python3.11; do
        if command -v "$newer" >/dev/null 2>&1 && "$newer" -c "$probe" >/dev/null 2>&1; then
            echo "本机已有 $newer，请运行 / this machine has $newer, so run: make run PYTHON=$newer" >&2
            exit 1
        fi
    done
    echo "Debian 12、Ubuntu 24.04 自带的 python3 即可 / the python3 of Debian 12 or Ubuntu 24.04 will do." >&2
    exit 1
fi

exec "$python" "$@"
