/**
 * Runs every test but the tidy test, which `npm run check` has run: `npm test` or `node test/run.ts [part of a path] …`.
 * One PostgreSQL serves all of them, unless CORRIDOR_TEST_DATABASE_URL names another.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync } from "node:fs";
import { join } from "node:path";
import { connectionUrl, startTestServer } from "./database-server.ts";

const root = join(import.meta.dirname, "..");

/** A test that hangs is ended, and fails, after this long. */
const testTimeoutMs = 10 * 60_000;

/** Two cores run most of what we have; more processes only wait for each other. */
const concurrency = 2;

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

/** Once, before tests that start Corridor would each do it at the same time. */
async function buildWebApp(): Promise<void> {
  const child = spawn(process.execPath, ["src/app/web-build/prepare.ts"], { cwd: root, stdio: "inherit" });
  await once(child, "exit");
}

async function runTests(files: readonly string[], databaseUrl: string): Promise<number> {
  const options = [`--test-concurrency=${concurrency}`, `--test-timeout=${testTimeoutMs}`, "--test-reporter=spec"];
  const child = spawn(process.execPath, ["--test", ...options, ...files], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, CORRIDOR_TEST_DATABASE_URL: databaseUrl },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

async function main(): Promise<number> {
  const files = testFiles(process.argv.slice(2));
  if (files.length === 0) {
    console.error("No test matches.");
    return 1;
  }
  await buildWebApp();
  const given = process.env.CORRIDOR_TEST_DATABASE_URL;
  if (given !== undefined) return runTests(files, given);
  const server = await startTestServer();
  return runTests(files, connectionUrl(server.connection)).finally(() => server.stop());
}

process.exitCode = await main();
