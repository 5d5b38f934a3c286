import type { Json } from "#kernel";
import { compileFhirPath, type FhirPath, type FhirPathEnvironment } from "#standards/fhirpath";
import tables from "./generated/rules.json" with { type: "json" };
import type { IssueSeverity } from "./issue.ts";
import { nativeConstraints } from "./native-constraints.ts";
import { resolveReference } from "./reference-resolution.ts";
import { report, type Visit, warning } from "./visit.ts";

/** An invariant made ready to run. */
export interface Constraint {
  readonly key: string;
  readonly severity: IssueSeverity;
  readonly expression: string;
  /** What the definition says of it. */
  readonly human: string;
  /** False where broken, undefined where the expression says nothing of this value. */
  holds(value: Json, visit: Visit): boolean | undefined | "not-evaluated";
}

export interface ConstraintText {
  readonly key: string;
  readonly severity: IssueSeverity;
  readonly expression: string;
  readonly human: string;
}

type Row = readonly [string, string, string];

const rows = new Map(Object.entries(tables.constraints as unknown as Readonly<Record<string, Row>>));
const rowsOfElement = new Map(Object.entries(tables.elements as Readonly<Record<string, readonly string[]>>));

/** The invariants that R4 has at a path (`Patient.contact`, `Period`), beyond those of the element's type. */
export function baseConstraints(path: string): readonly Constraint[] {
  return (rowsOfElement.get(path) ?? []).flatMap((id) => {
    const row = rows.get(id);
    if (row === undefined) return [];
    const [severity, expression, human] = row;
    const key = id.replace(/@.*$/, "");
    return [compileConstraint({ key, severity: severity as IssueSeverity, expression, human }, path)];
  });
}

/** Every invariant of the base types: its id in the table with its expression and the paths that have it. */
export function everyBaseConstraint(): readonly { readonly path: string; readonly constraint: Constraint }[] {
  return [...rowsOfElement.keys()].flatMap((path) => baseConstraints(path).map((constraint) => ({ path, constraint })));
}

/** Whether the base rules check an invariant of this key and expression, so that profiles need not. */
export function isBaseConstraint(text: ConstraintText): boolean {
  return text.key === "ele-1" || rows.get(text.key)?.[1] === text.expression;
}

/** Compiled when it is first asked. An expression that cannot be compiled or evaluated is a warning at each value. */
export function compileConstraint(text: ConstraintText, path: string): Constraint {
  const native = rows.get(text.key)?.[1] === text.expression ? nativeConstraints.get(text.key) : undefined;
  let compiled: FhirPath | undefined | "none" = "none";
  return {
    ...text,
    holds(value, visit) {
      const known = native === undefined ? "ask" : native(value, visit);
      if (known !== "ask") return known;
      if (compiled === "none") compiled = compileText(text.expression, path);
      const tested = compiled?.test(value, environmentOf(visit));
      return tested?.ok === true ? tested.value : "not-evaluated";
    },
  };
}

function compileText(expression: string, path: string): FhirPath | undefined {
  const compiled = compileFhirPath(expression, { type: path });
  return compiled.ok ? compiled.value : undefined;
}

function environmentOf(visit: Visit): FhirPathEnvironment {
  visit.environment ??= {
    now: visit.means.now,
    resource: visit.resource,
    rootResource: visit.rootResource,
    resolve: (reference) => resolveReference(reference, visit),
    memberOf: (valueSet, { system, code }) => {
      if (code === undefined) return undefined;
      return visit.means.terminology.isMember(valueSet, system === undefined ? { code } : { code, system });
    },
    conformsTo: (url, resource) => visit.means.profiles.conforms(url, resource, visit),
  };
  return visit.environment;
}

export function checkConstraints(constraints: readonly Constraint[], value: Json, visit: Visit): void {
  for (let at = 0; at < constraints.length; at += 1) {
    const constraint = constraints[at];
    const holds = constraint?.holds(value, visit);
    if (constraint === undefined || holds === true || holds === undefined) continue;
    if (holds === false) reportBroken(constraint, visit);
    else report(visit, warning("processing", constraint.key, `The invariant ${constraint.key} cannot be evaluated.`));
  }
}

function reportBroken({ key, severity, human }: Constraint, visit: Visit): void {
  const sentence = human.trim().replace(/\.?$/, ".");
  report(visit, { severity, code: "invariant", rule: key, message: `${sentence} (${key})` });
}
