/**
 * Runs every test but the tidy test, which `npm run check` has run: `npm test` or `node test/run.ts [part of a path] …`.
 * One PostgreSQL serves all of them, unless CORRIDOR_TEST_DATABASE_URL names another.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { pathToFileURL } from "node:url";
import { connectionUrl, startTestServer } from "./database-server.ts";

const root = join(import.meta.dirname, "..");

/** A test that takes longer hangs: it is ended, and fails under its name. For files see `overdue.ts`. */
const testTimeoutMs = 3 * 60_000;

/** One more than the two cores of the machines that run most of what we have: a fifth of the time each test waits. */
const concurrency = 3;

/**
 * Tests that do no I/O and leave nothing behind share one process: to start one for each takes longer than they do. What
 * fails is named by its file and line as ever. They are known by what they import: no module of Node that reaches outside,
 * nothing of `test/` but builders and the ward, neither storage nor links.
 */
function isPure(file: string): boolean {
  if (/^(src\/(kernel|standards)|web)\//.test(file)) return true;
  if (file.startsWith(`test${sep}`)) return false;
  const imported = [...textOf(file).matchAll(/ from "([^"]+)"/g)].map(([, name = ""]) => name);
  return imported.every(
    (name) => !/^node:(?!assert|test$|crypto$|timers\/promises$)/.test(name) && !reachesOutside.test(name),
  );
}

const reachesOutside = /^#(storage|links)\/|(^|\/)test\/(?!builders\/|ward\/)/;

/** A program or a browser of theirs takes its time beside others; what a process holds or has changed is theirs alone. */
function needsOwnProcess(file: string): boolean {
  return (
    /^test\/(journeys|deliveries|replays|feed)\/|^src\/app\/cli\//.test(file.replaceAll(sep, "/")) ||
    /node:child_process|memoryUsage|process\.(env|exitCode|chdir|on)|test\/(program|tools|killable)\.ts/.test(
      textOf(file),
    )
  );
}

function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function testFiles(parts: readonly string[]): readonly string[] {
  const files = globSync("{src,web,test,tools}/**/*.test.ts", {
    cwd: root,
    exclude: ["**/node_modules/**", "web/dist/**"],
  });
  return files
    .filter((file) => file !== join("test", "tidy.test.ts"))
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .sort();
}

/**
 * The files as Node's runner gets them: most share a process with others, as loading the program takes longer than their
 * tests do. What a file sets up is ended with it.
 */
async function gathered(files: readonly string[], folder: string): Promise<readonly string[]> {
  const pure = files.filter(isPure);
  const alone = files.filter((file) => !isPure(file) && needsOwnProcess(file));
  const sharing = files.filter((file) => !isPure(file) && !needsOwnProcess(file));
  const processes = Math.ceil(sharing.length / sharingMax);
  const groups = Array.from({ length: processes }, (_, nth) => sharing.filter((_, at) => at % processes === nth));
  const together = [
    ["without-io", pure] as const,
    ...groups.map((group, nth) => [`together-${nth + 1}`, group] as const),
  ];
  const written = together.map(([name, group]) => writeTogether(join(folder, `${name}.test.mjs`), group));
  return [...(await Promise.all(written)).flat(), ...alone];
}

/** So few that the last process to end does not end long after the others. */
const sharingMax = 12;

async function writeTogether(path: string, files: readonly string[]): Promise<readonly string[]> {
  if (files.length < 2) return files;
  const lines = files.map((file) => {
    const url = pathToFileURL(join(root, file)).href;
    return `describe(${JSON.stringify(file)}, () => loadTests(${JSON.stringify(url)}));\n`;
  });
  const database = pathToFileURL(join(import.meta.dirname, "database.ts")).href;
  const imports = `import { describe } from "node:test";\nimport { loadTests } from "${database}";\n`;
  await writeFile(path, [imports, ...lines].join(""));
  return [path];
}

/** Once, before tests that start Corridor would each do it at the same time. */
async function buildWebApp(): Promise<void> {
  const child = spawn(process.execPath, ["src/app/web-build/prepare.ts"], { cwd: root, stdio: "inherit" });
  await once(child, "exit");
}

interface Surroundings {
  readonly databaseUrl: string;
  /** For what lasts as long as this run. */
  readonly folder: string;
}

/** What takes long begins first, so that nothing long is left to run alone at the end. */
const longest = [
  /web-pages/,
  /^test\/journeys\//,
  /\/(together-\d+|without-io)\./,
  /^test\/(deliveries|replays)\//,
  /^src\/app\//,
];

function longestFirst(files: readonly string[]): readonly string[] {
  const place = (file: string) => {
    const at = longest.findIndex((pattern) => pattern.test(file.replaceAll(sep, "/")));
    return at === -1 ? longest.length : at;
  };
  return files.toSorted((one, other) => place(one) - place(other));
}

async function runTests(files: readonly string[], { databaseUrl, folder }: Surroundings): Promise<number> {
  const overdue = pathToFileURL(join(import.meta.dirname, "overdue.ts")).href;
  process.env.CORRIDOR_TEST_DATABASE_URL = databaseUrl;
  // Hundreds of processes load the same modules: compiling them took half of their time.
  process.env.NODE_COMPILE_CACHE = join(folder, "compiled");
  // What a killed process leaves behind goes with the folder of this run.
  process.env.TMPDIR = folder;
  process.chdir(root);
  const ordered = longestFirst(await gathered(files, folder));
  const told = run({ files: [...ordered], concurrency, timeout: testTimeoutMs, execArgv: [`--import=${overdue}`] });
  let failures = 0;
  told.on("test:fail", () => {
    failures += 1;
  });
  told.compose(new spec()).pipe(process.stdout);
  await once(told, "end");
  return failures === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const files = testFiles(process.argv.slice(2));
  if (files.length === 0) {
    console.error("No test matches.");
    return 1;
  }
  await buildWebApp();
  const folder = await mkdtemp(join(tmpdir(), "corridor-run-"));
  // Run as root, the database is another user's, who has to pass through.
  await chmod(folder, 0o711);
  const given = process.env.CORRIDOR_TEST_DATABASE_URL;
  const server = given === undefined ? await startTestServer() : undefined;
  try {
    return await runTests(files, { databaseUrl: given ?? connectionUrl(server!.connection), folder });
  } finally {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
