import type { Clause } from "../documents/clause.ts";
import type { Sort } from "../documents/query.ts";

/** Dates and quantities of a type that are filed under its codes, as nobody asks for them without. */
interface Filing {
  readonly code: string;
  /** Each has one value at most, beside the code. */
  readonly parameters: readonly string[];
}

const filings: ReadonlyMap<string, Filing> = new Map([
  ["Observation", { code: "code", parameters: ["date", "value-quantity"] }],
]);

export function filingOf(type: string): Filing | undefined {
  return filings.get(type);
}

/** The codes of one sender's own: beside one there is nearly always one that others know, under which the value is filed. */
const ownCodes = "urn:corridor:codes:";

export function isFiledUnder(system: string): boolean {
  return !system.startsWith(ownCodes);
}

/** The name without the unit that quantities stand under. */
export function withoutUnit(parameter: string): string {
  const end = parameter.indexOf("~");
  return end === -1 ? parameter : parameter.slice(0, end);
}

/** A key as of `tokenKey`, of a code with its system; neither may hold what could be taken for the bar between them. */
const codeWithSystem = /^([^=]+)=([^|\\]+)\|[^|\\]+$/;

/** Bounds beside a code that they are filed under, as one condition. All of the clauses must hold. */
export function underCodes(type: string, clauses: readonly Clause[]): readonly Clause[] {
  const filing = filings.get(type);
  const code = filing && clauses.find((clause) => codeOf(clause, filing) !== undefined);
  const key = filing && code && codeOf(code, filing);
  if (filing === undefined || key === undefined) return clauses;
  const filed = clauses.map((clause): Clause => (isFiled(clause, filing) ? { ...clause, under: key } : clause));
  return clauses.some((clause) => isFiled(clause, filing)) ? filed.filter((clause) => clause !== code) : clauses;
}

/** The order of dates under the code that is all that the search asks for. */
export function sortUnderCode(type: string, clauses: readonly Clause[], sort: Sort): Sort {
  const filing = filings.get(type);
  const [only, ...others] = clauses;
  const key = filing && only && others.length === 0 ? codeOf(only, filing) : undefined;
  const isFiledDate = typeof sort.by === "object" && "date" in sort.by && filing?.parameters.includes(sort.by.date);
  return key === undefined || !isFiledDate ? sort : { ...sort, by: { ...(sort.by as { date: string }), under: key } };
}

function codeOf(clause: Clause, { code }: Filing): string | undefined {
  if (clause.is !== "key" || clause.any.length !== 1) return undefined;
  const [key = ""] = clause.any;
  const [, parameter, system = ""] = codeWithSystem.exec(key) ?? [];
  return parameter === code && isFiledUnder(system) ? key : undefined;
}

function isFiled(clause: Clause, { parameters }: Filing): clause is Extract<Clause, { is: "date" | "number" }> {
  if (clause.is === "date") return parameters.includes(clause.parameter);
  return clause.is === "number" && clause.any.every(({ parameter }) => parameters.includes(withoutUnit(parameter)));
}
