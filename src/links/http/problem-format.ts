import type { Route } from "#kernel";
import type { ProblemFormat } from "./exchange.ts";
import { firstSegment } from "./method-index.ts";

/** What no route answers is told in the format of its neighbours: `/fhir/…` in FHIR's. */
export function problemFormats(routes: readonly Route<never>[]): (path: string) => ProblemFormat {
  const formats = new Map(routes.map(({ path, problems }) => [firstSegment(path), problems ?? "problem-json"]));
  return (path) => formats.get(firstSegment(path)) ?? "problem-json";
}
