/** How much agents give way to everything else: about a ninth of the time that others get when all want it. */
export const NICENESS = 10;

/**
 * The shell program that stands between worker and agent: `sh -c WRAPPER boardroom <spool folder> <command> <args…>`.
 *
 * It outlives the worker, and signals to its group, so that somebody writes down how the agent ended. It is a shell because
 * one is on every machine and costs under a megabyte; a Node process would cost 40 for each run.
 *
 * - `pid` is created exclusively (set -C) before anything starts: a worker that took over and must know that nothing will
 *   start creates the file itself, and then this program ends here.
 * - Its second line tells this process from a later one with the same pid.
 * - Agents give way to the board: the kernel shares time between sessions, so the session itself is made nicer, and the command
 *   (start.ts) too, for systems that share it between processes.
 * - A trapped signal, unlike an ignored one, is back to its default in the agent.
 * - The agent runs in the foreground: in the background a shell would let it ignore SIGINT and close its standard input.
 * - What the shell itself says of an agent's death ("Killed") is not the agent's and stays out of its log. The parentheses are
 *   for dash, which otherwise redirects for a command what it itself says while it waits for it.
 */
export const WRAPPER = `
d=$1
shift
trap : HUP INT QUIT TERM USR1 USR2
{ printf '%s\\n' ${NICENESS} >/proc/self/autogroup; } 2>/dev/null
if [ -r "/proc/$$/stat" ]; then read -r i <"/proc/$$/stat"; else i=$(LC_ALL=C ps -o lstart= -p $$); fi
set -C
printf '%s\\n%s\\n' "$$" "$i" 2>/dev/null >"$d/pid" || exit 75
set +C
exec 3>&2 2>/dev/null
( exec "$@" 2>&3 3>&- )
printf '%s\\n' "$?" >"$d/exit"
`;
