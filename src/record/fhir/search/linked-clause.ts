import { ok, type Result } from "#kernel";
import { type Criterion, refersByUrl } from "#standards/fhir";
import type { Clause } from "../../documents/clause.ts";
import { anyClause, type Reading, refused } from "./criterion-clause.ts";
import { holdersOf } from "./reference-clause.ts";

type Of<K extends Criterion["kind"]> = Criterion & { readonly kind: K };

/** The log of the audit is kept apart, so no search goes through it. */
const unreachable = "AuditEvent";

const byUrl = "Corridor does not follow canonical urls in a search.";

/** `subject.name=…`. Source: FHIR R4 §3.1.1.4.16 (chained parameters). */
export function chainClause({ parameter, to }: Of<"chain">, reading: Reading): Result<Clause> {
  const { type } = reading.settings;
  if (refersByUrl(type, parameter)) return refused(reading, byUrl);
  const clauses: Clause[] = [];
  let problem: Result<never> | undefined;
  for (const target of to) {
    if (target.type === unreachable) continue;
    const inner = reading.inner(target.criterion, { ...reading.settings, type: target.type });
    if (inner.ok) {
      const parameters = holdersOf(type, parameter, target.type);
      clauses.push({ is: "refers", parameters, to: target.type, all: [inner.value] });
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
  if (refersByUrl(source, parameter)) return refused(reading, byUrl);
  const inner = reading.inner(criterion, { ...reading.settings, type: source });
  if (!inner.ok) return inner;
  const parameters = holdersOf(source, parameter, reading.settings.type);
  return ok({ is: "referred", parameters, from: source, all: [inner.value] });
}
