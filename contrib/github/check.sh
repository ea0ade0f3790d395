#!/usr/bin/env bash
# The last step of action.yml: checks $PATHS and annotates the lines.
#
# $PATHS and $ARGS hold one item a line, so that a path may hold spaces. The report in Markdown becomes the summary of the
# job. The exit code is that of rightslint.
set -uo pipefail

items=()
read_lines() {
    local line
    while IFS= read -r line || [ -n "$line" ]; do
        line="${line%$'\r'}"
        [ -z "$line" ] || items+=("$line")
    done <<<"$1"
}

read_lines "$ARGS"
arguments=(check --format github --fail-on "$FAIL_ON" ${items[@]+"${items[@]}"})
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    # The summary of a job holds 1 MiB; a longer report would be refused as a whole.
    summary="$(mktemp)"
    trap 'rm -f "$summary"' EXIT
    arguments+=(--output "markdown=$summary")
fi
items=()
read_lines "$PATHS"
"$PROGRAM" "${arguments[@]}" -- ${items[@]+"${items[@]}"}
code=$?
if [ -n "${summary:-}" ] && [ -s "$summary" ]; then
    if [ "$(wc -c <"$summary")" -lt 1000000 ]; then
        cat "$summary" >>"$GITHUB_STEP_SUMMARY"
    else
        echo "The report of rightslint is too long for a summary; see the annotations." >>"$GITHUB_STEP_SUMMARY"
    fi
fi
echo "exit-code=$code" >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
