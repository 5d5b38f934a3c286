/**
 * Mutated results, orders and events through the mappings: nothing may throw, every resource must have a sound
 * structure, and the books must balance. `node test/conformance/v2-to-fhir-fuzz.ts [count] [seed]`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Preview, previewMessage } from "#departments/clinical";
import { hospitalTime } from "#kernel";
import { checkResource } from "#standards/fhir";
import { anAdt, anOrder, anOruR01, potassium } from "../builders/index.ts";
import { testData } from "../data.ts";
import { mutant, type Random, seededRandom } from "./hl7v2-fuzzing/mutation.ts";
import type { SuiteResult } from "./suite.ts";

const { offsetMinutesAt } = hospitalTime("Europe/London");

export async function run(count = 100_000, seed = 20_261_123): Promise<SuiteResult> {
  const messages = seedMessages();
  const random = seededRandom(seed);
  const failures: string[] = [];
  for (let number = 1; number <= count && failures.length < 20; number += 1) {
    const raw = random() < 0.5 ? mutant(messages, random) : wholeMutant(messages, random);
    const fault = faultOf(raw);
    const text = Buffer.from(raw).toString("latin1");
    if (fault !== undefined) failures.push(`message ${number} of seed ${seed}: ${fault}: ${JSON.stringify(text)}`);
  }
  return { passed: count - failures.length, total: count, excluded: 0, failures };
}

function faultOf(raw: Uint8Array): string | undefined {
  try {
    const preview = previewMessage({ raw, patientReference: "Patient/1", offsetMinutesAt });
    return preview.ok ? unsoundness(preview.value) : undefined;
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

function unsoundness({ patient, plan, books }: Preview): string | undefined {
  const resources = [...(patient === undefined ? [] : [patient]), ...plan.map(({ resource }) => resource)];
  const [problem] = resources.flatMap(checkResource);
  if (problem !== undefined) return `${problem.code} at ${problem.where}`;
  return books.mapped + books.unmapped.length === books.leaves ? undefined : "the books do not balance";
}

/** A whole message with one to six bytes or pieces put in, taken out or changed. */
function wholeMutant(messages: readonly (readonly Uint8Array[])[], random: Random): Uint8Array {
  const at = (length: number) => Math.floor(random() * length);
  const lines = messages[at(messages.length)] ?? [];
  let text = lines.map((line) => Buffer.from(line).toString("latin1")).join("\r");
  for (let left = 1 + at(6); left > 0; left -= 1) {
    const place = at(text.length);
    const kind = random();
    const piece = text.slice(at(text.length)).slice(0, at(40));
    const put = kind < 0.4 ? (special[at(special.length)] ?? "") : kind < 0.6 ? piece : "";
    const taken = kind < 0.6 ? 0 : 1 + at(8);
    text = text.slice(0, place) + put + text.slice(place + taken);
  }
  return Buffer.from(text, "latin1");
}

const special = [...'|^~\\&"\r\n 0A1.-+<>=:/'];

/** All samples, the builders' messages, and an appointment; each as its lines, the header first. */
function seedMessages(): readonly (readonly Uint8Array[])[] {
  const samples = testData("hl7v2/samples");
  const names = samples.skip === false ? readdirSync(samples.path) : [];
  const texts = names.map((name) => readFileSync(join(samples.path, name), "latin1"));
  return [...texts, ...built].map((text) =>
    text
      .split(/[\r\n]+/)
      .filter((line) => line !== "")
      .map(latin1Bytes),
  );
}

const appointment = [
  "MSH|^~\\&|PAS|MEADOW|CORRIDOR|MEADOW|20261120090000+0000||SIU^S12^SIU_S12|S1|P|2.5.1",
  "SCH|P5|F5||||UNWELL^Patient unwell|FU^Follow-up|OPD^Outpatient|30|min|^^^20261201093000|||||C9^Ahmed^Nadia|||||||||Booked",
  "TQ1|1||||||20261201093000|20261201100000",
  "PID|1||H1^^^MEADOW^MR||OSEI^AMA||19500101|F",
  "PV1|1|O|DIAB^^^MEADOW",
  "RGS|1|A",
  "AIS|1|A|391000179108^Diabetes clinic^SCT|20261201093000|||30|min",
  "AIL|1|A|CLINIC2^^^MEADOW|||20261201093000|||30|min||Booked",
  "AIP|1|A|C7^Lindqvist^Ingrid|CONS^Consultant||20261201093000|||30|min||Booked",
].join("\r");

const built = [
  appointment,
  anAdt({ allergies: [{ 2: "DA", 3: "PEN^Penicillin^L", 5: "Rash" }] }),
  anOrder(),
  anOruR01({
    version: "2.5.1",
    spm: { 2: "SP1&ICE^SP1-1&PATHLAB", 4: "BLD^Blood^HL70487", 17: "20261123081500+0000" },
    obx: [
      { ...potassium, notes: ["Haemolysed"] },
      { type: "SN", test: "TITRE^Titre^L", value: "^1^:^128" },
      { type: "TX", test: "RPT^Report^L", value: "  first" },
      { type: "TX", test: "RPT^Report^L", value: "  second" },
      { type: "ED", test: "PDF^Report^L", value: "^AP^PDF^Base64^JVBERi0xLjQKJcOkw7zDtsOfCg==" },
    ],
  }),
];

function latin1Bytes(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

if (import.meta.main) {
  const [count, seed] = process.argv.slice(2).map(Number);
  const { passed, total, excluded, failures } = await run(count, seed);
  for (const failure of failures) console.log(failure);
  console.log(`v2-to-fhir-fuzz: passed ${passed} of ${total}, excluded ${excluded}`);
}
