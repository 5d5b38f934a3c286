/**
 * The rows of the official v2-to-FHIR guide, run as data. Each row with a target is compiled; one that is not run is
 * listed with its reason and counts as excluded. Then the sample messages of microsoft/FHIR-Converter are mapped by the
 * rows alone: without a throw, the same way each time, every value mapped or listed once.
 */
import { leaves, readMessage } from "#standards/hl7v2";
import { compileRows, mapMessage, officialRows } from "#standards/v2-to-fhir";
import { overSamples } from "../hl7v2-samples.ts";
import type { SuiteResult } from "./suite.ts";

export const maps = compileRows(officialRows);

const conversion = {
  offsetMinutesAt: () => 0,
  codingSystem: (name: string) => `urn:corridor:codes:${encodeURIComponent(name)}`,
  now: "2026-11-23T09:00:00Z",
  messageBase64: "TVNI",
};

/** Rows of segment maps, data type maps and message maps that have a target. */
export function rowCount(): number {
  const count = (rows: ReadonlyMap<string, readonly { readonly to: string }[]>) =>
    [...rows.values()].flat().filter(({ to }) => to !== "").length;
  return count(officialRows.structures) + count(officialRows.segments) + count(officialRows.types);
}

export async function run(): Promise<SuiteResult> {
  const messages = await overSamples(faultsOf);
  const [rows, listed] = [rowCount(), maps.listed.length];
  return {
    passed: rows - listed + messages.passed,
    total: rows + messages.total,
    excluded: listed + messages.excluded,
    failures: messages.failures,
  };
}

function faultsOf(raw: Uint8Array): readonly string[] {
  try {
    const message = readMessage(raw);
    const [first, again] = [map(message), map(message)];
    const faults: string[] = [];
    if (JSON.stringify(first.resources) !== JSON.stringify(again.resources)) faults.push("maps differently again");
    const values = [...leaves(message)].map(({ where }) => where);
    if (first.ledger.map(({ where }) => where).join(" ") !== values.join(" "))
      faults.push("the ledger leaves values out");
    return faults;
  } catch (error) {
    return [`threw ${String(error)}`];
  }
}

function map(message: ReturnType<typeof readMessage>) {
  return mapMessage(message, { maps, conversion, settings: {} });
}

if (import.meta.main) {
  for (const { id, reason } of maps.listed) console.log(`${id}: ${reason}`);
}
