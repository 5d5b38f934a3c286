/**
 * The sample messages of microsoft/FHIR-Converter through the mappings: every one is read without a throw; those of a
 * mapped type give resources with a sound structure; every value of these is mapped or listed, once, and the same
 * message gives the same resources again.
 */

import { type Preview, previewMessage } from "#departments/clinical";
import { hospitalTime } from "#kernel";
import { checkResource } from "#standards/fhir";
import { leaves, readMessage } from "#standards/hl7v2";
import { overSamples } from "../hl7v2-samples.ts";
import type { SuiteResult } from "./suite.ts";

const { offsetMinutesAt } = hospitalTime("Europe/London");

export function run(): Promise<SuiteResult> {
  return overSamples(faultsOf);
}

function faultsOf(raw: Uint8Array): readonly string[] {
  try {
    const [first, again] = [preview(raw), preview(raw)];
    return first.ok && again.ok ? mappedFaults(raw, { first: first.value, again: again.value }) : [];
  } catch (error) {
    return [`threw ${String(error)}`];
  }
}

function preview(raw: Uint8Array) {
  return previewMessage({ raw, patientReference: "Patient/1", offsetMinutesAt });
}

function mappedFaults(raw: Uint8Array, { first, again }: { readonly first: Preview; readonly again: Preview }) {
  const { ledger, books } = first;
  const faults = resourcesOf(first)
    .flatMap(checkResource)
    .map(({ code, where }) => `${code} at ${where}`);
  if (JSON.stringify(resourcesOf(first)) !== JSON.stringify(resourcesOf(again))) faults.push("maps differently again");
  const values = [...leaves(readMessage(raw))].map(({ where }) => where);
  if (ledger.map(({ where }) => where).join(" ") !== values.join(" ")) faults.push("the ledger leaves values out");
  const listed = ledger.filter((entry) => "reason" in entry).length;
  const isBalanced = books.leaves === values.length && books.unmapped.length === listed;
  if (!isBalanced || books.mapped + listed !== books.leaves) faults.push("the books do not balance");
  return faults;
}

function resourcesOf({ patient, plan }: Preview): readonly unknown[] {
  return [...(patient === undefined ? [] : [patient]), ...plan.map(({ resource }) => resource)];
}

if (import.meta.main) {
  const { passed, total, excluded, failures } = await run();
  for (const failure of failures) console.log(failure);
  console.log(`v2-to-fhir: passed ${passed} of ${total}, excluded ${excluded}`);
}
