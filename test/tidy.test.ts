/** The habits of STYLE.md and the boundaries of ARCHITECTURE.md, executed. Runs first in `npm run check`. */
import assert from "node:assert/strict";
import test from "node:test";
import { listSettings } from "../src/app/config.ts";
import { cycles, fileGraph, moduleGraph } from "./tidy/cycles.ts";
import {
  dependencyFaults,
  namedPathFaults,
  numberFaults,
  settingFaults,
  strayGeneratedFiles,
} from "./tidy/documents.ts";
import { importFaults } from "./tidy/import-rules.ts";
import { bannedGlobalFaults, functionLengths, limitFaults, routeFaults, syntaxFaults } from "./tidy/language-rules.ts";
import { safetyFaults } from "./tidy/safety-rules.ts";
import { readSources, type SourceFile } from "./tidy/source-file.ts";

const sources = readSources();
const code = sources.filter(({ role }) => role === "code");

function none(faults: readonly string[]): void {
  assert.ok(faults.length === 0, `\n${faults.slice(0, 50).join("\n")}\n(${faults.length} in all)`);
}

test("a module imports only what its row in the table allows, and only by front doors", () => {
  none(sources.flatMap(importFaults));
});

test("modules do not import each other in a circle", () => {
  none(cycles(moduleGraph(sources)));
});

test("files do not load each other in a circle", () => {
  none(cycles(fileGraph(sources)));
});

test("time, chance, environment and terminal are touched only by the outer modules", () => {
  none(sources.flatMap(bannedGlobalFaults));
});

test("texts become no code, no page and no command, and only links and app ask other machines", () => {
  none(sources.flatMap(safetyFaults));
});

test("there is no default export, no any and no enum", () => {
  none(sources.flatMap(syntaxFaults));
});

function linesAllowed(file: SourceFile): number {
  return file.role === "test" ? 600 : 400;
}

test("no file is longer than 400 lines, no test longer than 600", () => {
  none(
    sources
      .filter((file) => file.lineCount > linesAllowed(file))
      .map((file) => `${file.path} has ${file.lineCount} lines, of ${linesAllowed(file)} allowed`),
  );
});

test("nine files in ten have under 250 lines, half have under 80", () => {
  const lengths = code.map(({ lineCount }) => lineCount);
  assert.ok(share(lengths, 250) >= 0.9, `only ${percent(share(lengths, 250))} of the files have under 250 lines`);
  assert.ok(share(lengths, 80) >= 0.5, `only ${percent(share(lengths, 80))} of the files have under 80 lines`);
});

test("no function is longer than 60 lines", () => {
  none(
    sources
      .flatMap(functionLengths)
      .filter(({ lines }) => lines > 60)
      .map(({ where, name, lines }) => `${where} ${name} has ${lines} lines, of 60 allowed`),
  );
});

test("nine functions in ten have under 30 lines", () => {
  const lengths = code.flatMap(functionLengths).map(({ lines }) => lines);
  assert.ok(share(lengths, 30) >= 0.9, `only ${percent(share(lengths, 30))} of the functions have under 30 lines`);
});

function share(lengths: readonly number[], below: number): number {
  return lengths.filter((length) => length < below).length / lengths.length;
}

function percent(part: number): string {
  return `${Math.floor(part * 100)} %`;
}

test("every route says who may use it", () => {
  none(sources.flatMap(routeFaults));
});

test("every limit is explained", () => {
  const tables = sources.filter(({ path }) => /^src\/kernel\/(link-)?limits\.ts$/.test(path));
  assert.equal(tables.length, 2);
  none(tables.flatMap(limitFaults));
});

test("every setting is documented as it is", () => {
  none(settingFaults(listSettings({})));
});

test("every dependency is documented", () => {
  none(dependencyFaults());
});

test("numbers of decisions are unique, numbers of migrations also without a gap", () => {
  none([
    ...numberFaults("docs/decisions", { gapless: false }),
    ...numberFaults("src/storage/postgres/migrations", { gapless: true }),
  ]);
});

test("what the documentation names exists", () => {
  none(namedPathFaults());
});

test("generated files lie in folders named generated", () => {
  none(strayGeneratedFiles());
});
