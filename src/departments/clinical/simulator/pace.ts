/** How fast messages follow each other. */
export type Pace =
  /** As in the hospital, so many times faster. */
  | { readonly by: "speed"; readonly times: number }
  /** Evenly, over all connections together. */
  | { readonly by: "rate"; readonly perSecond: number }
  /** Each connection sends the next when the last is acknowledged. */
  | { readonly by: "acknowledged" };

/** When the message at this place (from 0), which was sent at `atMs`, is to be sent; from the start of the run. */
export function dueMs(pace: Pace, { at, atMs }: { readonly at: number; readonly atMs: number }): number {
  switch (pace.by) {
    case "speed":
      return atMs / pace.times;
    case "rate":
      return (at * 1_000) / pace.perSecond;
    case "acknowledged":
      return 0;
  }
}
