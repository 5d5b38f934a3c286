import type { Json, JsonObject, Problem } from "#kernel";
import type { ReadyMaps } from "#standards/v2-to-fhir";
import type { CodeMaps } from "../codes/code-map.ts";
import { codedPlan } from "../codes/coded-plan.ts";
import { compileRoutes, type Routed } from "../deliveries/routing/route.ts";
import { screen } from "../gates/screen.ts";
import { refusalOfContent, refusalOfHeader, refusalOfType } from "../messages/gate.ts";
import { mappingFor, readForMapping } from "../messages/mapping.ts";
import { previewMessage } from "../messages/preview.ts";
import { readSent } from "../messages/sent-message.ts";
import type { GoldenMessage } from "./configuration.ts";
import type { LinkSettings } from "./link-settings.ts";

/** Golden messages are never from the future, so that none fails because a year has passed. */
const goldenArrival = "9000-01-01T00:00:00.000Z";

/** Whom golden messages are about; nobody in the record has this id. */
const patientReference = "Patient/golden";

export interface GoldenCircumstances {
  readonly link: LinkSettings;
  /** The mapping rows of the link; undefined: the usual ones. */
  readonly rows: ReadyMaps | undefined;
  /** What the tables of the set-up say of codes, by sender. What people have approved is not of the set-up. */
  readonly tables: CodeMaps;
  offsetMinutesAt(localTime: string): number;
}

/**
 * What a golden message gives on its link, as it is written beside the message: outcome, reasons, destinations, resources,
 * and the values that went nowhere. It is what a new message gives that the record knows nothing of yet.
 */
export function goldenOutcome(
  { bytes }: GoldenMessage,
  { link, rows, tables, offsetMinutesAt }: GoldenCircumstances,
): JsonObject {
  const sent = readSent(bytes, link.format);
  const { message, header, problems, foreign } = sent;
  const broken = refusalOfHeader(message, problems);
  if (header === undefined || broken !== undefined)
    return refused({ state: broken?.state ?? "rejected", problems: broken?.problems ?? problems });
  const routed = asWritten(compileRoutes(link.routes)(sent));
  if (link.record === false)
    return plain({ outcome: routed.destinations.length === 0 ? "filtered" : "routed", ...routed });
  const mapping = mappingFor(header);
  if (mapping === undefined) return refused(refusalOfType(header));
  const read = readForMapping(message, { header, mapping, foreign, rows, offsetMinutesAt });
  const weighing = { settings: link.gates };
  const refusal = refusalOfContent(message, { read, mapping, weighing });
  if (refusal !== undefined) return refused(refusal);
  const screened = screen(message, { header, read, arrivedAt: goldenArrival, settings: link, weighing, foreign });
  if (screened.refusal !== undefined) return refused(screened.refusal);
  const preview = previewMessage({ raw: bytes, format: link.format, patientReference, rows, offsetMinutesAt });
  if (!preview.ok) return refused({ state: "rejected", problems: preview.problems });
  const { patient, books } = preview.value;
  const { sender } = read.situation.origin;
  const { plan } = codedPlan(preview.value.plan, { sender, map: tables.of(sender) });
  return plain({
    outcome: "mapped",
    ...routed,
    mapping: mapping.name,
    patient,
    resources: plan.map(({ resource, id }) => ({ ...resource, id })),
    unmapped: books.unmapped,
  });
}

/** By names alone: what a person reads and compares. */
function asWritten({ to, filteredBy }: Routed) {
  const destinations = to.map(({ destination }) => destination);
  const routes = [...new Set(to.map(({ route }) => route))];
  return { destinations, routes, filteredBy };
}

function refused({ state, problems }: { readonly state: string; readonly problems: readonly Problem[] }): JsonObject {
  const reasons = problems.map(({ code, where }) => ({ code, where }));
  return plain({ outcome: state, reasons, destinations: [] });
}

/** As JSON has it: without what is undefined. */
function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

/** The first places where two values differ, at most `most`: `resources[3].status`. */
export function differences(actual: Json | undefined, expected: Json | undefined, most = 10): readonly string[] {
  const found: string[] = [];
  compare({ actual, expected, place: "" }, (place) => {
    if (found.length < most) found.push(place === "" ? "everything" : place);
  });
  return found;
}

interface Pair {
  readonly actual: Json | undefined;
  readonly expected: Json | undefined;
  readonly place: string;
}

function compare({ actual, expected, place }: Pair, differs: (place: string) => void): void {
  if (actual === expected) return;
  if (!isInside(actual) || !isInside(expected) || Array.isArray(actual) !== Array.isArray(expected)) differs(place);
  else compareInside({ actual, expected, place }, differs);
}

function compareInside({ actual, expected, place }: Pair, differs: (place: string) => void): void {
  const [one, other] = [actual, expected] as readonly Readonly<Record<string, Json>>[];
  for (const key of new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])) {
    const inside = Array.isArray(actual) ? `${place}[${key}]` : place === "" ? key : `${place}.${key}`;
    compare({ actual: one?.[key], expected: other?.[key], place: inside }, differs);
  }
}

function isInside(value: Json | undefined): value is JsonObject | readonly Json[] {
  return typeof value === "object" && value !== null;
}
