/** A SearchParameter of one's own, from its creation until everything that is stored can be searched by it. */
import { setTimeout } from "node:timers/promises";
import postgres from "postgres";
import { embeddedConnection } from "#storage/postgres";
import type { Figure } from "../figure.ts";
import { type Served, tell } from "./served.ts";

/** Every resource of the loaded set has a tag. */
const parameter = {
  resourceType: "SearchParameter",
  id: "bench-tag-code",
  url: "http://bench.example/SearchParameter/tag-code",
  name: "TagCode",
  status: "active",
  description: "The code of a tag",
  code: "tag-code",
  base: ["Resource"],
  type: "token",
  expression: "Resource.meta.tag.code",
};

const pollMs = 100;
const timeoutMs = 300_000;

export async function newParameterFigures(served: Served): Promise<readonly Figure[]> {
  tell("adding a search parameter");
  const startedMs = performance.now();
  const headers = { "content-type": "application/fhir+json" };
  const init = { method: "PUT", headers, body: JSON.stringify(parameter) };
  await served.ask(`SearchParameter/${parameter.id}`, init, [200, 201]);
  for (;;) {
    const state = await stateOf(served);
    if (state === undefined) {
      tell("this Corridor does not index by search parameters of its own: left out");
      return [];
    }
    if (state === "ready") break;
    if (performance.now() - startedMs > timeoutMs) throw new Error(`The parameter is still ${state}.`);
    await setTimeout(pollMs);
  }
  const seconds = (performance.now() - startedMs) / 1000;
  const found = await served.ask("Observation?tag-code=synthea-5-2019&_summary=count");
  const { total } = (await found.json()) as { readonly total: number };
  if (total === 0) throw new Error("Nothing is found by the new parameter.");
  return [
    {
      name: "a new SearchParameter, online, until all is indexed",
      value: seconds,
      unit: "s",
      floor: await plainSeconds(served),
      floorName: "PostgreSQL alone, a row of each resource's value",
      wanted: { must: 20, aim: 8, isMost: true },
    },
  ];
}

/** Undefined where there is no such operation. */
async function stateOf({ ask }: Served): Promise<string | undefined> {
  const answer = await ask(`SearchParameter/${parameter.id}/$status`, {}, [200, 404, 501]);
  const { parameter: parts = [] } = (await answer.json()) as { readonly parameter?: readonly Part[] };
  if (answer.status !== 200) return undefined;
  return parts.find(({ name }) => name === "state")?.valueCode;
}

interface Part {
  readonly name: string;
  readonly valueCode?: string;
}

/** Reads the value out of every newest version, and writes it into a table with an index. */
async function plainSeconds({ corridor }: Served): Promise<number> {
  const sql = postgres({ ...(await embeddedConnection(corridor.folder)), max: 1, onnotice: () => {} });
  try {
    const startedMs = performance.now();
    await sql`
      create table plain as
        select position, version.body::jsonb #>> '{meta,tag,0,code}' as code
        from document join version using (position) where not deleted`;
    await sql`create index on plain (code)`;
    return (performance.now() - startedMs) / 1000;
  } finally {
    await sql`drop table if exists plain`;
    await sql.end();
  }
}
