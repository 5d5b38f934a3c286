/** Starting and stopping as an operator does it: the real program, its exit codes and its lines. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type RunningProgram, startProgram } from "../program.ts";

async function aDataFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-start-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "data");
}

/** `corridor serve` on free ports, killed after the test. */
function serve(t: TestContext, dataFolder: string, environment: Record<string, string> = {}): RunningProgram {
  const program = startProgram(["serve", "--json"], { CORRIDOR_DATA: dataFolder, ...environment });
  t.after(() => program.kill("SIGKILL"));
  return program;
}

/** The address printed at the end of a start. */
async function httpAddress(program: RunningProgram): Promise<string> {
  return (JSON.parse(await program.firstLine()) as { readonly http: string }).http;
}

test("a start says how far it is, answers when it says so, and ends with code 0 on SIGTERM", async (t) => {
  const program = serve(t, await aDataFolder(t));
  const address = await httpAddress(program);
  assert.equal((await fetch(`${address}/healthz`)).status, 200);
  assert.equal((await fetch(`${address}/readyz`)).status, 200);
  assert.match(await (await fetch(`${address}/metrics`)).text(), /^corridor_http_request_seconds_count\{/m);
  assert.match(program.errorText(), /^ {2}Database +\d+\.\d\d s$/m);
  assert.equal(await program.stop("SIGTERM"), 0);
  await assert.rejects(fetch(`${address}/healthz`));
});

test("npm start passes SIGTERM on, so nothing goes on running behind it", async (t) => {
  const program = startProgram(["start"], { CORRIDOR_DATA: await aDataFolder(t) }, "npm");
  t.after(() => program.kill("SIGKILL"));
  while (!program.outText().includes("Corridor is ready.")) await setTimeout(50);
  const [, address = ""] = /(http:\/\/\S+)/.exec(program.outText()) ?? [];
  assert.equal((await fetch(`${address}/healthz`)).status, 200);
  await program.stop("SIGTERM");
  await assert.rejects(fetch(`${address}/healthz`));
});

test("a killed Corridor starts again on the same folder", async (t) => {
  const folder = await aDataFolder(t);
  const first = serve(t, folder);
  await httpAddress(first);
  await first.stop("SIGKILL");
  const second = serve(t, folder);
  assert.equal((await fetch(`${await httpAddress(second)}/readyz`)).status, 200);
  assert.equal(await second.stop("SIGTERM"), 0);
});

test("a second Corridor on the same folder is told which process has it", async (t) => {
  const folder = await aDataFolder(t);
  const first = serve(t, folder);
  await httpAddress(first);
  const second = serve(t, folder);
  assert.equal(await second.exit, 1);
  assert.match(second.errorText(), /^corridor: The data folder .* is in use by another Corridor \(process \d+\)/m);
});

interface Refusal {
  readonly what: string;
  readonly environment?: Record<string, string>;
  readonly prepare?: (dataFolder: string) => Promise<void>;
  readonly says: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    what: "a setting that cannot be used",
    environment: { CORRIDOR_HTTP_PORT: "http" },
    says: /^corridor: CORRIDOR_HTTP_PORT cannot be "http": give a whole number from 0 to 65535\.$/m,
  },
  {
    what: "a data folder of a newer Corridor",
    prepare: async (folder) => {
      await mkdir(folder);
      await writeFile(join(folder, "corridor.json"), '{"format":999}');
    },
    says: /^corridor: The data folder .* is of a newer Corridor \(format 999, .*: start the newer Corridor/m,
  },
  {
    what: "a data folder that is a file",
    prepare: (folder) => writeFile(folder, ""),
    says: /^corridor: The data folder .* cannot be written to \(not a folder\): choose another with CORRIDOR_DATA/m,
  },
  {
    what: "a database that does not answer",
    environment: { DATABASE_URL: "postgres://corridor:s3cret@127.0.0.1:1/corridor" },
    says: /^corridor: The database of DATABASE_URL cannot be used \(.*ECONNREFUSED.*\): check that it runs/m,
  },
];

for (const { what, environment = {}, prepare, says } of refusals) {
  test(`${what} stops the start with one line saying what to do, and exit code 1`, async (t) => {
    const folder = await aDataFolder(t);
    await prepare?.(folder);
    await assertRefused(serve(t, folder, environment), says);
  });
}

test("a port in use stops the start with one line saying what to do, and exit code 1", async (t) => {
  const other = createServer().listen(0, "127.0.0.1");
  t.after(() => other.close());
  const { port } = await new Promise<{ port: number }>((resolve) => {
    other.once("listening", () => resolve(other.address() as { port: number }));
  });
  const program = serve(t, await aDataFolder(t), { CORRIDOR_HTTP_PORT: String(port) });
  await assertRefused(
    program,
    new RegExp(`^corridor: Port ${port} on 127.0.0.1 is used by another program.*CORRIDOR_HTTP_PORT`, "m"),
  );
});

async function assertRefused(program: RunningProgram, says: RegExp): Promise<void> {
  assert.equal(await program.exit, 1);
  assert.match(program.errorText(), says);
  const complaints = program
    .errorText()
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("  "));
  assert.equal(complaints.length, 1, program.errorText());
  assert.doesNotMatch(program.errorText(), /s3cret|^\s+at /m);
}

test("an unknown command shows what there is and ends with code 2", async (t) => {
  const program = startProgram(["sevre"]);
  t.after(() => program.kill("SIGKILL"));
  assert.equal(await program.exit, 2);
  assert.match(program.errorText(), /there is no command sevre/);
  assert.match(program.errorText(), /^ {2}serve +Start Corridor$/m);
});
