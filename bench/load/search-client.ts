/**
 * Searches of several shapes in turn, each with the next of its values, by clients that keep their connections, in a process
 * of its own. Reads its orders as JSON on standard input, prints what it saw as JSON: of all, and of each shape.
 */
import { json } from "node:stream/consumers";
import { HttpConnection, type HttpTarget } from "./http-connection.ts";
import { type LoadSeen, stopwatch } from "./seen.ts";

export interface SearchLoad extends HttpTarget {
  /** Paths by the name of their shape. */
  readonly shapes: Readonly<Record<string, readonly string[]>>;
  readonly clients: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
}

export interface SearchesSeen {
  readonly all: LoadSeen;
  readonly shapes: Readonly<Record<string, LoadSeen>>;
}

const load = (await json(process.stdin)) as SearchLoad;
const all = stopwatch(load);
const shapes = Object.entries(load.shapes).map(([name, paths]) => ({ name, paths, watch: stopwatch(load) }));
let turn = 0;
await Promise.all(Array.from({ length: load.clients }, keepBusy));
const seen = shapes.map(({ name, watch }) => [name, watch.seen()]);
console.log(JSON.stringify({ all: all.seen(), shapes: Object.fromEntries(seen) }));

async function keepBusy(): Promise<void> {
  const connection = await HttpConnection.open(load);
  while (!all.isOver()) {
    const shape = shapes[turn % shapes.length];
    const path = shape?.paths[Math.floor(turn / shapes.length) % shape.paths.length] ?? "/";
    turn += 1;
    const sentMs = performance.now();
    const { status } = await connection.ask({ method: "GET", path });
    all.answered(sentMs, status === 200);
    shape?.watch.answered(sentMs, status === 200);
  }
  connection.close();
}
