import type { Json } from "#kernel";
import type { MessageWriter } from "./message-writer.ts";
import { setValueFields } from "./observation-value.ts";
import { addNotes, addSpecimen, copyField, setCollection, setNumbers } from "./order-parts.ts";
import { type FhirResource, type JsonMap, listIn, objectIn } from "./resource-set.ts";
import { setText } from "./segment-draft.ts";

/** ORC, OBR, NTE, OBX with their notes, and SPM of one report. */
export function addReport(writer: MessageWriter, report: FhirResource, number: number): void {
  writer.forget();
  const orders = listIn(report.basedOn).flatMap((each) => writer.set.resolve(each, "ServiceRequest") ?? []);
  const orc = writer.start("ORC");
  setText(orc, { field: 1 }, "RE");
  writer.fill(orc, "ORC[DiagnosticReport]", report);
  if (orders[0] !== undefined) {
    writer.fill(orc, "ORC[ServiceRequest]", orders[0]);
    setNumbers(orc, orders[0], writer);
  }
  writer.add(orc);
  const obr = writer.start("OBR");
  setText(obr, { field: 1 }, String(number));
  for (const field of [2, 3]) copyField(orc, field, obr, field);
  copyField(orc, 12, obr, 16);
  const specimens = listIn(report.specimen).flatMap((each) => writer.set.resolve(each, "Specimen") ?? []);
  setText(obr, { field: 25 }, statusCodes[String(report.status)]);
  writer.fill(obr, "OBR[DiagnosticReport]", report);
  const isWithoutSpecimen = writer.options.version === "2.4";
  if (isWithoutSpecimen) setCollection(obr, specimens[0]);
  if (orders[0] !== undefined) writer.fill(obr, "OBR[ServiceRequest]", orders[0]);
  writer.add(obr);
  addConclusion(writer, report);
  addResults(writer, report);
  if (!isWithoutSpecimen) addSpecimens(writer, specimens);
}

/** Source: HL7 v2.5.1 table 0123. */
const statusCodes: Readonly<Record<string, string>> = {
  registered: "O",
  partial: "A",
  preliminary: "P",
  final: "F",
  amended: "C",
  corrected: "C",
  appended: "C",
  cancelled: "X",
  "entered-in-error": "X",
};

/** What is said of the report as a whole stands behind OBR. */
function addConclusion(writer: MessageWriter, { conclusion }: FhirResource): void {
  if (typeof conclusion !== "string") return;
  const nte = writer.start("NTE");
  setText(nte, { field: 1 }, "1");
  setText(nte, { field: 3 }, conclusion);
  writer.add(nte);
}

/** Each once, with the members of panels behind them. */
function addResults(writer: MessageWriter, report: FhirResource): void {
  const seen = new Set<FhirResource>();
  const wanted = [...listIn(report.result)];
  let number = 1;
  for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
    const observation = writer.set.resolve(next, "Observation");
    if (observation === undefined || seen.has(observation)) continue;
    seen.add(observation);
    wanted.unshift(...listIn(observation.hasMember));
    number = addResult(writer, observation, number);
  }
  for (const form of listIn(report.presentedForm)) number = addDocument(writer, form as never, number);
}

/** SPM, and behind each what was observed of the specimen itself. Source: HL7 v2.5.1 §4.4.6, SPECIMEN. */
export function addSpecimens(writer: MessageWriter, specimens: readonly FhirResource[]): void {
  const observations = writer.set.all.filter(({ resourceType }) => resourceType === "Observation");
  for (const [at, specimen] of specimens.entries()) {
    addSpecimen(writer, specimen, at + 1);
    const isOfIt = (each: Json) => writer.set.resolve(each, "Specimen") === specimen;
    let number = 1;
    for (const each of observations) if (listIn(each.focus).some(isOfIt)) number = addResult(writer, each, number);
  }
}

/**
 * OBX and its notes. Components of the same test are values of one OBX; those of others have one each, told together by OBX-4.
 * The number of the next.
 */
export function addResult(writer: MessageWriter, observation: FhirResource, number: number): number {
  const components = listIn(observation.component).map((each) => objectIn(each) ?? {});
  if (components.length > 1 && components.every((part) => isOfSameTest(part, observation)))
    return addValues(writer, { observation, components, number });
  const parts =
    components.length === 0
      ? [observation]
      : components.map((part) => ({ ...withoutValue(observation), ...part }) as FhirResource);
  const { version, names } = writer.options;
  for (const [at, part] of parts.entries()) {
    const obx = writer.start("OBX");
    setText(obx, { field: 1 }, String(number + at));
    if (parts.length > 1) setText(obx, { field: 4 }, String(at + 1));
    setValueFields(obx, part, { version, names });
    writer.fill(obx, "OBX[Observation]", part);
    writer.add(obx);
  }
  addNotes(writer, "NTE[Observation]", observation);
  return number + parts.length;
}

interface ValuesToWrite {
  readonly observation: FhirResource;
  readonly components: readonly JsonMap[];
  readonly number: number;
}

function isOfSameTest({ code }: JsonMap, observation: FhirResource): boolean {
  return code === undefined || JSON.stringify(code) === JSON.stringify(observation.code);
}

/** OBX-5 with a repetition for each. */
function addValues(writer: MessageWriter, { observation, components, number }: ValuesToWrite): number {
  const { version, names } = writer.options;
  const draftOf = (part: JsonMap) => {
    const obx = writer.start("OBX");
    const { code } = observation;
    const whole = { ...withoutValue(observation), ...part, ...(code && { code }) } as FhirResource;
    setText(obx, { field: 1 }, String(number));
    setValueFields(obx, whole, { version, names });
    writer.fill(obx, "OBX[Observation]", whole);
    return obx;
  };
  const [first, ...others] = components.map(draftOf);
  if (first === undefined) return number;
  const values = [first, ...others].flatMap(({ fields }) => fields.get(5)?.slice(0, 1) ?? []);
  if (values.length > 0) first.fields.set(5, values);
  writer.add(first);
  addNotes(writer, "NTE[Observation]", observation);
  return number + 1;
}

function withoutValue({ component: _, ...observation }: FhirResource): Record<string, unknown> {
  const kept = Object.entries(observation).filter(([key]) => !key.startsWith("value") && key !== "referenceRange");
  return Object.fromEntries(kept);
}

/** A document as encapsulated data. Source: HL7 v2.5.1 §2.A.24. */
function addDocument(writer: MessageWriter, form: FhirResource, number: number): number {
  const { contentType, data, title } = form;
  if (typeof data !== "string") return number;
  const [type = "application", subtype = ""] = String(contentType ?? "application/octet-stream").split("/");
  const obx = writer.start("OBX");
  setText(obx, { field: 1 }, String(number));
  setText(obx, { field: 2 }, "ED");
  setText(obx, { field: 3 }, subtype.toUpperCase());
  setText(obx, { field: 3, component: 2 }, typeof title === "string" ? title : "Report");
  for (const [at, part] of [type, subtype, "Base64", data].entries())
    setText(obx, { field: 5, component: at + 2 }, part);
  setText(obx, { field: 11 }, "F");
  writer.add(obx);
  return number + 1;
}
