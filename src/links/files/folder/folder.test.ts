/** Messages as files in a folder, out and in. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type OutgoingMessage, type SendOutcome, silentLog } from "#kernel";
import type { FileIntakeOptions } from "../file-intake.ts";
import { fileNameOf } from "../file-name.ts";
import { folderSender, startFolderIntake } from "./folder.ts";
import { folderProblem } from "./folder-problem.ts";

const untilStopped = new AbortController().signal;

test("a message becomes a file named by its control id, and nothing is left beside it", async (t) => {
  const folder = await aFolder(t);
  const sender = folderSender({ name: "gp", path: folder, extension: ".hl7", log: silentLog });
  assert.equal(told(await sender.send(aMessage("A-1", "MSH|1\r"), untilStopped)), "accepted");
  assert.deepEqual(await contents(folder), { "A-1.hl7": "MSH|1␍" });
  assert.equal(sender.status().text, `writes to ${folder}`);
});

test("a file with the same bytes counts as delivered, one with others is not overwritten", async (t) => {
  const folder = await aFolder(t);
  const sender = folderSender({ name: "gp", path: folder, extension: "hl7", log: silentLog });
  for (const [body, outcome] of [
    ["MSH|1\r", "accepted"],
    ["MSH|1\r", "accepted"],
    ["MSH|2\r", "refused file-exists"],
    ["MSH|1\rPID\r", "refused file-exists"],
    ["", "refused file-exists"],
  ] as const) {
    assert.equal(told(await sender.send(aMessage("1", body), untilStopped)), outcome);
  }
  assert.deepEqual(await contents(folder), { "1.hl7": "MSH|1␍" });
});

test("what a killed process left half written is written anew", async (t) => {
  const folder = await aFolder(t);
  await writeFile(join(folder, ".1.hl7.part"), "MSH|half, and longer than the whole");
  const sender = folderSender({ name: "gp", path: folder, extension: ".hl7", log: silentLog });
  assert.equal(told(await sender.send(aMessage("1", "MSH|1\r"), untilStopped)), "accepted");
  assert.deepEqual(await contents(folder), { "1.hl7": "MSH|1␍" });
});

test("a folder that is not there is unreachable with a sentence, and is written to once it is", async (t) => {
  const folder = join(await aFolder(t), "mounted-later");
  const sender = folderSender({ name: "gp", path: folder, extension: ".hl7", log: silentLog });
  assert.equal(told(await sender.send(aMessage("1", "MSH|1\r"), untilStopped)), "unreachable folder-missing");
  assert.equal(sender.status().state, "failing");
  assert.match(sender.status().text, /is not there; make it/);
  await mkdir(folder);
  assert.equal(told(await sender.send(aMessage("1", "MSH|1\r"), untilStopped)), "accepted");
});

test("what was stopped before it began was not sent", async (t) => {
  const folder = await aFolder(t);
  const sender = folderSender({ name: "gp", path: folder, extension: ".hl7", log: silentLog });
  assert.equal(told(await sender.send(aMessage("1", "MSH|1\r"), AbortSignal.abort())), "unreachable sending-stopped");
  assert.deepEqual(await contents(folder), {});
});

const faults: readonly (readonly [code: string, problem: string, sentence: RegExp])[] = [
  ["ENOSPC", "folder-full", /The disk of \/out is full/],
  ["EACCES", "folder-forbidden", /may not read or write in \/out/],
  ["EROFS", "folder-forbidden", /can only be read/],
  ["EIO", "folder-failed", /cannot be used \(EIO\)/],
];
for (const [code, problem, sentence] of faults) {
  test(`${code} is told as ${problem}`, () => {
    const told = folderProblem(Object.assign(new Error(), { code }), "/out");
    assert.equal(told.code, problem);
    assert.match(told.message, sentence);
  });
}

test("a closed sender sends nothing", async (t) => {
  const folder = await aFolder(t);
  const sender = folderSender({ name: "gp", path: folder, extension: ".hl7", log: silentLog });
  await sender.close();
  assert.equal(told(await sender.send(aMessage("1", "MSH|1\r"), untilStopped)), "unreachable sender-closed");
  assert.deepEqual(await contents(folder), {});
});

const names: readonly (readonly [controlId: string, name: string])[] = [
  ["20261123-0001_a", "20261123-0001_a.hl7"],
  ["a.b", "a.b.hl7"],
  ["../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd.hl7"],
  [".hidden", "%2Ehidden.hl7"],
  ["a%2Fb", "a%252Fb.hl7"],
  ["é", "%C3%A9.hl7"],
  ["", "%.hl7"],
];
for (const [controlId, name] of names) {
  test(`the control id '${controlId}' becomes the file ${name}`, () =>
    assert.equal(fileNameOf(controlId, ".hl7"), name));
}

test("control ids that are too long for a name stay apart", () => {
  const [one, other] = [fileNameOf(`${"x".repeat(300)}1`, ".hl7"), fileNameOf(`${"x".repeat(300)}2`, ".hl7")];
  assert.notEqual(one, other);
  assert.equal(one.length, 164);
});

test("a file is taken when it has stood still, message by message, and moved with its acknowledgements", async (t) => {
  const folder = await aFolder(t);
  const { intake, received } = await anIntake(t, folder);
  await writeFile(join(folder, "a.hl7"), "MSH|^~\\&|1\rPID|1\rMSH|^~\\&|2\r");
  await intake.look();
  assert.deepEqual(received, []);
  await intake.look();
  assert.deepEqual(received, ["a.hl7 1: MSH|^~\\&|1␍PID|1␍", "a.hl7 2: MSH|^~\\&|2␍"]);
  assert.deepEqual(await contents(folder), {});
  assert.deepEqual(await contents(join(folder, "taken")), {
    "a.hl7": "MSH|^~\\&|1␍PID|1␍MSH|^~\\&|2␍",
    "a.hl7.ack": ack("AA", 1) + ack("AA", 2),
  });
});

test("a file that still grows is left alone; one that was renamed is taken at once", async (t) => {
  const folder = await aFolder(t);
  const { intake, received } = await anIntake(t, folder);
  await writeFile(join(folder, "grows.hl7"), "MSH|1\r");
  await writeFile(join(folder, "b.hl7.tmp"), "MSH|b\r");
  await intake.look();
  await writeFile(join(folder, "grows.hl7"), "MSH|1\rPID\r");
  await rename(join(folder, "b.hl7.tmp"), join(folder, "b.hl7"));
  await intake.look();
  assert.deepEqual(received, ["b.hl7 1: MSH|b␍"]);
  await intake.look();
  assert.deepEqual(received.slice(1), ["grows.hl7 1: MSH|1␍PID␍"]);
});

test("the oldest goes first; other names, hidden files, links and folders are left", async (t) => {
  const folder = await aFolder(t);
  for (const [name, at] of [
    ["z.hl7", 1],
    ["a.hl7", 2],
    ["m.hl7", 3],
    ["x.txt", 1],
    [".h.hl7", 1],
  ] as const) {
    await writeFile(join(folder, name), `MSH|${name}\r`);
    await utimes(join(folder, name), at, at);
  }
  await mkdir(join(folder, "d.hl7"));
  await symlink("/etc/hostname", join(folder, "l.hl7"));
  const { intake, received } = await anIntake(t, folder);
  await intake.look();
  await intake.look();
  assert.deepEqual(
    received.map((text) => text.split(" ")[0]),
    ["z.hl7", "a.hl7", "m.hl7"],
  );
  assert.deepEqual((await readdir(folder)).sort(), [".h.hl7", "d.hl7", "l.hl7", "taken", "x.txt"]);
});

const refused: readonly (readonly [title: string, content: string, reason: RegExp])[] = [
  ["holds no message", "hello\r", /line that is in no message.*\(file-stray-line\)/],
  ["is empty", "", /holds no message/],
  ["is a batch cut short", "BHS|^~\\&\rMSH|1\r", /no trailer/],
  ["counts wrong", "BHS|^~\\&\rMSH|1\rBTS|2\r", /BTS-1 says 2, and there are 1/],
  ["has a message that is too large", `MSH|1\rMSH|${"x".repeat(2_000)}\r`, /message\[2\]: The message is larger/],
  ["is too large", `MSH|1\r${"PID|1\r".repeat(1_000)}`, /larger than 5000 bytes/],
];
for (const [title, content, reason] of refused) {
  test(`a file that ${title} is put away with the reason, and none of it is taken`, async (t) => {
    const folder = await aFolder(t);
    const bounds = { mllpFrameBytesMax: 1_000, messageFileBytesMax: 5_000 };
    const { intake, received } = await anIntake(t, folder, { limits: bounds });
    await writeFile(join(folder, "a.hl7"), content);
    await intake.look();
    await intake.look();
    assert.deepEqual(received, []);
    const { "a.hl7.reason.txt": text = "", ...rest } = await contents(join(folder, "refused"));
    assert.match(text, reason);
    assert.deepEqual(Object.keys(rest), ["a.hl7"]);
  });
}

test("a file with a message that was answered AE goes to the refused, with the acknowledgements and the reason", async (t) => {
  const folder = await aFolder(t);
  const take = async (_: Uint8Array, { number }: { readonly number: number }) =>
    raw(ack(number === 2 ? "AE" : "AA", number));
  const { intake } = await anIntake(t, folder, { take });
  await writeFile(join(folder, "a.hl7"), "MSH|1\rMSH|2\rMSH|3\r");
  await intake.look();
  await intake.look();
  assert.deepEqual(await contents(join(folder, "refused")), {
    "a.hl7": "MSH|1␍MSH|2␍MSH|3␍",
    "a.hl7.ack": ack("AA", 1) + ack("AE", 2) + ack("AA", 3),
    "a.hl7.reason.txt": "The message with control id 2 was answered AE: said 2␊",
  });
});

test("a message that cannot be recorded keeps its file and what is younger, and all are taken again", async (t) => {
  const folder = await aFolder(t);
  let isRecording = false;
  const seen: string[] = [];
  const take: FileIntakeOptions["take"] = async (_, { file, number }) => {
    seen.push(`${file}/${number}`);
    if (number === 2 && !isRecording) throw new Error("the database is away");
    return raw(ack("AA", number));
  };
  const { intake } = await anIntake(t, folder, { take });
  await writeFile(join(folder, "a.hl7"), "MSH|1\rMSH|2\r");
  await utimes(join(folder, "a.hl7"), 1, 1);
  await writeFile(join(folder, "b.hl7"), "MSH|3\r");
  await intake.look();
  await intake.look();
  assert.deepEqual(seen.splice(0), ["a.hl7/1", "a.hl7/2"]);
  assert.equal(intake.status().state, "failing");
  isRecording = true;
  await intake.look();
  assert.deepEqual(seen, ["a.hl7/1", "a.hl7/2", "b.hl7/1"]);
  assert.equal(intake.status().state, "watching");
});

test("a name that was taken before gets the time, and nothing is overwritten", async (t) => {
  const folder = await aFolder(t);
  const { intake } = await anIntake(t, folder);
  for (const content of ["MSH|1\r", "MSH|2\r"]) {
    await writeFile(join(folder, "results.hl7"), content);
    await intake.look();
    await intake.look();
  }
  const kept = await contents(join(folder, "taken"));
  assert.equal(kept["results.hl7"], "MSH|1␍");
  const second = Object.keys(kept).find((name) => /^results\.\d{8}T\d{9}Z\.hl7$/.test(name));
  assert.equal(kept[second ?? ""], "MSH|2␍");
});

test("a large file is read in pieces and taken whole", async (t) => {
  const folder = await aFolder(t);
  let count = 0;
  const take = async () => {
    count += 1;
    return undefined;
  };
  const { intake } = await anIntake(t, folder, { take });
  const message = `MSH|^~\\&|1\rOBX|1|TX|${"x".repeat(1_000)}\r`;
  await writeFile(join(folder, "a.hl7"), message.repeat(10_000));
  const before = process.memoryUsage().arrayBuffers;
  await intake.look();
  await intake.look();
  assert.equal(count, 10_000);
  assert.ok(process.memoryUsage().arrayBuffers - before < 10_000_000, "held no more than pieces");
  assert.deepEqual(await readdir(join(folder, "taken")), ["a.hl7"]);
});

test("the folder is looked at by itself, again and again, also when it comes late", async (t) => {
  const folder = join(await aFolder(t), "late");
  const told: string[] = [];
  const { intake, received } = await anIntake(t, folder, {
    everyMs: 10,
    statusChanged: (status) => told.push(status.state),
  });
  while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(told, ["failing"]);
  await mkdir(folder);
  await writeFile(join(folder, "a.hl7"), "MSH|1\r");
  while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await intake.stop();
  assert.deepEqual(told, ["failing", "watching", "stopped"]);
});

test("stopping finishes the message that is under way, and leaves its file for the next start", async (t) => {
  const folder = await aFolder(t);
  const { promise: isTaking, resolve: taking } = Promise.withResolvers<void>();
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
  const seen: number[] = [];
  const take: FileIntakeOptions["take"] = async (_, { number }) => {
    seen.push(number);
    taking();
    await mayGoOn;
    return undefined;
  };
  const { intake } = await anIntake(t, folder, { take });
  await writeFile(join(folder, "a.hl7"), "MSH|1\rMSH|2\r");
  await intake.look();
  void intake.look();
  await isTaking;
  const stopped = intake.stop();
  goOn();
  await stopped;
  assert.deepEqual(seen, [1]);
  assert.deepEqual(await contents(folder), { "a.hl7": "MSH|1␍MSH|2␍" });
});

async function aFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-folder-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Has looked once, looks again when it is told to, and answers AA. */
async function anIntake(t: TestContext, path: string, options: Partial<FileIntakeOptions> = {}) {
  const received: string[] = [];
  const take: FileIntakeOptions["take"] = async (message, { file, number }) => {
    received.push(`${file} ${number}: ${shown(message)}`);
    return raw(ack("AA", number));
  };
  const given = { name: "lab", pattern: "*.hl7", everyMs: 3_600_000, take, log: silentLog, ...options };
  const intake = startFolderIntake({ path, ...given });
  t.after(() => intake.stop());
  await intake.look();
  return { intake, received };
}

function aMessage(controlId: string, body: string): OutgoingMessage {
  return { body: Buffer.from(body, "latin1"), contentType: "x-application/hl7-v2+er7", controlId };
}

function ack(code: string, number: number): string {
  return `MSH|^~\\&|||||||ACK|9|P|2.4␍MSA|${code}|${number}|said ${number}␍`;
}

function told(outcome: SendOutcome): string {
  return outcome.is === "accepted" ? outcome.is : `${outcome.is} ${outcome.problem.code}`;
}

async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
  return Object.fromEntries(
    await Promise.all(files.map(async (name) => [name, shown(await readFile(join(folder, name)))])),
  );
}

function raw(text: string): Uint8Array {
  return Buffer.from(text.replaceAll("␍", "\r"), "latin1");
}

function shown(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1").replaceAll("\r", "␍").replaceAll("\n", "␊");
}
