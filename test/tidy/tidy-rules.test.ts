/** The rules of the tidy test find what they are there to find. */
import assert from "node:assert/strict";
import test from "node:test";
import { cycles, fileGraph, moduleGraph } from "./cycles.ts";
import { importFaults } from "./import-rules.ts";
import { bannedGlobalFaults, functionLengths, limitFaults, routeFaults, syntaxFaults } from "./language-rules.ts";
import { safetyFaults } from "./safety-rules.ts";
import { sourceOf } from "./source-file.ts";

const badImports: readonly (readonly [path: string, text: string, fault: RegExp])[] = [
  [
    "src/kernel/a.ts",
    'import { x } from "#record";',
    /^src\/kernel\/a\.ts:1 imports #record: kernel may import nothing$/,
  ],
  ["src/standards/hl7v2/a.ts", 'import fs from "node:fs";', /imports node:fs: standards\/hl7v2 also runs in a browser/],
  ["src/departments/clinical/a.ts", 'import { x } from "#departments/library";', /imports #departments\/library/],
  ["src/departments/clinical/a.ts", 'import { x } from "#storage/postgres";', /imports #storage\/postgres/],
  ["src/departments/clinical/a.ts", 'import net from "node:net";', /only links, storage and app reach outside/],
  ["src/record/a.ts", 'import { x } from "../access/context.ts";', /inside access: use its front door/],
  ["src/record/a.ts", '\n\nexport * from "#access";', /^src\/record\/a\.ts:3 imports #access/],
  ["src/record/a.ts", 'const x = await import("#access");', /imports #access/],
  ["src/record/a.ts", 'import { x } from "#record";', /imports itself by its front door/],
  ["src/links/http/a.ts", 'import { x } from "#departments/clinical";', /imports #departments\/clinical/],
  ["src/record/a.ts", 'import { z } from "zod";', /imports the package zod: record may use none/],
  ["web/clinical/a.tsx", 'import { x } from "#departments/clinical";', /imports #departments\/clinical/],
  ["src/record/a.test.ts", 'import { x } from "../access/context.ts";', /inside access: use its front door/],
];

for (const [path, text, fault] of badImports) {
  test(`${path} may not say ${text.trim()}`, () => {
    const faults = importFaults(sourceOf(path, text));
    assert.equal(faults.length, 1);
    assert.match(faults[0] ?? "", fault);
  });
}

const goodImports: readonly (readonly [path: string, text: string])[] = [
  ["src/departments/clinical/a.ts", 'import type { Context } from "#access";'],
  [
    "src/app/compose.ts",
    'import { x } from "#departments/clinical"; import pino from "pino"; import net from "node:net";',
  ],
  ["src/standards/fhirpath/a.ts", 'import { x } from "#standards/fhir";'],
  ["web/clinical/a.tsx", 'import type { x } from "#departments/clinical/api"; import { y } from "react";'],
  [
    "src/record/a.test.ts",
    'import { freshDatabase } from "../../test/database.ts"; import { x } from "#storage/postgres";',
  ],
];

for (const [path, text] of goodImports) {
  test(`${path} may say ${text}`, () => {
    assert.deepEqual(importFaults(sourceOf(path, text)), []);
  });
}

test("circles between modules and between files are found, imports of types between files are not counted", () => {
  const files = [
    sourceOf("src/access/a.ts", 'import type { x } from "#audit"; import "./b.ts";'),
    sourceOf("src/access/b.ts", 'import "./a.ts";'),
    sourceOf("src/audit/c.ts", 'import type { x } from "#access"; import type { y } from "./d.ts";'),
    sourceOf("src/audit/d.ts", 'import "./c.ts";'),
  ];
  assert.deepEqual(cycles(moduleGraph(files)), ["access → audit → access"]);
  assert.deepEqual(cycles(fileGraph(files)), ["src/access/a.ts → src/access/b.ts → src/access/a.ts"]);
});

test("banned globals are found where they are banned", () => {
  const text =
    "const a = Date.now();\nconst b = new Date();\nconst c = new Date(a);\nconsole.log(Math.random(), process.env.X);\n";
  const where = (path: string) =>
    bannedGlobalFaults(sourceOf(path, text)).map((fault) => /uses (\S+(?: \S+\(\))?):/.exec(fault)?.[1]);
  assert.deepEqual(where("src/record/a.ts"), ["Date.now", "new Date()", "console", "Math.random", "process.env"]);
  assert.deepEqual(where("src/storage/files/a.ts"), ["process.env"]);
  assert.deepEqual(where("src/app/a.ts"), ["process.env"]);
  assert.deepEqual(where("src/app/cli/main.ts"), []);
  assert.deepEqual(where("src/record/a.test.ts"), []);
});

test("any, enums and default exports are found", () => {
  const faults = syntaxFaults(sourceOf("src/record/a.ts", "const x: any = 1;\nenum E { A }\nexport default x;\n"));
  assert.deepEqual(
    faults.map((fault) => fault.split(" ")[0]),
    ["src/record/a.ts:1", "src/record/a.ts:2", "src/record/a.ts:3"],
  );
});

test("functions are measured from their first to their last line, bodies of tests are not", () => {
  const text = "function long() {\n\n\n}\ntest('x', () => {\n\n});\nclass A { m() {\n} }\n";
  assert.deepEqual(functionLengths(sourceOf("src/record/a.test.ts", text)), [
    { where: "src/record/a.test.ts:1", name: "long", lines: 4 },
    { where: "src/record/a.test.ts:8", name: "m", lines: 2 },
  ]);
});

test("a route without a policy and a limit without a comment are found", () => {
  const route =
    'export const r = { method: "GET", path: "/x", handle: f };\nexport const s = { method: "GET", path: "/x", policy: "public", handle: f };';
  assert.deepEqual(routeFaults(sourceOf("src/app/a.ts", route)), ["src/app/a.ts:1 is a route without a policy"]);
  const limits =
    "export const limits = {\n  /** Said. Also of `twoMax`. */\n  oneMax: 1,\n  twoMax: 2,\n  threeMax: 3,\n} as const;\n";
  assert.equal(limitFaults(sourceOf("src/kernel/limits.ts", limits)).length, 1);
});

const unsafe: readonly (readonly [path: string, text: string])[] = [
  ["src/record/a.ts", "eval(text);"],
  ["src/record/a.ts", "new Function(text)();"],
  ["src/app/a.ts", 'import vm from "node:vm";'],
  ["src/links/http/a.ts", 'import { exec } from "node:child_process";'],
  ["src/access/a.ts", "await fetch(address);"],
  ["web/a.tsx", "const a = <p dangerouslySetInnerHTML={{ __html: text }} />;"],
  ["web/a.tsx", "element.innerHTML = text;"],
  ["web/a.tsx", "window.localStorage.setItem('a', name);"],
];
for (const [path, text] of unsafe) {
  test(`${path} may not say ${text}`, () => {
    assert.equal(safetyFaults(sourceOf(path, text)).length, 1);
    assert.deepEqual(safetyFaults(sourceOf(path.replace(".ts", ".test.ts"), text)), []);
  });
}
