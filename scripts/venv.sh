#!/usr/bin/env bash
# Make .venv, or bring it up to date with requirements/dev.txt and pyproject.toml.
# Usage: scripts/venv.sh STAMP, a file that says so and that a change of those makes obsolete.
set -euo pipefail
cd "$(dirname "$0")/.."
stamp=$1
venv=.venv
packages=requirements/dev.txt

say() { printf '%s\n' "$*" >&2; }

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

choose_python() {
    # The environment's own interpreter may stand first on PATH, and be the broken one.
    PATH=${PATH//"$PWD/$venv/bin:"/}
    local candidate
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if fits "$candidate"; then
            type -P "$candidate"
            return
        fi
    done
    say "Sayso needs Python 3.11 or newer; on PATH there is: $(python3 --version 2>&1 || true)"
    return 1
}

create() {
    local python
    python=$(choose_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        say "$python has no venv module (Debian: apt-get install python3-venv)"
        return 1
    fi
    say "Making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
}

install() {
    # Compiling afterwards, on all cores, takes a third off the time that pip's own compiling takes.
    say "Installing $packages: about a minute, the downloads not counted"
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-compile \
        --require-hashes --requirement "$packages"
    # Some packages ship templates that are not Python: what cannot be compiled is not needed.
    "$venv/bin/python" -W ignore -m compileall -q -j 0 "$venv/lib" >/dev/null || true
}

# What an earlier lock had would hide that the code still imports it.
remove_leftovers() {
    local leftovers
    leftovers=$(comm -13 \
        <(grep -oE '^[a-z0-9][a-z0-9._-]*' "$packages" | tr ._ -- | sort) \
        <("$venv/bin/python" -m pip list --format freeze --exclude-editable |
            sed 's/==.*//' | tr 'A-Z._' 'a-z--' | sort))
    [ -z "$leftovers" ] || "$venv/bin/python" -m pip uninstall --quiet --yes $leftovers
}

install_project() {
    "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps \
        --no-build-isolation --editable .
}

# Two commands at once (two terminals, make -j) take turns.
exec 9<requirements
flock 9
[ ! -e "$stamp" ] || exit 0

if ! fits "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    create
fi
hash=$(sha256sum <"$packages")
if [ "$(cat "$venv/.packages" 2>/dev/null)" != "$hash" ]; then
    install
    remove_leftovers
    printf '%s\n' "$hash" >"$venv/.packages"
fi
install_project
rm -f "$venv"/.ready-*
touch "$stamp"
