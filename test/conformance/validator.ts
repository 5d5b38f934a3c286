/**
 * The cases of the HL7 FHIR validator for R4 in JSON: for each a resource and whether the reference validator finds an error in
 * it. What counts is the verdict; `docs/conformance/validator.md` tells of each case that differs and why.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { instant, isJsonObject } from "#kernel";
import { openValidator, type TerminologyCheck, type ValidationIssue, type Validator } from "#standards/fhir-profiles";
import { testData } from "../data.ts";
import type { SuiteResult } from "./suite.ts";
import { differing } from "./validator-cases/differing.ts";
import { withTerminology } from "./validator-cases/served-terminology.ts";

interface Case {
  readonly name: string;
  readonly file: string;
  readonly valid: boolean;
  /** How the reference validator was set for this case. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The time of the reference validator's answers. */
const answeredAt = instant(Date.parse("2025-03-01T00:00:00Z"));

/** Extensions whose definitions the reference validator had loaded and that are no part of R4. */
const atHandThere = [
  "http://hl7.org/fhir/5.0/StructureDefinition/",
  "http://hl7.org/fhir/tools/StructureDefinition/",
  "http://hl7.org/fhir/test/StructureDefinition/",
];

export async function run(): Promise<SuiteResult> {
  return withTerminology(judgeAll);
}

/** Our verdict on every case, with the codes that FHIR itself brings. */
export function judgeAll(terminology: TerminologyCheck): SuiteResult {
  const data = testData("validator");
  if (data.skip !== false) return { passed: 0, total: 1, excluded: 0, failures: [data.skip] };
  const cases = JSON.parse(readFileSync(join(data.path, "cases.json"), "utf8")) as readonly Case[];
  const validatorFor = openValidators();
  const failures: string[] = [];
  let passed = 0;
  for (const one of cases) {
    const text = readFileSync(join(data.path, "resources", one.file), "utf8");
    const issues = judge(text, one, (resource) =>
      validatorFor(one).validate(resource, { now: answeredAt, terminology }),
    );
    const errors = issues.filter(({ severity }) => severity === "error");
    const failure = failureOf(one, errors);
    if (failure !== undefined) failures.push(`${one.name}: ${failure}`);
    else if (!differing.has(one.name)) passed += 1;
  }
  return { passed, total: cases.length, excluded: cases.length - passed - failures.length, failures };
}

function failureOf({ name, valid }: Case, errors: readonly ValidationIssue[]): string | undefined {
  const agrees = valid === (errors.length === 0);
  const reason = differing.get(name);
  if (agrees) return reason === undefined ? undefined : `agrees, although it is listed (${reason})`;
  if (reason !== undefined) return undefined;
  return valid ? `refused: ${told(errors)}` : "taken, though the reference refuses it";
}

/** As the reference validator is set: an extension without a definition is an error, unless an example. */
function openValidators(): (one: Case) => Validator {
  const common = { unknownExtensions: "error", trustedExtensions: atHandThere } as const;
  const validators = new Map<string, Validator>();
  return ({ options }) => {
    const exampleUrls = options.examples === false ? "error" : "allowed";
    const isStrict = options["security-checks"] === true || options.noHtmlInMarkdown === true;
    const markupInTexts = isStrict ? "error" : "allowed";
    const key = `${exampleUrls} ${markupInTexts}`;
    const validator = validators.get(key) ?? openValidator({ ...common, exampleUrls, markupInTexts });
    validators.set(key, validator);
    return validator;
  };
}

type Judge = (resource: unknown) => readonly ValidationIssue[];

/** Two options of the reference are no part of a validator here: JSON with comments, and leaving contained resources alone. */
function judge(text: string, { options }: Case, validate: Judge): readonly ValidationIssue[] {
  const plain = options["allow-comments"] === true ? withoutComments(text) : text;
  let resource: unknown;
  try {
    resource = JSON.parse(plain.replace(/^\uFEFF/, ""));
  } catch {
    return [{ severity: "error", code: "structure", expression: "", message: "This is no JSON.", rule: "no-json" }];
  }
  if (options.validateContains !== "IGNORE" || !isJsonObject(resource)) return validate(resource);
  const { contained: _, ...rest } = resource;
  return validate(rest);
}

function withoutComments(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "$1");
}

function told(errors: readonly ValidationIssue[]): string {
  return errors.map(({ expression, rule, message }) => `${expression} [${rule}] ${message}`).join(" / ");
}
