import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { type CodingText, codingText } from "./terminology-check.ts";
import { error, type Finding, information, report, type Visit, warning } from "./visit.ts";

export type BindingStrength = "required" | "extensible" | "preferred";

export interface Binding {
  readonly strength: BindingStrength;
  /** Canonical url, perhaps with a version. */
  readonly valueSet: string;
}

/** A check of one value of that type against a binding as the table writes it: `required http://…`. */
export function bindingCheck(line: string, typeName: string): (value: Json, visit: Visit) => void {
  const [strength = "", valueSet = ""] = line.split(" ");
  const binding = { strength: strength as BindingStrength, valueSet };
  return (value, visit) => checkBinding(value, { binding, typeName }, visit);
}

/**
 * Reports a code that is not of the value set: required as an error, extensible as a warning, preferred as information.
 * What the terminology cannot say is not reported. Source: FHIR R4 §4.1.5 (binding strengths).
 */
export function checkBinding(
  value: Json,
  { binding, typeName }: { readonly binding: Binding; readonly typeName: string },
  visit: Visit,
): void {
  const codings = codingsOf(value, typeName);
  if (codings === undefined) return;
  if (codings.length === 0) {
    if (binding.strength === "required" && !isExplained(value))
      report(visit, error("code-invalid", "code-missing", `A code of ${binding.valueSet} must be given.`));
    return;
  }
  const answers = codings.map((coding) => membership(bareUrl(binding.valueSet), coding, visit));
  if (answers.includes(true) || answers.includes(undefined)) return;
  report(visit, findingOf(binding, codings));
}

/** Where R4 asks for a media type, its own examples name FHIR's formats in short. Source: CapabilityStatement.format. */
const shortFormats: ReadonlySet<string> = new Set(["json", "xml", "ttl"]);

function membership(valueSet: string, coding: CodingText, visit: Visit): boolean | undefined {
  if (valueSet === "http://hl7.org/fhir/ValueSet/mimetypes" && shortFormats.has(coding.code)) return true;
  return visit.means.terminology.isMember(valueSet, coding);
}

function findingOf({ strength, valueSet }: Binding, codings: readonly CodingText[]): Finding {
  const told = codings.length === 1 ? "The code is" : "None of the codes is";
  const message = `${told} in the value set ${valueSet}.`.replace("The code is in", "The code is not in");
  if (strength === "required") return error("code-invalid", "code-not-in-value-set", message);
  if (strength === "extensible") return warning("code-invalid", "code-not-in-value-set", message);
  return information("code-invalid", "code-not-in-value-set", message);
}

/** An extension may stand where a code cannot be given. */
function isExplained(value: Json): boolean {
  return isJsonObject(value) && value.extension !== undefined;
}

/** Undefined for a value that a binding says nothing of. */
function codingsOf(value: Json, typeName: string): readonly CodingText[] | undefined {
  if (typeof value === "string") return [{ code: value }];
  if (!isJsonObject(value)) return undefined;
  if (typeName === "CodeableConcept") return codingsIn(value);
  if (typeName !== "Coding" && !("code" in value)) return undefined;
  const coding = codingText(value);
  return coding === undefined ? [] : [coding];
}

function codingsIn({ coding }: JsonObject): readonly CodingText[] {
  if (!Array.isArray(coding)) return [];
  return coding.filter(isJsonObject).flatMap((each) => codingText(each) ?? []);
}

export function bareUrl(canonical: string): string {
  const bar = canonical.indexOf("|");
  return bar === -1 ? canonical : canonical.slice(0, bar);
}
