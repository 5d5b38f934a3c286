/**
 * The sample messages of microsoft/FHIR-Converter through the mappings: every one is read without a throw; those of a
 * mapped type give resources with a sound structure; every value of these is mapped or listed, once, and the same
 * message gives the same resources again.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkResource } from "#standards/fhir";
import { type Header, leaves, offsetsOf } from "#standards/hl7v2";
import { ledgerOf, summaryOf } from "../../src/departments/clinical/messages/ledger.ts";
import { type Mapping, mapFor, mappingFor, readForMapping } from "../../src/departments/clinical/messages/mapping.ts";
import { readSent, type SentMessage } from "../../src/departments/clinical/messages/sent-message.ts";
import { testData } from "../data.ts";
import type { SuiteResult } from "./suite.ts";

const offsetMinutesAt = offsetsOf("Europe/London");

export async function run(): Promise<SuiteResult> {
  const samples = testData("hl7v2/samples");
  if (samples.skip !== false) {
    console.log(samples.skip);
    return { passed: 0, total: 0, excluded: 0, failures: [] };
  }
  const files = readdirSync(samples.path).filter((name) => name.endsWith(".hl7"));
  const failures = files.flatMap((file) => {
    const faults = faultsOf(readFileSync(join(samples.path, file)));
    return faults.length === 0 ? [] : [`${file}: ${faults.join("; ")}`];
  });
  return { passed: files.length - failures.length, total: files.length, excluded: 0, failures };
}

function faultsOf(bytes: Uint8Array): readonly string[] {
  try {
    const sent = readSent(bytes);
    const mapping = sent.header && mappingFor(sent.header);
    return sent.header === undefined || mapping === undefined
      ? []
      : mappedFaults(sent, { header: sent.header, mapping });
  } catch (error) {
    return [`threw ${String(error)}`];
  }
}

interface Mapped {
  readonly header: Header;
  readonly mapping: Mapping;
}

function mappedFaults(sent: SentMessage, mapped: Mapped): readonly string[] {
  const first = resourcesOf(sent, mapped);
  const again = resourcesOf(sent, mapped);
  const faults = first.resources.flatMap(checkResource).map(({ code, where }) => `${code} at ${where}`);
  if (JSON.stringify(first.resources) !== JSON.stringify(again.resources))
    faults.push("maps differently the second time");
  const values = [...leaves(sent.message)].map(({ where }) => where);
  const listed = ledgerOf(first.readers);
  if (listed.map(({ where }) => where).join(" ") !== values.join(" ")) faults.push("the ledger leaves values out");
  const books = summaryOf(first.readers);
  if (books.leaves !== values.length || books.mapped + books.unmapped.length !== books.leaves)
    faults.push("the books do not balance");
  return faults;
}

function resourcesOf({ message }: SentMessage, { header, mapping }: Mapped) {
  const read = readForMapping(message, { header, mapping, offsetMinutesAt });
  const plan = mapFor({ reference: "Patient/1" }, read, mapping);
  const patient = read.patient === undefined ? [] : [read.patient.resource];
  return { resources: [...patient, ...plan.map(({ resource }) => resource)], readers: read.groups.readers };
}

if (import.meta.main) {
  const { passed, total, excluded, failures } = await run();
  for (const failure of failures) console.log(failure);
  console.log(`v2-to-fhir: passed ${passed} of ${total}, excluded ${excluded}`);
}
