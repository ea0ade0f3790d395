#!/usr/bin/env bash
# Counts the instructions of a fixed piece of work and holds them against the recorded figure. No clock is
# read: the count is the same however busy the machine is.
#
#   benches/guard/run.sh            fails if the count is more than 5 % off
#   benches/guard/run.sh --record   writes the count down; the commit says why it changed
set -euo pipefail
cd "$(dirname "$0")/../.."
recorded=benches/guard/recorded.txt
if ! command -v valgrind > /dev/null; then
    echo "guard: SKIPPED, valgrind is not installed"
    exit 0
fi
machine="rustc $(rustc --version | cut -d' ' -f2) $(rustc -vV | sed -n 's/^host: //p')"
known=$(sed -n "s/^$machine: //p" "$recorded" 2> /dev/null || true)
if [ -z "$known" ] && [ "${1:-}" != --record ]; then
    echo "guard: SKIPPED, no figure is recorded for $machine"
    exit 0
fi
# Without link-time optimisation: the build is quicker, and the count as exact.
export CARGO_PROFILE_BENCH_LTO=off CARGO_PROFILE_BENCH_CODEGEN_UNITS=16
binary=$(cargo bench --locked --bench guard --no-run --message-format=json 2> /dev/null |
    sed -n 's/.*"executable":"\([^"]*\/guard-[^"]*\)".*/\1/p' | tail -1)
count=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" 2>&1 |
    sed -n 's/.*Collected : *\([0-9]*\).*/\1/p')
if [ "${1:-}" = --record ]; then
    { grep -v "^$machine: " "$recorded" 2> /dev/null || true; echo "$machine: $count"; } > "$recorded.new"
    mv "$recorded.new" "$recorded"
    echo "guard: recorded $count instructions for $machine"
    exit 0
fi
off=$(((count - known) * 1000 / known))
echo "guard: $count instructions, recorded $known, $off per mille more"
if [ "$off" -gt 50 ] || [ "$off" -lt -50 ]; then
    echo "guard: more than 5 % off; find out why, or write the new figure down with --record and say why"
    exit 1
fi
