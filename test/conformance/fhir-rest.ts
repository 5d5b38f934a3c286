/**
 * The official R4 examples, all of them, through the handlers of the FHIR door: each is stored and read back, and must be what
 * was sent in every element and in the text of every number; what the record sets (id, version, time) apart.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type FhirDoor, fhirDoor } from "../doors/fhir.ts";
import { serveRecord } from "../served-record.ts";
import { examplesFolder, excluded } from "./fhir-examples.ts";
import type { SuiteResult } from "./suite.ts";

const inFlight = 16;

export async function run(): Promise<SuiteResult> {
  if (!existsSync(examplesFolder)) {
    return { passed: 0, total: 1, excluded: 0, failures: ["npm package hl7.fhir.r4.examples is not installed"] };
  }
  const served = await serveRecord();
  try {
    return await storeExamples(fhirDoor(served.context), () => true);
  } finally {
    await served.close();
  }
}

/** Those of the examples, in the order of their names, that `wanted` takes. */
export async function storeExamples(
  door: FhirDoor,
  wanted: (file: string, index: number) => boolean,
): Promise<SuiteResult> {
  const isExample = (file: string) => file.endsWith(".json") && file !== "package.json";
  const files = readdirSync(examplesFolder).filter(isExample).sort().filter(wanted);
  const failures: string[] = [];
  let passed = 0;
  let left = 0;
  let next = 0;
  const worker = async () => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      const flaw = await flawOf(door, readFileSync(join(examplesFolder, file), "utf8"));
      const reason = excluded.get(file);
      if (reason !== undefined && flaw?.startsWith("400 ")) left += 1;
      else if (reason !== undefined) failures.push(`${file}: is taken, although excluded (${reason})`);
      else if (flaw === undefined) passed += 1;
      else failures.push(`${file}: ${flaw}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return { passed, total: files.length, excluded: left, failures };
}

async function flawOf(door: FhirDoor, text: string): Promise<string | undefined> {
  const { resourceType, id } = JSON.parse(text) as { readonly resourceType: string; readonly id?: string };
  // The audit log gives its own ids.
  const isPosted = id === undefined || resourceType === "AuditEvent";
  const line = isPosted ? `POST /${resourceType}` : `PUT /${resourceType}/${id}`;
  const written = await door.send(line, { body: text, headers: { prefer: "return=minimal" } });
  if (written.status !== 201 && written.status !== 200) return `${written.status} ${written.text.slice(0, 300)}`;
  const address = /\/fhir(\/.*)$/.exec(String(written.headers.location))?.[1];
  const read = await door.send(`GET ${address}`, { headers: { accept: "application/fhir+json" } });
  if (read.status !== 200) return `read back: ${read.status}`;
  try {
    assert.deepEqual(comparable(read.text), comparable(text));
    return undefined;
  } catch (error) {
    return (error as Error).message.split("\n").slice(0, 20).join(" ");
  }
}

interface Comparable {
  id?: unknown;
  meta?: { versionId?: unknown; lastUpdated?: unknown };
}

/** Without what the record sets, and with every number as the text it was written in. */
function comparable(text: string): unknown {
  const asWritten = (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" ? `number ${context?.source}` : value;
  const resource = JSON.parse(text, asWritten) as Comparable;
  delete resource.id;
  delete resource.meta?.versionId;
  delete resource.meta?.lastUpdated;
  if (resource.meta !== undefined && Object.keys(resource.meta).length === 0) delete resource.meta;
  return resource;
}
