/** Messages that come in by HTTP and from a folder, into a running Corridor, as others send them: with curl and by copying. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type RunningProgram, startProgram } from "../program.ts";
import { requireTool } from "../tools.ts";

const curl = requireTool("curl");
const run = promisify(execFile);
const er7 = "x-application/hl7-v2+er7";
const result = join(import.meta.dirname, "../../docs/tour/result.hl7");

let home = "";
let program: RunningProgram;
let address = "";

before(async () => {
  home = await mkdtemp(join(tmpdir(), "corridor-other-ways-"));
  await mkdir(join(home, "files/links"), { recursive: true });
  await mkdir(join(home, "drop"));
  const intakes = {
    clinic: { by: "http" },
    drop: { by: "folder", path: join(home, "drop"), pattern: "*.hl7", everySeconds: 1 },
  };
  for (const [name, intake] of Object.entries(intakes)) {
    await writeFile(join(home, `files/links/${name}.json`), JSON.stringify({ title: name, intake }));
  }
  program = startProgram(["serve", "--json"], { CORRIDOR_DATA: join(home, "data") });
  address = (JSON.parse(await program.firstLine()) as { readonly http: string }).http;
  const deploying = corridor("links", "deploy", join(home, "files"), "--why", "test");
  assert.equal(await deploying.exit, 0, deploying.errorText() || deploying.outText());
});

after(async () => {
  await program.stop("SIGTERM");
  await rm(home, { recursive: true, force: true });
});

test("a message posted with curl is in the record before its acknowledgement", { skip: curl.skip }, async () => {
  const token = await issued("link/clinic");
  await until(async () => (await post("clinic", token)).status !== 404);
  const { status, type, body } = await post("clinic", token);
  assert.equal(status, 200);
  assert.equal(type, er7);
  assert.match(body, /^MSH\|.*\rMSA\|AA\|/s);
  const reader = await issued("system/DiagnosticReport.rs");
  const found = await fetch(`${address}/fhir/DiagnosticReport?_summary=count`, {
    headers: { authorization: `Bearer ${reader}` },
  });
  assert.equal(((await found.json()) as { readonly total: number }).total, 1, "sent twice, recorded once");
});

test("nobody sends into a link without a token for that very link", { skip: curl.skip }, async () => {
  assert.equal((await post("clinic", undefined)).status, 401);
  assert.equal((await post("clinic", await issued("link/drop"))).status, 403);
  assert.equal((await post("clinic", await issued("system/*.cruds"))).status, 403);
  assert.equal((await post("absent", await issued("link/clinic"))).status, 403);
  assert.equal((await post("drop", await issued("link/drop"))).status, 404);
});

test("a body that is no message is answered AR, and one of another type not at all", { skip: curl.skip }, async () => {
  const token = await issued("link/clinic");
  const nonsense = join(home, "nonsense");
  await writeFile(nonsense, "hello");
  const answered = await post("clinic", token, { file: nonsense });
  assert.equal(answered.status, 400);
  assert.match(answered.body, /MSA\|AR\r/);
  assert.equal((await post("clinic", token, { file: nonsense, type: "text/plain" })).status, 415);
});

test("a file that is copied into the folder is taken, acknowledged beside it, and recorded once", async () => {
  const [aside, name] = [join(home, "drop/today.tmp"), join(home, "drop/today.hl7")];
  await copyFile(result, aside);
  await rename(aside, name);
  const taken = join(home, "drop/taken");
  await until(async () => (await readdir(taken).catch((): string[] => [])).includes("today.hl7"));
  assert.match(await readFile(join(taken, "today.hl7.ack"), "latin1"), /MSA\|AA\|/);
  assert.deepEqual(await readFile(join(taken, "today.hl7")), await readFile(result));
});

function corridor(...words: readonly string[]): RunningProgram {
  return startProgram(words, { CORRIDOR_DATA: join(home, "data") });
}

async function issued(scope: string): Promise<string> {
  return (await corridor("token", "--scope", scope).firstLine()).trim();
}

async function post(link: string, token: string | undefined, { file = result, type = er7 } = {}) {
  const signed = token === undefined ? [] : ["-H", `authorization: Bearer ${token}`];
  const written = "\n%{http_code} %{content_type}";
  const sent = ["-s", "-H", `content-type: ${type}`, ...signed, "--data-binary", `@${file}`, "-w", written];
  const { stdout } = await run(curl.path, [...sent, `${address}/api/clinical/links/${link}/messages`]);
  const [, body = "", status = "", shown = ""] = /^(.*)\n(\d{3}) (.*)$/s.exec(stdout) ?? [];
  return { status: Number(status), type: shown, body };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 30_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < endMs, "it did not come about in time");
    await sleep(50);
  }
}
