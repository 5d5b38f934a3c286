/**
 * A shell script that becomes the server given as its arguments, and leaves behind a watcher that holds Corridor's
 * end of a pipe on descriptor 0. A line on the pipe means the server has ended; the end of the pipe without a line
 * means Corridor has died, however it died, and the watcher stops the server, at first politely. The watcher is
 * detached by the inner brackets, so that the server does not find a child it did not start.
 */
export const watchdogScript = `
exec 4<&0 </dev/null
server=$$
(
  (
    read -r word <&4 && exit 0
    kill -INT $server
    for second in 1 2 3 4 5 6 7 8 9 10; do
      sleep 1
      kill -0 $server || exit 0
    done
    kill -QUIT $server
  ) 3<&- >/dev/null 2>&1 &
)
exec 4<&-
exec "$@"
`;
