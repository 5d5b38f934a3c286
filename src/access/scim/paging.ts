import { z } from "zod";
import { failed, type JsonObject, limits, ok, type Result } from "#kernel";
import type { Filter } from "./filter/filter.ts";
import { compileFilter } from "./filter/matches.ts";
import { parseFilter } from "./filter/parse-filter.ts";
import type { ResourceType } from "./schema/attribute.ts";
import { scimProblem } from "./scim-problem.ts";

const wholeNumber = z.coerce.number().int();

/** What a search asks for, in an address or in a body. Source: RFC 7644 §3.4.2, §3.4.3. */
export const listSchema = z.object({
  filter: z.string().optional(),
  startIndex: wholeNumber.optional(),
  count: wholeNumber.optional(),
  attributes: z.union([z.string(), z.array(z.string()).transform((names) => names.join(","))]).optional(),
  excludedAttributes: z.union([z.string(), z.array(z.string()).transform((names) => names.join(","))]).optional(),
});

export type ListQuery = Readonly<z.infer<typeof listSchema>>;

/** Problems: `invalidValue`. */
export function readList(value: unknown): Result<ListQuery> {
  const read = listSchema.safeParse(value);
  if (read.success) return ok(read.data);
  return failed(scimProblem("invalidValue", "startIndex and count are whole numbers, the rest is text."));
}

export interface Compiled {
  readonly filter?: Filter;
  holds(resource: JsonObject): boolean;
}

export function compileList(type: ResourceType, { filter: text }: ListQuery): Result<Compiled> {
  if (text === undefined || text.trim() === "") return ok({ holds: () => true });
  const filter = parseFilter(text);
  if (!filter.ok) return filter;
  const holds = compileFilter(type, filter.value);
  return holds.ok ? ok({ filter: filter.value, holds: holds.value }) : holds;
}

/** The value that every match must have, where the filter asks for one value of the attribute, alone or with more. */
export function askedValue(filter: Filter | undefined, attribute: string): string | undefined {
  if (filter?.is === "and") return filter.of.map((part) => askedValue(part, attribute)).find((value) => value);
  if (filter?.is !== "compare" || filter.by !== "eq" || filter.path.sub !== undefined) return undefined;
  const isAsked = filter.path.name?.toLowerCase() === attribute.toLowerCase();
  return isAsked && typeof filter.value === "string" ? filter.value : undefined;
}

export interface Listed {
  readonly total: number;
  /** From 1. */
  readonly startIndex: number;
  readonly resources: readonly JsonObject[];
}

/** Where a page begins and how long it is; less than 1 is 1, less than 0 is 0. Source: RFC 7644 §3.4.2.4. */
export function pageOf({ startIndex = 1, count = limits.scimPageMax }: ListQuery) {
  const start = Math.max(1, startIndex);
  const length = Math.min(Math.max(0, count), limits.scimPageMax);
  return { start, length, slice: <T>(all: readonly T[]) => all.slice(start - 1, start - 1 + length) };
}
