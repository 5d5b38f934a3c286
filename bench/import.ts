/**
 * How fast `corridor import` brings in a hospital's Bundles, and then the same as NDJSON, beside a working Corridor. With
 * `--files 40` only as many. On a busy machine the processor time of each part tells more than the rate.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";
import type { Bundle, Resource } from "#standards/fhir";
import { embeddedConnection } from "#storage/postgres";
import { testData } from "../test/data.ts";
import type { Figure } from "./figure.ts";
import { type BenchCorridor, startBenchCorridor } from "./load/corridor.ts";
import { insertPlainly } from "./load/plain-inserts.ts";
import { databaseSeconds, processorSeconds } from "./load/processor-time.ts";

const commandLine = join(import.meta.dirname, "../src/app/cli/main.ts");

export async function run(): Promise<readonly Figure[]> {
  const data = testData("synthea");
  if (data.skip !== false) throw new Error(data.skip);
  const files = (await readdir(data.path))
    .filter((name) => name.endsWith(".json.gz"))
    .sort()
    .slice(0, filesMax());
  const paths = files.map((name) => join(data.path, name));
  const texts = await Promise.all(paths.map(async (path) => gunzipSync(await readFile(path)).toString("utf8")));
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

function filesMax(): number {
  const at = process.argv.indexOf("--files");
  return at === -1 ? Number.POSITIVE_INFINITY : Number(process.argv[at + 1]);
}

function resourcesOf(text: string): readonly Resource[] {
  const { entry = [] } = JSON.parse(text) as Bundle;
  return entry.flatMap(({ resource }) => resource ?? []);
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
    const seen = await imported(corridor, paths);
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
  const [first, last] = [rateOf(seen, 0, 0.1), rateOf(seen, 0.9, 1)];
  return [
    { name: `import of ${what}`, value: count / seen.seconds, ...plainly },
    { name: `${what}, last tenth`, value: last, unit: "resources/s", floor: first, floorName: "first tenth" },
    { name: `${what}, processor time of Corridor`, value: (seen.programSeconds / count) * 1e6, ...parsed },
    { name: `${what}, processor time of PostgreSQL`, value: (seen.databaseSeconds / count) * 1e6, ...parsed },
  ];
}

function parseSeconds(texts: readonly string[]): number {
  const startedMs = performance.now();
  for (const text of texts) JSON.parse(text);
  return (performance.now() - startedMs) / 1000;
}

interface Imported {
  /** From the first resource that is read to the last that is on disk. */
  readonly seconds: number;
  /** How much was written when. */
  readonly marks: readonly Mark[];
  readonly programSeconds: number;
  readonly databaseSeconds: number;
}

interface Mark {
  readonly seconds: number;
  readonly written: number;
}

async function imported(corridor: BenchCorridor, paths: readonly string[]): Promise<Imported> {
  const before = databaseSeconds(corridor.folder) ?? 0;
  const child = spawn(process.execPath, [commandLine, "import", "--json", ...paths], {
    env: corridor.environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const marks: Mark[] = [];
  let startedMs = performance.now();
  for await (const line of createInterface(child.stdout)) {
    const told = JSON.parse(line) as { readonly event: string; readonly written: number; readonly unchanged: number };
    if (told.event === "problem") throw new Error(line);
    if (marks.length === 0) startedMs = performance.now();
    const seconds = (performance.now() - startedMs) / 1000;
    marks.push({ seconds, written: told.written + told.unchanged });
    if (told.event !== "end") continue;
    const programSeconds = processorSeconds(child.pid ?? 0) ?? Number.NaN;
    return { seconds, marks, programSeconds, databaseSeconds: (databaseSeconds(corridor.folder) ?? 0) - before };
  }
  throw new Error("The import ended without saying so.");
}

/** Between two shares of the whole; between marks it is taken to have gone evenly. */
function rateOf({ marks }: Imported, from: number, to: number): number {
  const total = marks.at(-1)?.written ?? 0;
  return ((to - from) * total) / (secondsAt(marks, to * total) - secondsAt(marks, from * total));
}

function secondsAt(marks: readonly Mark[], written: number): number {
  const index = marks.findIndex((mark) => mark.written >= written);
  const after = marks[index] ?? { seconds: 0, written: 0 };
  const before = marks[index - 1] ?? { seconds: 0, written: 0 };
  if (after.written === before.written) return after.seconds;
  const share = (written - before.written) / (after.written - before.written);
  return before.seconds + share * (after.seconds - before.seconds);
}
