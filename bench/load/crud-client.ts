/**
 * Resources created, read, updated and deleted, one of each type after the other, by clients that keep their connections, in
 * a process of its own. Reads its orders as JSON on standard input, prints what it saw as JSON.
 */
import { json } from "node:stream/consumers";
import { HttpConnection, type HttpTarget } from "./http-connection.ts";
import { stopwatch } from "./seen.ts";

export interface CrudLoad extends HttpTarget {
  /** Without ids; the types take turns. */
  readonly bodies: Readonly<Record<string, readonly object[]>>;
  readonly clients: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
}

const load = (await json(process.stdin)) as CrudLoad;
const watch = stopwatch(load);
const types = Object.keys(load.bodies);
let turn = 0;
await Promise.all(Array.from({ length: load.clients }, keepBusy));
console.log(JSON.stringify(watch.seen()));

async function keepBusy(): Promise<void> {
  const connection = await HttpConnection.open(load);
  const ask = async (asked: Parameters<HttpConnection["ask"]>[0], expected: readonly number[]) => {
    const sentMs = performance.now();
    const answered = await connection.ask(asked);
    watch.answered(sentMs, expected.includes(answered.status));
    return answered;
  };
  while (!watch.isOver()) {
    const type = types[turn % types.length] ?? "";
    const bodies = load.bodies[type] ?? [];
    const body = bodies[Math.floor(turn / types.length) % bodies.length];
    turn += 1;
    const { head } = await ask({ method: "POST", path: `/fhir/${type}`, body: JSON.stringify(body) }, [201]);
    const id = /\r\nlocation:.*\/([^/]+)\/_history/i.exec(head)?.[1] ?? "";
    const path = `/fhir/${type}/${id}`;
    await ask({ method: "GET", path }, [200]);
    await ask({ method: "PUT", path, body: JSON.stringify({ ...body, id, language: "en-GB" }) }, [200]);
    await ask({ method: "DELETE", path }, [200, 204]);
  }
  connection.close();
}
