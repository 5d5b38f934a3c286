/** How fast one thread checks, indexes and rewrites resources, against parsing the same bytes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  type Bundle,
  checkResource,
  compileIndexer,
  type Indexer,
  type IndexSink,
  type Resource,
  rewriteReferences,
  silentSink,
} from "#standards/fhir";
import { testData } from "../test/data.ts";
import type { Figure } from "./figure.ts";

const bundlesMax = 40;
const roundsMax = 5;

export async function run(): Promise<readonly Figure[]> {
  const data = testData("synthea");
  if (data.skip !== false) throw new Error(data.skip);
  const resources = resourcesIn(data.path);
  const texts = resources.map((resource) => JSON.stringify(resource));
  const floor = rateOf(texts, (text) => JSON.parse(text));
  const indexers = new Map<string, Indexer>();
  let entries = 0;
  const sink = countingSink(() => {
    entries += 1;
  });
  const index = (resource: Resource): void => {
    const type = resource.resourceType;
    const indexer = indexers.get(type) ?? compileIndexer(type);
    indexers.set(type, indexer);
    indexer(resource, sink);
  };
  const targets = new Map([["urn:uuid:of-nothing", "Patient/1"]]);
  const rates = {
    "structure check": rateOf(resources, (resource) => checkResource(resource)),
    "index extraction, every R4 parameter": rateOf(resources, index),
    "rewriting of references": rateOf(resources, (resource) => rewriteReferences(resource, targets)),
  };
  if (entries === 0) throw new Error("Nothing was indexed.");
  return Object.entries(rates).map(([name, value]) => ({
    name,
    value,
    unit: "resources/s on one thread",
    floor,
    floorName: "JSON.parse of the same resources",
  }));
}

function resourcesIn(folder: string): readonly Resource[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json.gz"))
    .sort()
    .slice(0, bundlesMax)
    .map((file): Bundle => JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString("utf8")))
    .flatMap((bundle) => (bundle.entry ?? []).flatMap(({ resource }) => (resource === undefined ? [] : [resource])));
}

/** Items a second in the best of a few rounds, so that the compiler's warming up is not counted. */
function rateOf<T>(items: readonly T[], work: (item: T) => unknown): number {
  let bestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < roundsMax; round += 1) {
    const started = performance.now();
    for (const item of items) work(item);
    bestMs = Math.min(bestMs, performance.now() - started);
  }
  return (items.length / bestMs) * 1000;
}

function countingSink(count: () => void): IndexSink {
  const names = Object.keys(silentSink) as (keyof IndexSink)[];
  return Object.fromEntries(names.map((name) => [name, count])) as unknown as IndexSink;
}
