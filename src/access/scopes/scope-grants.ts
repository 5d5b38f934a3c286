import { type Instant, incorrect, okUnless, type Problem, type Result } from "#kernel";
import { type Clause, conditionOf, type Kind, pointingAt } from "#record";
import { compartmentMembers } from "#standards/fhir";
import type { Actor } from "../actor.ts";
import { kindPermission } from "../grants.ts";
import { allFhirKinds, type RecordAction } from "../policies/index.ts";
import { actionsOfLetter, type ResourceScope } from "./resource-scope.ts";

export type Constraints = NonNullable<Actor["constraints"]>;

/** What scopes give, in the form an actor holds it. */
export interface ScopeGrants {
  readonly permissions: ReadonlySet<string>;
  readonly constraints: Constraints;
}

export interface ScopesTold {
  readonly scopes: readonly ResourceScope[];
  /** The id of the patient whom `patient/` is about; without one such scopes give nothing. */
  readonly patient?: string | undefined;
  /** What the person may do for whom the application acts: scopes never give more. Absent: for a program by itself. */
  readonly held?: ReadonlySet<string> | undefined;
  /** The address of the FHIR door, where it is known. */
  readonly base?: string | undefined;
  readonly now: Instant;
}

type Ways = Map<Kind, Map<RecordAction, (readonly Clause[])[]>>;

/**
 * Each scope is one way to a kind; of several, one is enough. Problems: incorrect `scope-invalid` for a search that is none.
 * Source: SMART App Launch 2.2 §3.0.2 (scopes, and resource-level constraints by search parameters).
 */
export function grantsOfScopes(told: ScopesTold): Result<ScopeGrants> {
  const ways: Ways = new Map();
  const problems: Problem[] = [];
  for (const scope of told.scopes) {
    const searched = searchClauses(scope, told);
    if (!searched.ok) problems.push(...searched.problems);
    else addWays(ways, { scope, searched: searched.value, told });
  }
  return okUnless(problems, joined(ways));
}

/** Problems: incorrect `scope-invalid`. */
export function searchClauses(
  { type, search, text }: ResourceScope,
  { base, now }: Pick<ScopesTold, "base" | "now">,
): Result<readonly Clause[]> {
  if (search === "") return okUnless([], []);
  const read = conditionOf(type, search, { base, now });
  if (read.ok) return okUnless([], read.value.query.all);
  const [{ message }] = read.problems;
  return okUnless(
    [incorrect("scope-invalid", `The search of the scope cannot be done: ${message}`, { where: text })],
    [],
  );
}

interface Adding {
  readonly scope: ResourceScope;
  readonly searched: readonly Clause[];
  readonly told: ScopesTold;
}

function addWays(ways: Ways, { scope, searched, told }: Adding): void {
  const actions = [...scope.letters].flatMap((letter) => actionsOfLetter[letter] ?? []);
  for (const kind of scope.type === "*" ? allFhirKinds() : [scope.type]) {
    const within = scope.level === "patient" ? aboutPatient(kind, told) : [];
    if (within === undefined) continue;
    for (const action of actions) {
      if (told.held !== undefined && !told.held.has(kindPermission(kind, action))) continue;
      if (scope.level === "patient" && !isOfPatient(kind, action)) continue;
      const ofKind = ways.get(kind) ?? new Map<RecordAction, (readonly Clause[])[]>();
      ways.set(kind, ofKind.set(action, [...(ofKind.get(action) ?? []), [...within, ...searched]]));
    }
  }
}

/** What resources of one patient refer to and everybody may know who may read them at all. */
const shared: ReadonlySet<Kind> = new Set([
  "HealthcareService",
  "Location",
  "Medication",
  "Organization",
  "Practitioner",
  "PractitionerRole",
  "Substance",
]);

/** What is shared is not changed in the name of a patient, and nobody makes another patient in the name of one. */
function isOfPatient(kind: Kind, action: RecordAction): boolean {
  if (kind === "Patient") return action !== "create" && action !== "delete";
  return !shared.has(kind) || action === "read" || action === "search";
}

const members: ReadonlyMap<Kind, readonly string[]> = new Map(
  compartmentMembers("Patient").map(({ type, parameters }) => [type, parameters]),
);

/** What a document of the kind must meet to be about the patient; undefined where none of the kind can be. */
function aboutPatient(kind: Kind, { patient, base }: ScopesTold): readonly Clause[] | undefined {
  if (patient === undefined || kind === "AuditEvent") return undefined;
  if (kind === "Patient") return [{ is: "id", any: [patient] }];
  // A Binary is seen by whoever sees a document that names it, which is asked of that document.
  if (shared.has(kind) || kind === "Binary") return [];
  const parameters = members.get(kind);
  if (parameters === undefined) return undefined;
  return [pointingAt({ type: kind, parameters, targets: [`Patient/${patient}`], base })];
}

function joined(ways: Ways): ScopeGrants {
  const permissions = new Set<string>();
  const constraints = new Map<Kind, Partial<Record<RecordAction, Clause>>>();
  for (const [kind, ofKind] of ways) {
    const limited: Partial<Record<RecordAction, Clause>> = {};
    for (const [action, alternatives] of ofKind) {
      permissions.add(kindPermission(kind, action));
      if (alternatives.some((all) => all.length === 0)) continue;
      const [first, ...others] = alternatives.map((of): Clause => ({ is: "all", of }));
      if (first !== undefined) limited[action] = others.length === 0 ? first : { is: "any", of: [first, ...others] };
    }
    if (Object.keys(limited).length > 0) constraints.set(kind, limited);
  }
  return { permissions, constraints };
}
