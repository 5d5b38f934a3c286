import { isJsonObject, type Json } from "#kernel";
import { jsonText } from "#record";
import type { HumanName } from "#standards/fhir";
import type { ComponentView, FieldView, SegmentView } from "../api.ts";
import { leavesOf } from "../fhir-messages/books.ts";
import { type FhirEntry, readFhirBundle } from "../fhir-messages/fhir-bundle.ts";
import { present } from "../messages/present.ts";
import type { OutcomeOf } from "./outcomes.ts";
import type { ParsedView } from "./parsed-view.ts";

/** The parsed tree of a FHIR message: its header, then what it brings, resource by resource. */
export function fhirView(bytes: Uint8Array): ParsedView {
  const message = readFhirBundle(bytes);
  if ("code" in message)
    return { lines: linesOf(bytes), segments: () => [], problems: [message], patientName: undefined };
  const entries = [message.header, ...message.entries];
  return {
    lines: jsonText(message.bundle, 2).split("\n"),
    segments: (segmentsShown, outcomeOf) =>
      entries.slice(0, segmentsShown).map((entry) => segmentView(entry, outcomeOf)),
    problems: [],
    patientName: nameIn(entries.find(({ type }) => type === "Patient")),
  };
}

function linesOf(bytes: Uint8Array): readonly string[] {
  return new TextDecoder().decode(bytes).split(/\r?\n/);
}

function nameIn(patient: FhirEntry | undefined): HumanName | undefined {
  const names = patient?.resource.name;
  const [first] = Array.isArray(names) ? names.filter(isJsonObject) : [];
  return first as HumanName | undefined;
}

function segmentView({ type, where, resource }: FhirEntry, outcomeOf: OutcomeOf): SegmentView {
  const elements = Object.entries(resource).filter(([name]) => name !== "resourceType");
  const fields = elements.map(([title, value], at) =>
    fieldView(value, { title, number: at + 1, where: `${where}.${title}`, outcomeOf }),
  );
  return { name: type, where, fields };
}

interface Place {
  readonly title: string;
  readonly number: number;
  readonly where: string;
  readonly outcomeOf: OutcomeOf;
}

function fieldView(value: Json, { title, number, where, outcomeOf }: Place): FieldView {
  const raw = typeof value === "object" ? jsonText(value) : String(value);
  const leaves = leavesOf(value, where);
  const isSimple = typeof value !== "object";
  const components = isSimple ? [] : leaves.map((leaf): ComponentView => componentView(leaf, { where, outcomeOf }));
  const outcome = isSimple ? outcomeOf(where) : undefined;
  return present<FieldView>({
    where,
    number,
    title,
    raw,
    text: isSimple ? raw : undefined,
    components,
    isNull: false,
    outcome,
  });
}

function componentView(
  leaf: { readonly where: string; readonly value: string },
  { where, outcomeOf }: Pick<Place, "where" | "outcomeOf">,
): ComponentView {
  const title = leaf.where.slice(where.length).replace(/^\./, "");
  return present<ComponentView>({
    where: leaf.where,
    title,
    text: leaf.value,
    isNull: false,
    outcome: outcomeOf(leaf.where),
  });
}
