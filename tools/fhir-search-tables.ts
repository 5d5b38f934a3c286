import type { SearchParameterResource } from "./fhir-package.ts";

/** One search parameter of one type as the generated table holds it. */
export interface SearchRow {
  readonly code: string;
  readonly type: string;
  /** The last part of its canonical url, where it is not `{type}-{code}`. */
  readonly id?: string;
  /** Only the alternatives that start at this type. */
  readonly expression?: string;
  readonly targets?: readonly string[];
  readonly components?: readonly { readonly id: string; readonly expression: string }[];
}

/**
 * Parameters by base type, in the order of the codes. Left out: three that are mere examples of a SearchParameter, and ten
 * that name no base type and no expression, so nothing can be searched by them.
 */
export function searchTables(
  parameters: readonly SearchParameterResource[],
): Readonly<Record<string, readonly SearchRow[]>> {
  const tables: Record<string, SearchRow[]> = {};
  for (const parameter of parameters) {
    if (/^example(-|$)/.test(parameter.id)) continue;
    for (const base of parameter.base ?? []) {
      tables[base] ??= [];
      tables[base].push(searchRow(parameter, base));
    }
  }
  const byCode = (a: SearchRow, b: SearchRow): number => (a.code < b.code ? -1 : 1);
  return Object.fromEntries(
    Object.keys(tables)
      .sort()
      .map((base) => [base, (tables[base] ?? []).sort(byCode)]),
  );
}

function searchRow(parameter: SearchParameterResource, base: string): SearchRow {
  const expression = expressionFor(parameter.expression, base);
  return {
    code: parameter.code,
    type: parameter.type,
    ...(parameter.id === `${base}-${parameter.code}` ? {} : { id: parameter.id }),
    ...(expression === undefined ? {} : { expression }),
    ...(parameter.target === undefined ? {} : { targets: parameter.target }),
    ...(parameter.component === undefined
      ? {}
      : {
          components: parameter.component.map(({ definition, expression: part }) => ({
            id: definition.replace(/^.*\//, ""),
            expression: part,
          })),
        }),
  };
}

/**
 * The alternatives of a union at the top level that start at `base`: `Patient.name | Person.name` for Person is the second.
 * One that names no type (`name | alias`, of InsurancePlan) starts at every base.
 */
function expressionFor(expression: string | undefined, base: string): string | undefined {
  if (expression === undefined) return undefined;
  const alternatives = alternativesOf(expression)
    .map((part) => (/^[a-z]/.test(part) ? `${base}.${part}` : part))
    .filter((part) => new RegExp(`^\\(*${base}\\b`).test(part));
  return alternatives.length === 0 ? undefined : alternatives.join(" | ");
}

function alternativesOf(expression: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < expression.length; at += 1) {
    const char = expression[at];
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    if (char !== "|" || depth > 0) continue;
    parts.push(expression.slice(start, at).trim());
    start = at + 1;
  }
  return [...parts, expression.slice(start).trim()];
}
