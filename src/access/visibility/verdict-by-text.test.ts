/** What the text of a document tells of conditions never contradicts what its index tells. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { instant, type JsonObject } from "#kernel";
import { type Clause, indexEntriesOf, jsonText, satisfies, type Version } from "#record";
import { aboutPatients } from "./about-patients.ts";
import { labelled, restrictedLabels, sealedLabels, unlabelled } from "./labels.ts";
import { verdictByText } from "./verdict-by-text.ts";

const sealed = {
  meta: { security: [{ system: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", code: "V" }] },
};
const of = (subject: string) => ({ resourceType: "Observation", status: "final", subject: { reference: subject } });
const bodies: readonly JsonObject[] = [
  of("Patient/1"),
  of("Patient/12"),
  of("https://other.example/Patient/2"),
  { ...of("Patient/3"), ...sealed },
  { ...of("#p"), contained: [{ resourceType: "Patient", id: "p", ...sealed }] },
  { ...of("Group/1"), note: [{ text: 'the word "security", and Patient/1' }] },
];

const not = (clause: Clause): Clause => ({ is: "not", of: clause });
const about = (...ids: readonly string[]) => aboutPatients("Observation", ids);
const conditions: readonly Clause[] = [
  unlabelled("Observation", sealedLabels),
  labelled("Observation", restrictedLabels),
  not(about("1", "3")),
  about("12"),
  { is: "id", any: ["o1"] },
  { is: "never" },
  { is: "any", of: [unlabelled("Observation", sealedLabels), about("3")] },
  { is: "all", of: [unlabelled("Observation", restrictedLabels), not(about("2"))] },
  { is: "key", any: ["status=http://hl7.org/fhir/observation-status|final"] },
];

test("a document is judged by its text as it is by its index, or not at all", () => {
  let told = 0;
  for (const [at, body] of bodies.entries()) {
    const version: Version = {
      kind: "Observation",
      id: `o${at}`,
      version: 1,
      position: at + 1,
      at: instant(0),
      action: "create",
      body: jsonText({ id: `o${at}`, ...body }),
    };
    const entries = indexEntriesOf("Observation", body);
    for (const condition of conditions) {
      const verdict = verdictByText(version, condition);
      if (verdict === undefined) continue;
      told += 1;
      assert.equal(verdict, satisfies({ version, entries }, [condition]), `${version.body} ${inspect(condition)}`);
    }
  }
  assert.ok(told > bodies.length * 5, `only ${told} were told`);
});
