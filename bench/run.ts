/**
 * `npm run bench -- [name …] [--json] [--files N] [--write]`: runs benchmarks and prints each figure with its floor and their
 * ratio; with `--write` the figures are also written into `docs/performance.md`. How much `links` does is in
 * `links/amounts.ts`.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark, Figure } from "./figure.ts";
import { isMissed, writeTable } from "./performance-table.ts";

/** Options that a number follows. */
const counted = new Set(["--files", "--messages", "--queued", "--seconds"]);

const notBenchmarks = new Set(["run.ts", "figure.ts", "performance-table.ts"]);

function benchmarkNames(): readonly string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".ts") && !notBenchmarks.has(name))
    .map((name) => name.slice(0, -".ts".length))
    .sort();
}

async function runBenchmark(name: string): Promise<readonly Figure[]> {
  const benchmark = (await import(join(import.meta.dirname, `${name}.ts`))) as Benchmark;
  return benchmark.run();
}

const rounded = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 4 });

function line(benchmark: string, figure: Figure): string {
  const { name, value, unit, floor, floorName, wanted } = figure;
  const ratio = rounded.format(value / floor);
  const missed = isMissed(figure) ? `, NOT REACHED: ${rounded.format(wanted?.must ?? 0)}` : "";
  return `${benchmark}: ${name}: ${rounded.format(value)} ${unit} (${floorName}: ${rounded.format(floor)} ${unit}, ratio ${ratio})${missed}`;
}

async function main(words: readonly string[]): Promise<number> {
  const asJson = words.includes("--json");
  const asked = words.filter((word, index) => !word.startsWith("--") && !counted.has(words[index - 1] ?? ""));
  const names = benchmarkNames();
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no benchmark ${unknown.join(", ")}; there are: ${names.join(", ")}.`);
    return 2;
  }
  const all: (Figure & { readonly benchmark: string; readonly ratio: number })[] = [];
  for (const benchmark of asked.length > 0 ? asked : names) {
    const figures = await runBenchmark(benchmark);
    if (words.includes("--write")) writeTable(benchmark, figures, new Date().toISOString().slice(0, 10));
    for (const figure of figures) {
      all.push({ benchmark, ...figure, ratio: figure.value / figure.floor });
      if (!asJson) console.log(line(benchmark, figure));
    }
  }
  if (asJson) console.log(JSON.stringify(all, null, 2));
  return 0;
}

const folder = mkdtempSync(join(tmpdir(), "corridor-benches-"));
process.env.TMPDIR = folder;
// Also when it is ended in the middle.
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const exitCode = await main(process.argv.slice(2));
// A benchmark that lacks a part has set it.
process.exitCode ??= exitCode;
