/** How fast one thread checks, indexes, validates and evaluates resources, against parsing the same bytes. */
import { instant } from "#kernel";
import {
  checkResource,
  compileIndexer,
  type Indexer,
  type IndexSink,
  type Resource,
  rewriteReferences,
  silentSink,
} from "#standards/fhir";
import { openValidator } from "#standards/fhir-profiles";
import type { Figure } from "../figure.ts";
import { pathEvaluation } from "./paths.ts";

const roundsMax = 5;

export function engineFigures(resources: readonly Resource[]): readonly Figure[] {
  const texts = resources.map((resource) => JSON.stringify(resource));
  const floor = rateOf(texts, (text) => JSON.parse(text));
  const floorName = "JSON.parse of the same resources";
  const unit = "resources/s on one thread";
  const validate = validation();
  const targets = new Map([["urn:uuid:of-nothing", "Patient/1"]]);
  const rate = (name: string, work: (resource: Resource) => unknown) => {
    return { name, value: rateOf(resources, work), unit, floor, floorName };
  };
  return [
    rate("structure check", checkResource),
    { ...rate("index extraction, every R4 parameter", indexing()), wanted: { must: 20_000, aim: 50_000 } },
    rate("rewriting of references", (resource) => rewriteReferences(resource, targets)),
    rate("FHIRPath, four expressions each", pathEvaluation()),
    { ...rate("validation", validate), wanted: { must: 10_000, aim: 30_000 } },
    {
      name: "validation, median",
      value: medianMs(resources, validate),
      unit: "ms",
      floor: medianMs(texts, (text) => JSON.parse(text)),
      floorName,
      wanted: { must: 0.1, isMost: true },
    },
  ];
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

function medianMs<T>(items: readonly T[], work: (item: T) => unknown): number {
  const times = items.map((item) => {
    const started = performance.now();
    work(item);
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function validation(): (resource: Resource) => unknown {
  const validator = openValidator();
  const now = instant(Date.parse("2026-11-23T09:30:00Z"));
  return (resource) => validator.validate(resource, { now });
}

function indexing(): (resource: Resource) => number {
  const indexers = new Map<string, Indexer>();
  let entries = 0;
  const sink = countingSink(() => {
    entries += 1;
  });
  return (resource) => {
    const type = resource.resourceType;
    const indexer = indexers.get(type) ?? compileIndexer(type);
    indexers.set(type, indexer);
    indexer(resource, sink);
    return entries;
  };
}

function countingSink(count: () => void): IndexSink {
  const names = Object.keys(silentSink) as (keyof IndexSink)[];
  return Object.fromEntries(names.map((name) => [name, count])) as unknown as IndexSink;
}
