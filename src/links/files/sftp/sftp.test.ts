/** Messages as files at an SFTP server, out and in. draft-ietf-secsh-filexfer-02, against OpenSSH's server. */
import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type OutgoingMessage, type SendOutcome, silentLog } from "#kernel";
import { anSftpServer, type OpenSftp, sshd, sshKeygen } from "../../../../test/doors/sftp.ts";
import type { FileIntakeOptions } from "../file-intake.ts";
import { sftpSender, startSftpIntake } from "./sftp.ts";
import type { SftpServer } from "./sftp-session.ts";

const skip = sshd.skip || sshKeygen.skip;
const untilStopped = new AbortController().signal;

test("messages become files at the other side, whole, once, and never over others", { skip }, async (t) => {
  const server = await anSftpServer(t);
  const sender = aSender(t, server);
  assert.equal(told(await sender.send(aMessage("1", "MSH|1\r"), untilStopped)), "accepted");
  assert.equal(told(await sender.send(aMessage("1", "MSH|1\r"), untilStopped)), "accepted");
  assert.equal(told(await sender.send(aMessage("1", "MSH|2\r"), untilStopped)), "refused file-exists");
  assert.equal(told(await sender.send(aMessage("2", ""), untilStopped)), "accepted");
  assert.deepEqual(await contents(server.folder), { "1.hl7": "MSH|1␍", "2.hl7": "" });
  assert.equal(sender.status().state, "connected");
});

test("several messages of several megabytes at once arrive as they were", { skip }, async (t) => {
  const server = await anSftpServer(t);
  const sender = aSender(t, server);
  const bodies = [1, 2, 3].map((number) => Buffer.alloc(3_000_001 + number, `MSH|${number}|`));
  const outcomes = await Promise.all(
    bodies.map((body, at) => sender.send({ body, contentType: "text/plain", controlId: `${at}` }, untilStopped)),
  );
  assert.deepEqual(outcomes.map(told), ["accepted", "accepted", "accepted"]);
  for (const [at, body] of bodies.entries()) {
    assert.ok(body.equals(await readFile(join(server.folder, `${at}.hl7`))));
  }
});

test("a server with another key than the one it is known by gets nothing, and its key is told", { skip }, async (t) => {
  const server = await anSftpServer(t);
  const hostKey = `SHA256:${"A".repeat(43)}`;
  const outcome = await aSender(t, server, { hostKey }).send(aMessage("1", "MSH|1\r"), untilStopped);
  assert.equal(told(outcome), "unreachable sftp-host-key-other");
  assert.ok(outcome.is === "unreachable" && outcome.problem.message.includes(server.hostKey));
});

test("a key that the server does not know, one that is none, and none at all are told apart", { skip }, async (t) => {
  const server = await anSftpServer(t);
  const { key: _known, ...keyless } = serverOf(server);
  const outcomes: string[] = [];
  for (const keys of [
    { key: server.strangersKey },
    { key: join(server.folder, "absent") },
    { key: "/etc/passwd" },
    {},
  ]) {
    const sender = sftpSender({ ...givenSender, server: { ...keyless, ...keys }, path: server.folder });
    t.after(() => sender.close());
    outcomes.push(told(await sender.send(aMessage("1", "MSH|1\r"), untilStopped)));
  }
  const unreadable = "unreachable sftp-credentials-unreadable";
  assert.deepEqual(outcomes, ["unreachable sftp-not-signed-in", unreadable, unreadable, unreadable]);
});

test("a server that goes away is unreachable, and is found again when it is back", { skip }, async (t) => {
  const server = await anSftpServer(t);
  const sender = aSender(t, server);
  assert.equal(told(await sender.send(aMessage("1", "MSH|1\r"), untilStopped)), "accepted");
  await server.stop();
  assert.match(
    told(await sender.send(aMessage("2", "MSH|2\r"), untilStopped)),
    /^unreachable (connection-lost|sftp-not-connected)$/,
  );
  assert.equal(sender.status().state, "failing");
  await server.start();
  assert.equal(told(await sender.send(aMessage("2", "MSH|2\r"), untilStopped)), "accepted");
  assert.deepEqual(await contents(server.folder), { "1.hl7": "MSH|1␍", "2.hl7": "MSH|2␍" });
});

test("a folder that is not there, or may not be written to, is told in a sentence", { skip }, async (t) => {
  const server = await anSftpServer(t);
  const sender = aSender(t, server, {}, `${server.folder}/absent`);
  assert.equal(told(await sender.send(aMessage("1", "MSH|1\r"), untilStopped)), "unreachable folder-missing");
  assert.match(sender.status().text, /absent is not there/);
  if (process.getuid?.() === 0) return; // Root may write anywhere.
  await chmod(server.folder, 0o500);
  const outcome = await aSender(t, server).send(aMessage("1", "MSH|1\r"), untilStopped);
  assert.equal(told(outcome), "unreachable folder-forbidden");
});

test("files are taken, message by message, and moved with their acknowledgements", { skip }, async (t) => {
  const server = await anSftpServer(t);
  const { intake, received } = await anIntake(t, server);
  await writeFile(join(server.folder, "a.hl7"), "MSH|^~\\&|1\rMSH|^~\\&|2\r");
  await writeFile(join(server.folder, "b.hl7"), "no message");
  await mkdir(join(server.folder, "c.hl7"));
  await intake.look();
  await intake.look();
  assert.deepEqual(received, ["127.0.0.1 a.hl7 1: MSH|^~\\&|1␍", "127.0.0.1 a.hl7 2: MSH|^~\\&|2␍"]);
  assert.deepEqual(Object.keys(await contents(join(server.folder, "taken"))), ["a.hl7", "a.hl7.ack"]);
  assert.deepEqual(Object.keys(await contents(join(server.folder, "refused"))), ["b.hl7", "b.hl7.reason.txt"]);
  assert.deepEqual(await contents(server.folder), {});
  assert.equal(intake.status().text, `watching sftp://${server.user}@127.0.0.1:${server.port}${server.folder}`);
});

test("a connection that breaks in the middle of a file leads to the same file being taken again", {
  skip,
}, async (t) => {
  const server = await anSftpServer(t);
  let breaks = true;
  const seen: number[] = [];
  const take: FileIntakeOptions["take"] = async (_, { number }) => {
    seen.push(number);
    if (breaks && number === 2) {
      breaks = false;
      await server.stop();
    }
    return undefined;
  };
  const { intake } = await anIntake(t, server, { take });
  await writeFile(join(server.folder, "a.hl7"), "MSH|1\rMSH|2\rMSH|3\r");
  await intake.look();
  await intake.look();
  assert.equal(intake.status().state, "failing");
  await server.start();
  await intake.look();
  assert.deepEqual(seen, [1, 2, 3, 1, 2, 3]);
  assert.deepEqual(await readdir(join(server.folder, "taken")), ["a.hl7"]);
});

test("a large file is read in pieces", { skip }, async (t) => {
  const server = await anSftpServer(t);
  let bytes = 0;
  const take: FileIntakeOptions["take"] = async (message) => {
    bytes += message.length;
    return undefined;
  };
  const { intake } = await anIntake(t, server, { take });
  const content = `MSH|^~\\&|1\rOBX|1|TX|${"x".repeat(5_000)}\r`.repeat(2_000);
  await writeFile(join(server.folder, "a.hl7"), content);
  await intake.look();
  await intake.look();
  assert.equal(bytes, content.length);
});

test("the folder going away is told, and its return noticed", { skip }, async (t) => {
  const server = await anSftpServer(t);
  const { intake, received } = await anIntake(t, server);
  await rmdir(server.folder);
  await intake.look();
  assert.equal(intake.status().state, "failing");
  await mkdir(server.folder);
  await writeFile(join(server.folder, "a.hl7"), "MSH|1\r");
  await intake.look();
  await intake.look();
  assert.equal(received.length, 1);
});

const givenSender = { name: "gp", extension: ".hl7", log: silentLog };

function serverOf({ port, user, key, hostKey }: OpenSftp): SftpServer {
  return { host: "127.0.0.1", port, user, key, hostKey };
}

function aSender(t: TestContext, server: OpenSftp, other: Partial<SftpServer> = {}, path = server.folder) {
  const sender = sftpSender({ ...givenSender, server: { ...serverOf(server), ...other }, path });
  t.after(() => sender.close());
  return sender;
}

/** Has looked once, looks again when it is told to, and answers AA. */
async function anIntake(t: TestContext, server: OpenSftp, options: Partial<FileIntakeOptions> = {}) {
  const received: string[] = [];
  const take: FileIntakeOptions["take"] = async (message, { file, number, remoteAddress }) => {
    received.push(`${remoteAddress} ${file} ${number}: ${shown(message)}`);
    return Buffer.from(`MSH|^~\\&|||||||ACK|9|P|2.4\rMSA|AA|${number}\r`, "latin1");
  };
  const given = { name: "lab", pattern: "*.hl7", everyMs: 3_600_000, take, log: silentLog, ...options };
  const intake = startSftpIntake({ server: serverOf(server), path: server.folder, ...given });
  t.after(() => intake.stop());
  await intake.look();
  return { intake, received };
}

function aMessage(controlId: string, body: string): OutgoingMessage {
  return { body: Buffer.from(body, "latin1"), contentType: "x-application/hl7-v2+er7", controlId };
}

function told(outcome: SendOutcome): string {
  return outcome.is === "accepted" ? outcome.is : `${outcome.is} ${outcome.problem.code}`;
}

async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (name) => [name, shown(await readFile(join(folder, name)))] as const)),
  );
}

function shown(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1").replaceAll("\r", "␍");
}
