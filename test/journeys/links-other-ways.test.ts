/** Messages that come in by HTTP and from a folder, into a running Corridor, as others send them: with curl and by copying. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { MessagesPage, MessageView } from "#departments/clinical/api";
import { instant, type Json } from "#kernel";
import type { Bundle, Resource } from "#standards/fhir";
import { openValidator } from "#standards/fhir-profiles";
import { anOruR01 } from "../builders/index.ts";
import { anInterchange, anNhs003 } from "../builders/nhs003.ts";
import { type CommandDone, runCommand } from "../command.ts";
import { type RunningProgram, startProgram } from "../program.ts";
import { requireTool } from "../tools.ts";
import { babyAdeyemi, mrONeill } from "../ward/index.ts";
import { aDesk } from "./links-hall.ts";
import { aReceiverOfBodies, type ReceiverOfBodies } from "./partners.ts";

const curl = requireTool("curl");
const run = promisify(execFile);
const er7 = "x-application/hl7-v2+er7";
const result = join(import.meta.dirname, "../../docs/tour/result.hl7");

let home = "";
let program: RunningProgram;
let address = "";
let surgery: ReceiverOfBodies;

before(async () => {
  home = await mkdtemp(join(tmpdir(), "corridor-other-ways-"));
  await mkdir(join(home, "files/links"), { recursive: true });
  await Promise.all(["drop", "mailbox", "shelf"].map((folder) => mkdir(join(home, folder))));
  const intakes = {
    clinic: { by: "http" },
    drop: { by: "folder", path: join(home, "drop"), pattern: "*.hl7", everySeconds: 1 },
    practice: { by: "http" },
    mailbox: { by: "folder", path: join(home, "mailbox"), pattern: "*.edi", everySeconds: 1 },
  };
  const documents = { content: "uk-pathology-document" };
  surgery = await aReceiverOfBodies();
  await writeFiles("destinations", {
    surgery: { title: "Surgery", outlet: { by: "http", url: `${surgery.url}/documents` }, ...documents },
    shelf: { title: "Shelf", outlet: { by: "folder", path: join(home, "shelf"), extension: "json" }, ...documents },
  });
  const routes = [{ name: "results", when: { types: ["ORU"] }, to: ["surgery", "shelf"] }];
  await writeFiles("links", { analyser: { title: "Analyser", intake: { by: "http" }, routes } });
  const formats: Readonly<Record<string, string>> = { practice: "edifact", mailbox: "edifact" };
  for (const [name, intake] of Object.entries(intakes)) {
    const format = formats[name];
    const link = { title: name, intake, ...(format && { format }) };
    await writeFile(join(home, `files/links/${name}.json`), JSON.stringify(link));
  }
  program = startProgram(["serve", "--json"], { CORRIDOR_DATA: join(home, "data") });
  address = (JSON.parse(await program.firstLine()) as { readonly http: string }).http;
  const deployed = await corridor("links", "deploy", join(home, "files"), "--why", "test");
  assert.equal(deployed.code, 0, deployed.err || deployed.out);
});

after(async () => {
  await program.stop("SIGTERM");
  await surgery.close();
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

test("an interchange is answered by an NHSACK, and its reports are in the record", { skip: curl.skip }, async () => {
  const token = await issued("link/practice");
  const broken = anNhs003({ reference: "2" }).map((line) => line.replace(/^UNT.*/, "UNT+3+2"));
  const file = join(home, "reports.edi");
  await writeFile(file, anInterchange([anNhs003({ patient: mrONeill }), broken]));
  await until(async () => (await post("practice", token, { file })).status !== 404);
  const { status, type, body } = await post("practice", token, { file, type: "application/EDIFACT" });
  assert.deepEqual([status, type], [200, "application/EDIFACT"]);
  assert.match(body, /NIR\+SIR:1015\+.*\+IAP'\r\nNMR\+AGO:1\+MA'\r\nNMR\+AGO:2\+MR'\r\nFTX\+ERD\+\+\+UNT-1 /s);
  await writeFile(file, "UNH+1+MEDRPT:0:1:RT:NHS003'");
  assert.equal((await post("practice", token, { file, type: "application/EDIFACT" })).status, 400);
  await writeFile(file, anInterchange([anNhs003({ patient: mrONeill }), broken]));
  const repeated = await post("practice", token, { file, type: "application/EDIFACT" });
  assert.equal(repeated.body, body, "what came before is answered as before");
  assert.equal(await countOf("Specimen?identifier=26U004417A"), 1, "the report that was accepted, once");
});

test("each message of an interchange is in the browser, taken apart, with what became of each value", async () => {
  const desk = await aDesk(address, async (...words) => {
    const { code, out, err } = await corridor(...words);
    return { code, text: out + err };
  });
  const { messages } = await desk.get<MessagesPage>("/api/clinical/messages?link=practice");
  assert.deepEqual(messages.map(({ controlId, type, state }) => [controlId, type, state]).sort(), [
    [undefined, "EDIFACT", "rejected"],
    ["1015", "EDIFACT", "filtered"],
    ["1015/1", "NHS003", "mapped"],
    ["1015/2", "NHS003", "rejected"],
  ]);
  const report = messages.find(({ state }) => state === "mapped");
  const view = await desk.get<MessageView>(`/api/clinical/messages/${report?.id}`);
  const result = view.segments.find(({ name }) => name === "RSL");
  assert.equal(result?.title, "Result");
  const value = result.fields.flatMap(({ components }) => components).find(({ where }) => where === "RSL[1]-2.1");
  assert.deepEqual([value?.text, value?.outcome?.is], ["11", "mapped"]);
  assert.equal(view.ledger?.mapping, "nhs003/1");
  assert.equal(view.ledger?.leaves, (view.ledger?.mapped ?? 0) + (view.ledger?.unmapped.length ?? 0));
});

test("an interchange in a folder is put away with its NHSACK, and a torn one with the reason", async () => {
  const whole = Buffer.from(anInterchange([anNhs003({ patient: mrONeill })]));
  const files = { "whole.edi": whole, "torn.edi": whole.subarray(0, whole.length - 12) };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(home, "mailbox", name), bytes);
  const within = (folder: string) => readdir(join(home, "mailbox", folder)).catch((): string[] => []);
  await until(
    async () => (await within("taken")).includes("whole.edi") && (await within("refused")).includes("torn.edi"),
  );
  assert.match(await readFile(join(home, "mailbox/taken/whole.edi.ack"), "latin1"), /\+IAF'\r\nNMR\+AGO:1\+MA'/);
  assert.deepEqual(await readFile(join(home, "mailbox/taken/whole.edi")), whole);
  assert.match(await readFile(join(home, "mailbox/refused/torn.edi.reason.txt"), "utf8"), /interchange was refused/);
});

test("a result goes out as a UK pathology document by HTTP and into a folder", { skip: curl.skip }, async () => {
  const token = await issued("link/analyser");
  const file = join(home, "analysed.hl7");
  await writeFile(file, anOruR01({ controlId: "DOC-1", patient: babyAdeyemi, filler: "D-1" }));
  await until(async () => (await post("analyser", token, { file })).status === 200);
  await post("analyser", token, { file });
  await until(async () => surgery.bodies.length > 0 && (await readdir(join(home, "shelf"))).length > 0);
  const [sent] = surgery.bodies;
  assert.equal(sent?.contentType, "application/fhir+json");
  const bundle = JSON.parse(sent.text) as Bundle;
  const issues = openValidator({}).validate(bundle as unknown as Resource, { now: instant(Date.now()) });
  assert.deepEqual(
    issues.filter(({ severity }) => severity === "error"),
    [],
  );
  assert.equal(bundle.type, "document");
  assert.deepEqual(
    bundle.entry?.slice(0, 3).map(({ resource }) => resource?.resourceType),
    ["Composition", "DiagnosticReport", "Patient"],
  );
  assert.match(sent.text, new RegExp(babyAdeyemi.family));
  const [shelved = ""] = await readdir(join(home, "shelf"));
  assert.equal(await readFile(join(home, "shelf", shelved), "utf8"), sent.text);
  assert.equal(surgery.bodies.length, 1, "sent twice, passed on once");
  await writeFile(file, anOruR01({ controlId: "DOC-2", patient: babyAdeyemi, filler: "D-1", status: "C" }));
  await post("analyser", token, { file });
  await until(async () => surgery.bodies.length === 2);
  assert.match(surgery.bodies[1]?.text ?? "", /"resourceType":"Composition"[^}]*"status":"amended"|"status":"amended"/);
});

function corridor(...words: readonly string[]): Promise<CommandDone> {
  return runCommand(words, { CORRIDOR_DATA: join(home, "data") });
}

async function issued(scope: string): Promise<string> {
  return (await corridor("token", "--scope", scope)).out.trim();
}

async function post(link: string, token: string | undefined, { file = result, type = er7 } = {}) {
  const signed = token === undefined ? [] : ["-H", `authorization: Bearer ${token}`];
  const written = "\n%{http_code} %{content_type}";
  const sent = ["-s", "-H", `content-type: ${type}`, ...signed, "--data-binary", `@${file}`, "-w", written];
  const { stdout } = await run(curl.path, [...sent, `${address}/api/clinical/links/${link}/messages`]);
  const [, body = "", status = "", shown = ""] = /^(.*)\n(\d{3}) (.*)$/s.exec(stdout) ?? [];
  return { status: Number(status), type: shown, body };
}

async function writeFiles(kind: string, files: Readonly<Record<string, Json>>): Promise<void> {
  await mkdir(join(home, "files", kind), { recursive: true });
  for (const [name, content] of Object.entries(files))
    await writeFile(join(home, `files/${kind}/${name}.json`), JSON.stringify(content));
}

async function countOf(search: string): Promise<number> {
  const reader = await issued("system/*.rs");
  const found = await fetch(`${address}/fhir/${search}&_summary=count`, {
    headers: { authorization: `Bearer ${reader}` },
  });
  return ((await found.json()) as { readonly total: number }).total;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 30_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < endMs, "it did not come about in time");
    await sleep(50);
  }
}
