#!/bin/sh
# Installs what the tests start but pip cannot bring: Chromium and a PostgreSQL server.
# Silent when both are there. Starts nothing and leaves no database cluster behind.
set -eu

has_browser() { command -v chromium >/dev/null; }

has_postgres() {
    # Debian keeps initdb off PATH, in a folder for each version.
    for folder in /usr/lib/postgresql/*/bin $(echo "$PATH" | tr ':' ' '); do
        if [ -x "$folder/initdb" ]; then return 0; fi
    done
    command -v pg_config >/dev/null && [ -x "$(pg_config --bindir)/initdb" ]
}

wanted=""
# Without fonts-liberation the browser draws no text on a bare server.
has_browser || wanted="chromium fonts-liberation"
has_postgres || wanted="$wanted postgresql"
[ -n "$wanted" ] || exit 0

as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo -n"
if ! command -v apt-get >/dev/null || ! { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    echo "The tests need these Debian packages, or their like on this system: $wanted" >&2
    echo "Install them and run 'make test' again." >&2
    exit 1
fi

log=$(mktemp)
settings=/etc/postgresql-common/createcluster.conf
clean_up() {
    if [ -e "$log.settings" ]; then $as_root cp "$log.settings" "$settings"; fi
    rm -f "$log" "$log.settings"
}
trap clean_up EXIT

quietly() {
    if ! $as_root env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        exit 1
    fi
}

echo "Installing for the tests: $wanted"
quietly apt-get update
if ! has_postgres; then
    # Debian's package would make and start a cluster named main; nobody here asked for one.
    quietly apt-get install --yes --no-install-recommends postgresql-common
    cp "$settings" "$log.settings"
    echo "create_main_cluster = false" | $as_root tee -a "$settings" >/dev/null
fi
# $wanted is a list of package names, so it is split on purpose.
# shellcheck disable=SC2086
quietly apt-get install --yes --no-install-recommends $wanted
