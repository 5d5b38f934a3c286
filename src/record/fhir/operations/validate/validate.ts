import { failed, incorrect, type JsonObject, ok, type Result } from "#kernel";
import { type OperationOutcome, operationOutcome } from "#standards/fhir";
import type { ValidationIssue } from "#standards/fhir-profiles";
import { parseBody } from "../../../documents/document.ts";
import type { Answer } from "../../answer.ts";
import type { FhirContext } from "../../context.ts";
import { readCurrent } from "../current.ts";
import { missingOf } from "../given.ts";
import { givenObject, givenText, givenTexts, type Invocation, type Operation } from "../operation.ts";
import { openValidation } from "./validation.ts";

/** Source: FHIR R4 OperationDefinition/Resource-validate. */
export const validateOperation: Operation = {
  code: "validate",
  title: "Whether a resource is sound",
  description:
    "Checks a resource against R4, the profiles it names and those that are asked for, among them the StructureDefinitions " +
    "of the record; or whether it could be created, updated or deleted.",
  levels: ["type", "instance"],
  affectsState: false,
  definition: "http://hl7.org/fhir/OperationDefinition/Resource-validate",
  parameters: [
    {
      name: "resource",
      type: "Resource",
      documentation: "What is to be checked; of an instance, the one stored where it is left out",
    },
    {
      name: "mode",
      type: "code",
      documentation: "create, update or delete: whether that could be done; profile: only the profiles",
    },
    { name: "profile", type: "uri", isRepeated: true, documentation: "Canonicals of profiles to check besides" },
  ],
  run: validate,
};

const modes = ["create", "update", "delete", "profile"] as const;
type Mode = (typeof modes)[number];

async function validate(invocation: Invocation, context: FhirContext): Promise<Result<Answer>> {
  const { given, type, id } = invocation;
  const text = givenText(given, "mode");
  const mode = modes.find((each) => each === text);
  if (text !== undefined && mode === undefined) {
    return failed(incorrect("wrong-search-value", `mode must be one of ${modes.join(", ")}.`, { where: "mode" }));
  }
  const sent = givenObject(given, "resource");
  const stored =
    id === "" || (sent !== undefined && mode === "create") ? undefined : await readCurrent(context.record, type, id);
  if (mode === "delete") return stored === undefined ? deletesInstance : stored.ok ? ok(answerOf([])) : stored;
  if (sent === undefined && stored === undefined) return missingOf("resource", "There is nothing to validate.");
  if (sent === undefined && stored?.ok === false) return stored;
  const resource = sent ?? (stored?.ok === true ? parseBody<JsonObject>(stored.value) : {});
  const issues = [...typeIssues(resource, type), ...modeIssues(resource, { mode, id, isStored: stored?.ok === true })];
  return checked(resource, issues, { invocation, context });
}

const deletesInstance = missingOf("mode", "Whether something can be deleted is asked of an instance.");

interface Checking {
  readonly invocation: Invocation;
  readonly context: FhirContext;
}

async function checked(
  resource: JsonObject,
  before: readonly ValidationIssue[],
  { invocation, context }: Checking,
): Promise<Result<Answer>> {
  const { asked, given } = invocation;
  const { record, clock, validation = openValidation() } = context;
  const profiles = givenTexts(given, "profile");
  const found = await validation.validate(resource, { record, base: asked.base, now: clock.now(), profiles });
  return found.ok ? ok(answerOf([...before, ...found.value])) : found;
}

function typeIssues({ resourceType }: JsonObject, type: string): readonly ValidationIssue[] {
  if (resourceType === type) return [];
  return [issue("invalid", `${type}`, "The resource is of another type than the address.", "wrong-kind")];
}

interface ModeAsked {
  readonly mode: Mode | undefined;
  readonly id: string;
  readonly isStored: boolean;
}

/** Source: FHIR R4 value set resource-validation-mode. */
function modeIssues(resource: JsonObject, { mode, id, isStored }: ModeAsked): readonly ValidationIssue[] {
  const where = `${String(resource.resourceType)}.id`;
  if (mode === "create" && id !== "")
    return [issue("business-rule", where, "A create is asked of a type, not of an instance.", "wrong-id")];
  if (mode !== "update") return [];
  const issues: ValidationIssue[] = [];
  if (resource.id === undefined || (id !== "" && resource.id !== id)) {
    issues.push(issue("business-rule", where, "An update needs the id of what it changes.", "wrong-id"));
  }
  if (id !== "" && !isStored) issues.push(issue("not-found", where, "There is nothing yet to update.", "not-found"));
  return issues;
}

function issue(code: ValidationIssue["code"], expression: string, message: string, rule: string): ValidationIssue {
  return { severity: "error", code, expression, message, rule };
}

/** Always an outcome: what is wrong with the resource is the answer, not a failure. */
function answerOf(issues: readonly ValidationIssue[]): Answer {
  const [first, ...rest] = issues.map(({ severity, code, expression, message, rule }) => ({
    severity,
    code,
    details: { text: rule },
    diagnostics: message,
    ...(expression === "" ? {} : { expression: [expression] as const }),
  }));
  const outcome: OperationOutcome =
    first === undefined ? operationOutcome([]) : { resourceType: "OperationOutcome", issue: [first, ...rest] };
  return { status: 200, body: JSON.stringify(outcome) };
}
