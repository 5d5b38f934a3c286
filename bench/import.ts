/**
 * How fast `corridor import` brings in a hospital's Bundles, and then the same as NDJSON, beside a working Corridor. With
 * `--files 40` only as many. On a busy machine the processor time of each part tells more than the rate.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Resource } from "#standards/fhir";
import { embeddedConnection } from "#storage/postgres";
import type { Figure } from "./figure.ts";
import { startBenchCorridor } from "./load/corridor.ts";
import { type Imported, importBeside, rateBetween } from "./load/import-run.ts";
import { insertPlainly } from "./load/plain-inserts.ts";
import { bundleText, resourcesOf, syntheaPaths } from "./load/synthea.ts";

export async function run(): Promise<readonly Figure[]> {
  const paths = syntheaPaths();
  const texts = paths.map(bundleText);
  const resources = texts.flatMap(resourcesOf);
  const folder = await mkdtemp(join(tmpdir(), "corridor-bench-ndjson-"));
  try {
    const lines = await ndjsonIn(folder, resources);
    const bundles = await figuresOf("transactions", paths, { texts, resources });
    const ndjson = await figuresOf("NDJSON", lines, { texts, resources });
    return [...bundles, ...ndjson];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file for each type, its resources a line each. */
async function ndjsonIn(folder: string, resources: readonly Resource[]): Promise<readonly string[]> {
  const byType = Map.groupBy(resources, ({ resourceType }) => resourceType);
  return Promise.all(
    [...byType].map(async ([type, ofType]) => {
      const path = join(folder, `${type}.ndjson`);
      await writeFile(path, ofType.map((resource) => JSON.stringify(resource)).join("\n"));
      return path;
    }),
  );
}

interface Given {
  readonly texts: readonly string[];
  readonly resources: readonly Resource[];
}

async function figuresOf(what: string, paths: readonly string[], { texts, resources }: Given) {
  const corridor = await startBenchCorridor();
  try {
    const seen = await importBeside(corridor, paths);
    const count = resources.length;
    const bodies = resources.map((resource) => JSON.stringify(resource));
    const plain = await insertPlainly(await embeddedConnection(corridor.folder), bodies);
    const parsing = parseSeconds(texts) / count;
    return figures(what, { seen, count, plain, parsing });
  } finally {
    await corridor.stop();
  }
}

interface Measured {
  readonly seen: Imported;
  readonly count: number;
  readonly plain: number;
  readonly parsing: number;
}

function figures(what: string, { seen, count, plain, parsing }: Measured): readonly Figure[] {
  const plainly = { unit: "resources/s", floor: plain, floorName: "the same bytes by plain unnest inserts" };
  const parsed = { unit: "µs a resource", floor: parsing * 1e6, floorName: "JSON.parse of the same files" };
  const [first, last] = [rateBetween(seen, 0, 0.1), rateBetween(seen, 0.9, 1)];
  return [
    { name: `import of ${what}`, value: count / seen.seconds, ...plainly },
    // Lines come type by type, so that their tenths are not alike.
    ...(what === "NDJSON"
      ? []
      : [{ name: `${what}, last tenth`, value: last, unit: "resources/s", floor: first, floorName: "first tenth" }]),
    { name: `${what}, processor time of Corridor`, value: (seen.programSeconds / count) * 1e6, ...parsed },
    { name: `${what}, processor time of PostgreSQL`, value: (seen.databaseSeconds / count) * 1e6, ...parsed },
  ];
}

function parseSeconds(texts: readonly string[]): number {
  const startedMs = performance.now();
  for (const text of texts) JSON.parse(text);
  return (performance.now() - startedMs) / 1000;
}
