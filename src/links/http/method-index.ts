import type { Route } from "#kernel";

type Pattern = Pick<Route<never>, "method" | "path">;

/** Finds the methods a path may be asked with, in the order of the table; none for a path that no route has. */
export function methodIndex(routes: readonly Pattern[]): (path: string) => readonly string[] {
  const patterns = routes.map(({ method, path }) => ({ methods: methodsOf(method), segments: segmentsOf(path) }));
  return (path) => {
    const segments = segmentsOf(path);
    const found = patterns.filter((pattern) => matches(pattern.segments, segments));
    return [...new Set(found.flatMap(({ methods }) => methods))];
  };
}

/** `fhir` for `/fhir/Patient`. */
export function firstSegment(path: string): string {
  return segmentsOf(path)[0] ?? "";
}

function methodsOf(method: string): readonly string[] {
  return method === "GET" ? ["GET", "HEAD"] : [method];
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((expected, at) => expected.startsWith(":") || expected === segments[at])
  );
}
