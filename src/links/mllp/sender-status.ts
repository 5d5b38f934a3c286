import type { SenderStatus } from "#kernel";
import type { LinePool } from "./line-pool.ts";

/** What the page of links says of a sender. */
export function statusOf(
  { host, port }: { readonly host: string; readonly port: number },
  pool: LinePool,
): SenderStatus {
  const { failures, opening, open, isClosed } = pool.state;
  const address = `${host}:${port}`;
  if (isClosed) return { state: "closed", text: "closed" };
  if (failures > 0) return { state: "failing", text: `${failures} failures in a row with ${address}` };
  const [first] = open;
  if (first !== undefined) {
    const sinceMs = Math.min(...open.map(({ openedAtMs }) => openedAtMs));
    return { state: "connected", text: `connected to ${address}`, sinceMs };
  }
  if (opening > 0) return { state: "connecting", text: `connecting to ${address}` };
  return { state: "idle", text: `not connected to ${address}: nothing was sent` };
}
