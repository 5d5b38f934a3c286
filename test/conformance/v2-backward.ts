/**
 * The rows of the v2-to-FHIR guide run backwards. The sample orders and results of microsoft/FHIR-Converter go message →
 * resources → message → resources → message: what is carried back is counted by element and by field, and how many messages
 * are written the same again.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "#kernel";
import { leaves, type Message, parseMessage, readMessage } from "#standards/hl7v2";
import {
  backwardMaps,
  compileRows,
  type FhirResource,
  mapMessage,
  officialRows,
  type WrittenNames,
  type WrittenType,
  writeMessageOf,
} from "#standards/v2-to-fhir";
import { testData } from "../data.ts";
import type { SuiteResult } from "./suite.ts";
import { reasonOfLoss } from "./v2-backward-reasons.ts";

const maps = compileRows(officialRows);
export const backward = backwardMaps(maps);

const codes = "urn:codes:";
const names: WrittenNames = {
  codingSystemName: (uri: string) => (uri.startsWith(codes) ? decodeURIComponent(uri.slice(codes.length)) : undefined),
  authority: (system: string) => ({ namespace: names.codingSystemName(system) ?? system }),
};
const conversion = {
  offsetMinutesAt: () => 0,
  codingSystem: (name: string) => `${codes}${encodeURIComponent(name)}`,
  now: "2026-11-23T09:00:00Z",
  messageBase64: "TVNI",
};

/** What a message of this kind is about, and so what is written of it. */
const written: ReadonlySet<string> = new Set([
  "Patient",
  "Encounter",
  "ServiceRequest",
  "DiagnosticReport",
  "Observation",
  "Specimen",
  "Practitioner",
  "Condition",
]);
const segments: ReadonlySet<string> = new Set(["PID", "PV1", "ORC", "TQ1", "OBR", "NTE", "DG1", "OBX", "SPM"]);

export interface Tally {
  of: number;
  carried: number;
}

export interface RoundTrips {
  readonly messages: number;
  /** How many are written the same, to the character, once what was written is read. */
  readonly stable: number;
  /** Those that order no test: medicines, diets. */
  readonly excluded: number;
  readonly failures: readonly string[];
  /** By `Patient.name.family`. */
  readonly elements: ReadonlyMap<string, Tally>;
  /** By `PID-5`. */
  readonly fields: ReadonlyMap<string, Tally>;
}

/** Every sample order and result there and back; none where the samples are absent. */
export function roundTrips(): RoundTrips {
  const samples = testData("hl7v2/samples");
  const [elements, fields] = [new Map<string, Tally>(), new Map<string, Tally>()];
  const failures: string[] = [];
  let excluded = 0;
  let stable = 0;
  const files =
    samples.skip === false ? readdirSync(samples.path).filter((name) => /^(?:ORU|ORM|OML)-.*hl7$/.test(name)) : [];
  for (const file of files) {
    const message = readMessage(readFileSync(join((samples as { path: string }).path, file)));
    const trip = there(message);
    if (trip === undefined) excluded += 1;
    else if (typeof trip === "string") failures.push(`${file}: ${trip}`);
    else {
      count(elements, leavesOf(trip.first), leavesOf(trip.second));
      count(fields, valuesOf(message), valuesOf(trip.back));
      if (trip.again === trip.text) stable += 1;
    }
  }
  return { messages: files.length - excluded, excluded, stable, failures, elements, fields };
}

function there(message: Message) {
  const first = resourcesOf(message);
  const text = textOf(first, typeOf(message));
  if (text === undefined) return undefined;
  if (!text.ok) return text.problems[0].code;
  const back = parseMessage(text.value.text);
  const second = resourcesOf(back);
  const again = textOf(second, typeOf(message));
  return {
    first,
    second,
    back,
    text: text.value.text,
    again: again?.ok === true ? again.value.text : again?.problems[0].code,
  };
}

function typeOf(message: Message): WrittenType {
  const type = message.segments[0]?.field(9);
  const code = type?.component(1).text;
  return code === "ORU" ? "ORU^R01" : type?.component(2).text === "O01" ? "ORM^O01" : "OML^O21";
}

function resourcesOf(message: Message): readonly FhirResource[] {
  return mapMessage(message, { maps, conversion, settings: {} }).resources;
}

function textOf(resources: readonly FhirResource[], type: WrittenType) {
  const kind = type === "ORU^R01" ? "DiagnosticReport" : "ServiceRequest";
  // Orders of medicines and diets are none of these messages: their ServiceRequests have no code.
  const about = resources.filter(({ resourceType, code }) => resourceType === kind && code !== undefined);
  const head = {
    controlId: "1",
    at: "2026-11-23T09:00:00Z",
    version: "2.5.1",
    sendingApplication: "CORRIDOR",
    processing: "P",
  } as const;
  const [one, ...others] = about;
  if (one === undefined) return undefined;
  return writeMessageOf({ type, head, about: [one, ...others], resources, backward, names });
}

/** Ids and references are made anew each time, so they are left out. */
function leavesOf(resources: readonly FhirResource[]): readonly (readonly [string, string])[] {
  return resources
    .filter(({ resourceType }) => written.has(resourceType))
    .flatMap((resource) => within(resource, resource.resourceType));
}

function within(json: Json, path: string): readonly (readonly [string, string])[] {
  if (Array.isArray(json)) return json.flatMap((each) => within(each, path));
  if (typeof json !== "object" || json === null) return [[path, String(json)]];
  return Object.entries(json)
    .filter(([key]) => key !== "id" && key !== "reference" && key !== "resourceType")
    .flatMap(([key, each]) => within(each, `${path}.${key}`));
}

/** By field, with where below it each value stands. */
function valuesOf(message: Message): readonly (readonly [string, string])[] {
  return [...leaves(message)]
    .filter(({ where }) => segments.has(where.slice(0, 3)))
    .map((leaf) => {
      const { field, component, subcomponent } = leaf.place;
      return [
        `${leaf.where.slice(0, 3)}-${field}`,
        `${component || 1}.${subcomponent || 1} ${leaf.text.trim()}`,
      ] as const;
    });
}

function count(
  tallies: Map<string, Tally>,
  before: readonly (readonly [string, string])[],
  after: typeof before,
): void {
  const left = new Map<string, number>();
  for (const [path, value] of after) left.set(`${path} ${value}`, (left.get(`${path} ${value}`) ?? 0) + 1);
  for (const [path, value] of before) {
    const tally = tallies.get(path) ?? { of: 0, carried: 0 };
    tallies.set(path, tally);
    tally.of += 1;
    const there = left.get(`${path} ${value}`) ?? 0;
    if (there > 0) tally.carried += 1;
    left.set(`${path} ${value}`, there - 1);
  }
}

export function share(tallies: ReadonlyMap<string, Tally>): Tally {
  const sum = { of: 0, carried: 0 };
  for (const { of, carried } of tallies.values()) {
    sum.of += of;
    sum.carried += carried;
  }
  return sum;
}

/** How many rows have a way back, and by which reason the others have none. */
export function reversalCounts(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const reversal of backward.reversals.values()) {
    const key = reversal.is === "none" ? reversal.reason.replace(/ of [\w]+$/, "") : reversal.is;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** How many elements did not come back, by the reason; the elements without one under their own name. */
export function lossesByReason(elements: RoundTrips["elements"]): ReadonlyMap<string, number> {
  const losses = new Map<string, number>();
  for (const [path, { of, carried }] of elements) {
    if (carried === of) continue;
    const reason = reasonOfLoss(path) ?? path;
    losses.set(reason, (losses.get(reason) ?? 0) + of - carried);
  }
  return new Map([...losses].sort(([, one], [, other]) => other - one));
}

export async function run(): Promise<SuiteResult> {
  const { messages, excluded, failures } = roundTrips();
  return { passed: messages - failures.length, total: messages + excluded, excluded, failures };
}

if (import.meta.main) {
  const { elements, fields, failures, messages, stable, excluded } = roundTrips();
  console.log([...reversalCounts()], { messages, stable, excluded }, failures, share(elements), share(fields));
  for (const [path, { of, carried }] of [...fields].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })))
    console.log(`| ${path} | ${carried} of ${of} |`);
  for (const [reason, count] of lossesByReason(elements)) console.log(`| ${reason} | ${count} |`);
  for (const [path, { of, carried }] of elements) if (carried < of) console.log(`${path}: ${carried} of ${of}`);
}
