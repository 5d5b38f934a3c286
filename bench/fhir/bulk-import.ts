/** `$import` of NDJSON files into an empty Corridor. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { embeddedConnection } from "#storage/postgres";
import type { Figure } from "../figure.ts";
import { startBenchCorridor } from "../load/corridor.ts";
import { insertPlainly } from "../load/plain-inserts.ts";
import { type Served, served, tell } from "./served.ts";

export async function bulkImportFigures(texts: readonly string[]): Promise<readonly Figure[]> {
  const corridor = await startBenchCorridor();
  try {
    const asked = await served(corridor);
    const types = await filesIn(join(corridor.folder, "imports"), texts);
    tell(`importing ${texts.length} lines by $import`);
    const seconds = await importSeconds(asked, types);
    if (seconds === undefined) return [];
    const sum = await totalOf(asked, types);
    if (sum === 0) throw new Error("Nothing of what was imported is found.");
    return [
      {
        name: "$import of NDJSON, searchable at its end",
        value: texts.length / seconds,
        unit: "resources/s",
        floor: await insertPlainly(await embeddedConnection(corridor.folder), texts),
        floorName: "the same bytes by plain unnest inserts",
        wanted: { must: 6_000, aim: 12_000 },
      },
    ];
  } finally {
    await corridor.stop();
  }
}

/** A file for each type, its resources a line each. */
async function filesIn(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const byType = Map.groupBy(texts, (text) => /"resourceType":"(\w+)"/.exec(text)?.[1] ?? "");
  for (const [type, lines] of byType) await writeFile(join(folder, `${type}.ndjson`), lines.join("\n"));
  return [...byType.keys()];
}

const pollMs = 50;

/** Undefined where there is no such operation. */
async function importSeconds({ ask, corridor }: Served, types: readonly string[]): Promise<number | undefined> {
  const parameter = types.map((type) => ({
    name: "input",
    part: [
      { name: "type", valueCode: type },
      { name: "url", valueUri: `${type}.ndjson` },
    ],
  }));
  const headers = { "content-type": "application/fhir+json", prefer: "respond-async" };
  const body = JSON.stringify({ resourceType: "Parameters", parameter });
  const startedMs = performance.now();
  const begun = await ask("$import", { method: "POST", headers, body }, [202, 400, 404, 405, 501]);
  if (begun.status !== 202) {
    tell(`this Corridor has no $import: left out (${begun.status})`);
    return undefined;
  }
  const path = (begun.headers.get("content-location") ?? "").slice(`${corridor.http}/fhir/`.length);
  for (;;) {
    const state = await ask(path, {}, [200, 202]);
    const text = await state.text();
    if (state.status === 200) {
      const { error = [] } = JSON.parse(text) as { readonly error?: readonly unknown[] };
      if (error.length > 0) throw new Error(`Lines were refused: ${text}`);
      return (performance.now() - startedMs) / 1000;
    }
    await setTimeout(pollMs);
  }
}

async function totalOf({ ask }: Served, types: readonly string[]): Promise<number> {
  let sum = 0;
  for (const type of types) {
    const { total } = (await (await ask(`${type}?_summary=count`)).json()) as { readonly total: number };
    sum += total;
  }
  return sum;
}
