/**
 * The shell program that stands between worker and agent: `sh -c WRAPPER boardroom <spool folder> <command> <args…>`.
 *
 * It outlives the worker, and signals to its group, so that somebody writes down how the agent ended. It is a shell because
 * one is on every machine and costs under a megabyte; a Node process would cost 40 for each run.
 *
 * - `pid` is created exclusively (set -C) before anything starts: a worker that took over and must know that nothing will
 *   start creates the file itself, and then this program ends here.
 * - Its second line tells this process from a later one with the same pid.
 * - A trapped signal, unlike an ignored one, is back to its default in the agent.
 * - The agent runs in the foreground: in the background a shell would let it ignore SIGINT and close its standard input.
 */
export const WRAPPER = `
d=$1
shift
trap : HUP INT QUIT TERM USR1 USR2
if [ -r "/proc/$$/stat" ]; then read -r i <"/proc/$$/stat"; else i=$(LC_ALL=C ps -o lstart= -p $$); fi
set -C
printf '%s\\n%s\\n' "$$" "$i" 2>/dev/null >"$d/pid" || exit 75
set +C
"$@"
printf '%s\\n' "$?" >"$d/exit"
`;
