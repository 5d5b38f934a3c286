/** How fast resources, messages and images are de-identified; floors are parsing and writing the same without it. */
import { createHmac } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expectOk, type Json } from "#kernel";
import {
  compileRuleSet,
  deidentifyImage,
  deidentifyMessage,
  Keyed,
  patientsOf,
  RuleCounts,
  ruleSets,
} from "#standards/deidentification";
import { readPart10, writePart10 } from "#standards/dicom";
import { readMessage, writeMessage } from "#standards/hl7v2";
import { aDicomFile, dicomBytes } from "../test/builders/dicom.ts";
import { testData } from "../test/data.ts";
import type { Figure } from "./figure.ts";

const bundlesMax = 30;
const rounds = 3;

export async function run(): Promise<readonly Figure[]> {
  return [...resources(), ...messages(), images()];
}

/** Things a second of processor time, of the best round. */
function perSecond(things: number, work: () => void): number {
  let best = 0;
  for (let round = 0; round < rounds; round += 1) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.max(best, things / ((user + system) / 1e6));
  }
  return best;
}

function keyedFor(bundles: readonly Json[]): Keyed {
  const digest = (text: string) => createHmac("sha256", "bench").update(text).digest();
  const patients = new Map(
    bundles
      .flatMap((bundle) => patientsOf(bundle))
      .flatMap(({ key, names }) => names.map((name) => [name, key] as const)),
  );
  return new Keyed({ digest, year: 2026, patients, reviewed: new Set() });
}

function resources(): readonly Figure[] {
  const { path, skip } = testData("synthea");
  if (skip !== false) return [];
  const files = readdirSync(path)
    .filter((file) => file.endsWith(".gz"))
    .slice(0, bundlesMax);
  const texts = files.map((file) => gunzipSync(readFileSync(join(path, file))).toString("utf8"));
  const bundles = texts.map((text) => JSON.parse(text) as { readonly entry: readonly Json[] } & Json);
  const things = bundles.reduce((sum, { entry }) => sum + entry.length, 0);
  const floor = perSecond(things, () => {
    for (const text of texts) JSON.stringify(JSON.parse(text));
  });
  return [...ruleSets.values()].map((ruleSet) => {
    const deidentifier = expectOk(compileRuleSet(ruleSet));
    const value = perSecond(things, () => {
      // Every round makes its pseudonyms anew.
      const keyed = keyedFor(bundles);
      const counts = new RuleCounts();
      for (const text of texts)
        JSON.stringify(expectOk(deidentifier.resource(JSON.parse(text) as Json, keyed, counts)));
    });
    const floorName = "the same parsed and written";
    return { name: `${ruleSet.title}: FHIR`, value, unit: "resources/s", floor, floorName, wanted: { must: 5_000 } };
  });
}

function messages(): readonly Figure[] {
  const { path, skip } = testData("hl7v2/samples");
  if (skip !== false || !existsSync(path)) return [];
  const samples = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  const ruleSet = expectRules("teaching");
  const many = Array.from({ length: 10 }, () => samples).flat();
  const value = perSecond(many.length, () => {
    const [keyed, counts] = [keyedFor([]), new RuleCounts()];
    for (const bytes of many) deidentifyMessage(readMessage(bytes), { ruleSet, keyed, counts });
  });
  const floor = perSecond(many.length, () => {
    for (const bytes of many) writeMessage(readMessage(bytes));
  });
  return [{ name: "Teaching: HL7 v2", value, unit: "messages/s", floor, floorName: "the same read and written" }];
}

function images(): Figure {
  const file = dicomBytes(aDicomFile());
  const ruleSet = expectRules("teaching");
  const count = 2_000;
  const value = perSecond(count, () => {
    const [keyed, counts] = [keyedFor([]), new RuleCounts()];
    for (let image = 0; image < count; image += 1)
      writePart10(expectOk(deidentifyImage(readPart10(file), { ruleSet, keyed, counts })));
  });
  const floor = perSecond(count, () => {
    for (let image = 0; image < count; image += 1) {
      const read = readPart10(file).file;
      if (read !== undefined) writePart10(read);
    }
  });
  return { name: "Teaching: DICOM headers", value, unit: "images/s", floor, floorName: "the same read and written" };
}

function expectRules(name: string) {
  const rules = ruleSets.get(name);
  if (rules === undefined) throw new Error(`there are no rules ${name}`);
  return rules;
}
