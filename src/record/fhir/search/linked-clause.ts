import { ok, type Result } from "#kernel";
import { type Criterion, refersByUrl } from "#standards/fhir";
import type { Clause, Linked } from "../../documents/clause.ts";
import { namedParameter } from "../fhir-entries.ts";
import { anyClause, type Reading, refused } from "./criterion-clause.ts";
import { holdersOf } from "./reference-clause.ts";

type Of<K extends Criterion["kind"]> = Criterion & { readonly kind: K };

/** The log of the audit is kept apart, so no search goes through it. */
const unreachable = "AuditEvent";

/** `subject.name=…`. Source: FHIR R4 §3.1.1.4.16 (chained parameters). */
export function chainClause({ parameter, to }: Of<"chain">, reading: Reading): Result<Clause> {
  const { type } = reading.settings;
  const clauses: Clause[] = [];
  let problem: Result<never> | undefined;
  for (const target of to) {
    if (target.type === unreachable) continue;
    const inner = reading.inner(target.criterion, { ...reading.settings, type: target.type });
    if (inner.ok) {
      const link = linkOf(type, parameter, target.type);
      clauses.push({ is: "refers", ...link, to: target.type, all: [inner.value] });
    } else problem ??= inner;
  }
  if (clauses.length > 0) return ok(anyClause(clauses));
  return problem ?? refused(reading, "The audit log cannot be searched through references.");
}

/** `_has:Observation:patient:code=…`. Source: FHIR R4 §3.1.1.4.17 (reverse chaining). */
export function reverseChainClause(
  { source, parameter, criterion }: Of<"reverse-chain">,
  reading: Reading,
): Result<Clause> {
  if (source === unreachable) return refused(reading, "The audit log cannot be searched through references.");
  const inner = reading.inner(criterion, { ...reading.settings, type: source });
  if (!inner.ok) return inner;
  const link = linkOf(source, parameter, reading.settings.type);
  return ok({ is: "referred", ...link, from: source, all: [inner.value] });
}

/** How resources of a type refer to those of another by the parameter. */
function linkOf(type: string, parameter: string, target: string): Omit<Linked, "all"> {
  const parameters = holdersOf(type, parameter, target);
  if (!refersByUrl(type, parameter)) return { parameters };
  return { parameters: parameters.map(namedParameter), byUrl: namedParameter("url") };
}
