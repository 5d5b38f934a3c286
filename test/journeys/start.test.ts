/** Starting and stopping as an operator does it: the real program, its exit codes and its lines. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext, test } from "node:test";
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

describe("One data folder", () => {
  let home: string;
  let folder: string;
  let running: RunningProgram;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "corridor-start-"));
    folder = join(home, "data");
  });
  after(async () => {
    await running.stop("SIGKILL");
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  });

  const start = () => startProgram(["serve", "--json"], { CORRIDOR_DATA: folder });

  it("is filled by the first start, which says how far it is, and answers when it says so", async () => {
    running = start();
    const address = await httpAddress(running);
    assert.equal((await fetch(`${address}/healthz`)).status, 200);
    assert.equal((await fetch(`${address}/readyz`)).status, 200);
    assert.match(await (await fetch(`${address}/metrics`)).text(), /^corridor_http_request_seconds_count\{/m);
    assert.match(running.errorText(), /^ {2}Database +\d+\.\d\d s$/m);
  });

  it("is refused to a second Corridor, which is told which process has it", async () => {
    const second = start();
    assert.equal(await second.exit, 1);
    assert.match(second.errorText(), /^corridor: The data folder .* is in use by another Corridor \(process \d+\)/m);
  });

  it("is started on again after a kill, and the program ends with code 0 on SIGTERM", async () => {
    await running.stop("SIGKILL");
    running = start();
    const address = await httpAddress(running);
    assert.equal((await fetch(`${address}/readyz`)).status, 200);
    assert.equal(await running.stop("SIGTERM"), 0);
    await assert.rejects(fetch(`${address}/healthz`));
  });

  it("is served by npm start, which passes SIGTERM on, so nothing goes on running behind it", async () => {
    running = startProgram(["start"], { CORRIDOR_DATA: folder }, "npm");
    while (!running.outText().includes("Corridor is ready.")) await setTimeout(50);
    const [, address = ""] = /(http:\/\/\S+)/.exec(running.outText()) ?? [];
    assert.equal((await fetch(`${address}/healthz`)).status, 200);
    await running.stop("SIGTERM");
    await assert.rejects(fetch(`${address}/healthz`));
  });

  it("is not served on a port in use: one line says what to do, and the exit code is 1", async (t) => {
    const other = createServer().listen(0, "127.0.0.1");
    t.after(() => other.close());
    const { port } = await new Promise<{ port: number }>((resolve) => {
      other.once("listening", () => resolve(other.address() as { port: number }));
    });
    running = startProgram(["serve", "--json"], { CORRIDOR_DATA: folder, CORRIDOR_HTTP_PORT: String(port) });
    await assertRefused(
      running,
      new RegExp(`^corridor: Port ${port} on 127.0.0.1 is used by another program.*CORRIDOR_HTTP_PORT`, "m"),
    );
  });
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
