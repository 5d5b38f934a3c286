/** Creates, reads, updates and deletes in equal parts, by clients at the same time. */
import postgres from "postgres";
import { embeddedConnection } from "#storage/postgres";
import type { Figure } from "../figure.ts";
import type { RecordedReply } from "../load/bare-fhir.ts";
import type { CrudLoad } from "../load/crud-client.ts";
import { runClient, startFloor } from "../load/process.ts";
import { recorded } from "../load/recorded.ts";
import { inTurns } from "../load/rounds.ts";
import { type LoadSeen, stopwatch } from "../load/seen.ts";
import { resources } from "./sample.ts";
import { type Served, tell, withCost } from "./served.ts";

const types = ["Patient", "Observation", "Encounter", "Condition"];
const clients = 8;
const durationMs = 5_000;

type Bodies = CrudLoad["bodies"];

export async function crudFigures(served: Served): Promise<readonly Figure[]> {
  const bodies = await bodiesOf(served);
  const floor = await startFloor("bare-fhir.ts", { replies: await recordedReplies(served, bodies) });
  const load: Omit<CrudLoad, "port"> = { ...served.target, bodies, clients, warmUpMs: 2_000, durationMs };
  tell("creating, reading, updating and deleting");
  const ask = () => runClient<LoadSeen>("crud-client.ts", { ...load, port: served.target.port });
  const seen = await inTurns({
    rounds: 3,
    ours: () => withCost(served, ask, ({ perSecond }) => perSecond),
    floor: () => runClient("crud-client.ts", { ...load, warmUpMs: 500, port: floor.port }),
  }).finally(() => floor.stop());
  tell("the same by PostgreSQL alone");
  const plain = await plainly(served, bodies);
  const name = `CRUD mix, ${clients} clients`;
  const bare = "a bare Node server sending the same bytes";
  const alone = "PostgreSQL alone, a row each";
  const rate = { value: seen.ours.perSecond, unit: "requests/s", wanted: { must: 1_700, aim: 3_000 } };
  const late = { value: seen.ours.p99Ms, unit: "ms", wanted: { must: 20, isMost: true } } as const;
  return [
    { name, ...rate, floor: seen.floor.perSecond, floorName: bare },
    { name: `${name}, beside the database`, ...rate, floor: plain.perSecond, floorName: alone },
    { name: `${name}, p50`, value: seen.ours.p50Ms, unit: "ms", floor: seen.floor.p50Ms, floorName: bare },
    { name: `${name}, p99`, ...late, floor: seen.floor.p99Ms, floorName: bare },
  ];
}

const bodiesEach = 200;

/** Resources of the loaded set, as they would be sent anew. */
async function bodiesOf(served: Served): Promise<Bodies> {
  const bodies: Record<string, readonly object[]> = {};
  for (const type of types) {
    const found = await resources<Record<string, unknown>>(served, `${type}?_count=${bodiesEach}`);
    bodies[type] = found.map(({ id: _, meta: __, ...rest }) => rest);
  }
  return bodies;
}

/** One answer of each kind, of each type. */
async function recordedReplies(served: Served, bodies: Bodies): Promise<Readonly<Record<string, RecordedReply>>> {
  const replies: Record<string, RecordedReply> = {};
  for (const [type, [body]] of Object.entries(bodies)) {
    const created = await recorded(await served.ask(type, sending("POST", body), [201]));
    const path = `${type}/${/\/([^/]+)\/_history/.exec(created.headers.location ?? "")?.[1]}`;
    replies[`POST ${type}`] = created;
    replies[`GET ${type}`] = await recorded(await served.ask(path));
    const changed = { ...body, id: path.slice(type.length + 1), language: "en-GB" };
    replies[`PUT ${type}`] = await recorded(await served.ask(path, sending("PUT", changed)));
    replies[`DELETE ${type}`] = await recorded(await served.ask(path, { method: "DELETE" }, [200, 204]));
  }
  return replies;
}

function sending(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/fhir+json" }, body: JSON.stringify(body) };
}

/** A table of ids and texts; each statement a commit of its own, by as many connections. */
async function plainly({ corridor }: Served, bodies: Bodies): Promise<LoadSeen> {
  const sql = postgres({ ...(await embeddedConnection(corridor.folder)), max: clients, onnotice: () => {} });
  const texts = Object.values(bodies).flatMap((all) => all.map((body) => JSON.stringify(body)));
  try {
    await sql`create table plain (id bigint primary key, body text not null)`;
    const watch = stopwatch({ warmUpMs: 500, durationMs });
    let turn = 0;
    const timed = async (statement: PromiseLike<unknown>) => {
      const sentMs = performance.now();
      await statement;
      watch.answered(sentMs, true);
    };
    const keepBusy = async () => {
      while (!watch.isOver()) {
        const id = turn;
        turn += 1;
        const text = texts[id % texts.length] ?? "";
        await timed(sql`insert into plain values (${id}, ${text})`);
        await timed(sql`select body from plain where id = ${id}`);
        await timed(sql`update plain set body = ${`${text} `} where id = ${id}`);
        await timed(sql`delete from plain where id = ${id}`);
      }
    };
    await Promise.all(Array.from({ length: clients }, keepBusy));
    return watch.seen();
  } finally {
    await sql`drop table if exists plain`;
    await sql.end();
  }
}
