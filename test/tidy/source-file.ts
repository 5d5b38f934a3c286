import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parseSync } from "vite";
import { type Node, nodesOf } from "./syntax.ts";

export const root = join(import.meta.dirname, "../..");

/** A hand-written TypeScript file, parsed. */
export interface SourceFile {
  /** From the root, with forward slashes: `src/kernel/clock.ts`. */
  readonly path: string;
  /** The module it belongs to, see `moduleOf`. */
  readonly module: string;
  /** `code` obeys every rule; `test` is a `*.test.ts` or lies in `test/`; `tool` lies in `bench/` or `tools/`. */
  readonly role: "code" | "test" | "tool";
  readonly text: string;
  readonly lineCount: number;
  readonly nodes: readonly Node[];
  readonly imports: readonly Import[];
  /** `src/kernel/clock.ts:12` */
  at(offset: number): string;
  lineAt(offset: number): number;
}

export interface Import {
  /** As written: `#kernel`, `./frame.ts`, `node:fs`, `react`. */
  readonly specifier: string;
  /** Erased before running: `import type`. */
  readonly typeOnly: boolean;
  readonly offset: number;
}

const sourceFolders = ["src", "web", "test", "bench", "tools"];
const skippedFolders = new Set(["generated", "node_modules", "dist"]);

export function readSources(): readonly SourceFile[] {
  return sourceFolders.flatMap((folder) => filesBelow(join(root, folder), /\.tsx?$/)).map(readSource);
}

/** Paths from the root of the files below a folder whose names match, generated ones left out. */
export function filesBelow(folder: string, name: RegExp): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesBelow(path, name);
    return name.test(entry.name) ? [relative(root, path).replaceAll(sep, "/")] : [];
  });
}

/**
 * `kernel`, `standards/hl7v2`, `record`, `departments/clinical`, `links/http`, `storage/postgres`, `app`, `web` …:
 * the part of the path that has a front door. Folders outside `src` are a module each.
 */
export function moduleOf(path: string): string {
  const [top = "", first = "", second = ""] = path.split("/");
  if (top !== "src") return top;
  return ["standards", "departments", "links", "storage"].includes(first) ? `${first}/${second}` : first;
}

function readSource(path: string): SourceFile {
  return sourceOf(path, readFileSync(join(root, path), "utf8"));
}

export function sourceOf(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text);
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const lineAt = (offset: number) => lineStarts.findLastIndex((start) => start <= offset) + 1;
  const nodes = nodesOf(parsed.program);
  return {
    path,
    module: moduleOf(path),
    role: roleOf(path),
    text,
    lineCount: text.endsWith("\n") ? lineStarts.length - 1 : lineStarts.length,
    nodes,
    imports: nodes.flatMap(importOf),
    lineAt,
    at: (offset) => `${path}:${lineAt(offset)}`,
  };
}

function roleOf(path: string): SourceFile["role"] {
  if (path.startsWith("test/") || /\.test\.tsx?$/.test(path)) return "test";
  return path.startsWith("bench/") || path.startsWith("tools/") ? "tool" : "code";
}

function importOf(node: Node): readonly Import[] {
  const kinds = [
    "ImportDeclaration",
    "ExportNamedDeclaration",
    "ExportAllDeclaration",
    "ImportExpression",
    "TSImportType",
  ];
  const source = node.source as Node | null | undefined;
  if (!kinds.includes(node.type) || typeof source?.value !== "string") return [];
  const typeOnly = node.importKind === "type" || node.exportKind === "type" || node.type === "TSImportType";
  return [{ specifier: source.value, typeOnly, offset: node.start }];
}
