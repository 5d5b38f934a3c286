import { posix } from "node:path";
import type { SourceFile } from "./source-file.ts";

/** Cycles of a graph, each as the path round it: `a → b → a`. At most one for each node that closes one. */
export function cycles(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const back = path.indexOf(name);
    if (back >= 0) {
      found.push([...path.slice(back), name].join(" → "));
      return;
    }
    if (done.has(name)) return;
    for (const next of graph.get(name) ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return found;
}

/** Module to the modules it imports through their front doors, types included. */
export function moduleGraph(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    if (file.role !== "code") continue;
    const doors = file.imports.map(({ specifier }) => specifier).filter((specifier) => specifier.startsWith("#"));
    addEdges(
      graph,
      file.module,
      doors.map((door) => door.slice(1).replace(/\/api$/, "")),
    );
  }
  return graph;
}

/** File to the files it loads when it runs; imports of types alone load nothing. */
export function fileGraph(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    const loaded = file.imports.filter(({ specifier, typeOnly }) => specifier.startsWith(".") && !typeOnly);
    addEdges(
      graph,
      file.path,
      loaded.map(({ specifier }) => posix.join(posix.dirname(file.path), specifier)),
    );
  }
  return graph;
}

function addEdges(graph: Map<string, Set<string>>, from: string, to: readonly string[]): void {
  const edges = graph.get(from) ?? new Set();
  for (const name of to) edges.add(name);
  graph.set(from, edges);
}
