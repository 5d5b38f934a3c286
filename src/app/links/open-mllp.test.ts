/** How the link of a deployed file takes and answers messages. Source: HL7 v2.5.1 §2.9.2, §2.9.3, §2.10.1, §2.10.2. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import {
  deliveryDefinition,
  destinationSwitchDefinition,
  type LinkMessage,
  type LinkSettings,
  linkMessageDefinition,
  patientMergeDefinition,
  readConfigurationWhole,
} from "#departments/clinical";
import { countingIds, expectOk, type JsonObject, silentLog, silentMeter } from "#kernel";
import type { BlobHash } from "#record";
import { freshAccess } from "../../../test/access.ts";
import { anOruR01 } from "../../../test/builders/index.ts";
import { madeCertificates, openssl } from "../../../test/doors/certificates.ts";
import { until } from "../../../test/doors/http.ts";
import { anOpenLink, aSender } from "../../../test/doors/mllp.ts";
import { ackOf, controlIdOf } from "../../../test/doors/mllp-sender.ts";
import { wardTime } from "../../../test/ward/index.ts";
import { openCommitted } from "./committed.ts";
import { openDeliveries } from "./deliveries.ts";
import { openIntake } from "./open-intake.ts";

const kinds = [linkMessageDefinition, deliveryDefinition, destinationSwitchDefinition, patientMergeDefinition];

/** A link by a file, and destinations by others; `change` deploys another file of the same intake. */
async function aLink(t: TestContext, link: JsonObject, destinations: Readonly<Record<string, JsonObject>> = {}) {
  const { record, access, clock, store } = await freshAccess({ kinds });
  clock.advance(300 * 24 * 60 * 60_000);
  const given = { record, access, clock, hospitalTime: wardTime, cursors: store.cursors, log: silentLog };
  // What takes messages closes before what its answers wait for.
  const opened: { close(): Promise<void> }[] = [];
  t.after(async () => {
    for (const each of opened.reverse()) await each.close();
  });
  const deliveries = openDeliveries(given);
  opened.push(deliveries);
  const configurationOf = (changes: JsonObject) => {
    const files = [
      { path: "links/lab.json", json: { title: "Laboratory", intake: { by: "mllp", port: 0 }, ...link, ...changes } },
      ...Object.entries(destinations).map(([name, json]) => ({ path: `destinations/${name}.json`, json })),
    ];
    return expectOk(readConfigurationWhole(files));
  };
  let settings: LinkSettings | undefined;
  const change = async (changes: JsonObject) => {
    const configuration = configurationOf(changes);
    [settings] = configuration.links;
    await deliveries.apply(configuration);
  };
  await change({});
  const hooks = { safeguardsOf: () => ({}), statusChanged: () => {} };
  const shared = { ...given, ...hooks, deliveries, ids: countingIds("A"), meter: silentMeter, host: "127.0.0.1" };
  const committed = openCommitted({ ...shared, settingsOf: () => settings });
  opened.push(committed);
  committed.start();
  const needs = { ...shared, committed };
  const intake = expectOk(await openIntake(() => settings as LinkSettings, needs));
  opened.push(intake);
  const messages = async () => {
    const sort = { by: "updated", descending: false } as const;
    const page = expectOk(await record.search({ kind: "LinkMessage", all: [], sort, limit: 100 }));
    return page.versions.map(({ body }) => JSON.parse(body) as LinkMessage);
  };
  const raw = async (hash: BlobHash = "" as BlobHash) => Buffer.from(expectOk(await record.readBlob(hash))).toString();
  return { intake, port: intake.port ?? 0, change, messages, raw };
}

/** `CA M1 / AA M1`, with MSA-4 as `#7`. */
function brief(answers: string): string {
  const found = [...answers.matchAll(/MSA\|(\w+)\|([^|␍]*)(?:\|[^|␍]*\|(\d+))?/g)];
  return found.map(([, code, id, number]) => `${code} ${id}${number ? ` #${number}` : ""}`).join(" / ");
}

/** Longer than a second that is waited for on purpose. */
async function soon(isSo: () => boolean): Promise<void> {
  for (const from = performance.now(); !isSo(); await passed(10)) {
    assert.ok(performance.now() - from < 6_000, "it did not come about in time");
  }
}

const framed = (message: string) => `␋${message}␜␍`;
const withHeader = (message: string, header: string) => message.replace(/\|P\|2\.[\d.]+[^\r]*/, `|P|2.5.1|${header}`);
const result = (controlId: string, header = "") =>
  withHeader(anOruR01({ controlId, filler: `F-${controlId}` }), header);

test("a message is answered in the mode that it asks for, or in that of its link", async (t) => {
  const { port, change } = await aLink(t, {});
  const sender = aSender(t, port);
  await sender.write(framed(result("M1")) + framed(result("M2", "||AL|AL")));
  await until(() => brief(sender.answers()) === "AA M1 / CA M2 / AA M2");
  await change({ acknowledge: { mode: "original" } });
  await sender.write(framed(result("M3", "||AL|AL")));
  await until(() => brief(sender.answers()).endsWith("/ AA M3"));
  await change({ acknowledge: { mode: "enhanced" } });
  await sender.write(framed(result("M4")));
  await until(() => brief(sender.answers()).endsWith("/ AA M3 / CA M4 / AA M4"));
});

test("a batch is answered by a batch", async (t) => {
  const { port, messages, raw } = await aLink(t, {});
  const sender = aSender(t, port);
  const header = "BHS|^~\\&|LAB|MEADOW|||20261123||||B-1␍";
  await sender.write(framed(`${header}${result("M1")}${result("M2")}BTS|2␍`));
  await until(() => sender.answers().includes("BTS|2"));
  assert.equal(brief(sender.answers()), "AA M1 / AA M2");
  const kept = await messages();
  assert.deepEqual(kept.map(({ controlId }) => controlId).sort(), ["B-1", "M1", "M2"]);
  const envelope = kept.find(({ controlId }) => controlId === "B-1");
  assert.deepEqual([envelope?.state, envelope?.type, envelope?.reasons[0]?.code], ["filtered", "BHS", "envelope"]);
  assert.deepEqual(envelope?.sender, { application: "LAB", facility: "MEADOW" });
  assert.equal(await raw(envelope?.raw.hash), "BHS|^~\\&|LAB|MEADOW|||20261123||||B-1\rBTS|2\r");
});

test("a batch that comes by HTTP is answered by a batch too, and kept with its envelope", async (t) => {
  const { intake, messages } = await aLink(t, { intake: { by: "http" } });
  const plain = (text: string) => Buffer.from(text.replaceAll("␍", "\r"));
  const batch = plain(`BHS|^~\\&|LAB|MEADOW|||20261123||||B-1␍${result("M1")}${result("M2")}BTS|2␍`);
  const answered = expectOk(
    await (intake.take ?? assert.fail)(batch, { id: "ApiToken/1", remoteAddress: "127.0.0.1" }),
  );
  const answer = Buffer.from(answered ?? []).toString();
  assert.match(answer, /^BHS\|.*\|B-1\r/);
  assert.equal(brief(answer.replaceAll("\r", "␍")), "AA M1 / AA M2");
  assert.deepEqual((await messages()).map(({ controlId }) => controlId).sort(), ["B-1", "M1", "M2"]);
});

test("a link that counts tells the number it expects, and refuses what would leave a gap", async (t) => {
  const { port, messages } = await aLink(t, { acknowledge: { sequence: true } });
  const sender = aSender(t, port);
  for (const [id, number] of [
    ["M1", 41],
    ["M3", 43],
    ["M2", 42],
  ] as const) {
    await sender.write(framed(result(id, `${number}`)));
    await until(() => brief(sender.answers()).includes(id));
  }
  assert.equal(brief(sender.answers()), "AA M1 #41 / AE M3 #42 / AA M2 #42");
  assert.deepEqual(
    (await messages()).map(({ controlId }) => controlId),
    ["M1", "M2"],
  );
});

test("parts of a message are kept as they came, and the whole is mapped once", async (t) => {
  const { port, messages } = await aLink(t, {});
  const whole = result("M1");
  const cut = whole.indexOf("OBX");
  const head = whole.slice(0, whole.indexOf("\r") + 1);
  const sender = aSender(t, port);
  await sender.write(framed(`${whole.slice(0, cut)}DSC|P1\r`));
  await until(() => brief(sender.answers()) === "AA M1");
  await sender.write(framed(`${withHeader(head, "|P1").replace("M1", "M1b")}${whole.slice(cut)}`));
  await until(() => brief(sender.answers()) === "AA M1 / AA M1b");
  const kept = await messages();
  assert.deepEqual(
    kept.map(({ state, reasons }) => `${state} ${reasons[0]?.code ?? ""}`.trim()),
    ["filtered fragment", "filtered fragment", "mapped"],
  );
});

/** A sender to a link that waits for its one destination, which answers nothing before it is told to. */
async function aWaitingSender(t: TestContext, waitSeconds: number) {
  const { promise: isOpen, resolve: answer } = Promise.withResolvers<void>();
  t.after(() => answer());
  const partner = await anOpenLink(t, {
    receive: async (message) => {
      await isOpen;
      return ackOf(controlIdOf(message), "AA");
    },
  });
  const outlet = { by: "mllp", host: "127.0.0.1", port: partner.port };
  const acknowledge = { after: { delivered: ["gp"], waitSeconds } };
  const routes = [{ name: "all", to: ["gp"] }];
  const { port } = await aLink(t, { acknowledge, routes }, { gp: { title: "Surgery", outlet } });
  return { sender: aSender(t, port), partner, answer };
}

test("a sender hears of the application when the destinations have it that it waits for", async (t) => {
  const { sender, partner, answer } = await aWaitingSender(t, 20);
  await sender.write(framed(result("M1", "||AL|AL")));
  await until(() => brief(sender.answers()) === "CA M1" && partner.received.length === 1);
  answer();
  await until(() => brief(sender.answers()) === "CA M1 / AA M1");
});

test("a sender that was told that it is late, and sends again, hears no sooner that all is well", async (t) => {
  const { sender, partner, answer } = await aWaitingSender(t, 1);
  await sender.write(framed(result("M1")));
  await soon(() => brief(sender.answers()) === "AE M1");
  await sender.write(framed(result("M1")));
  await soon(() => brief(sender.answers()) === "AE M1 / AE M1");
  answer();
  await soon(() => partner.received.length === 1);
  await sender.write(framed(result("M1")));
  await soon(() => brief(sender.answers()) === "AE M1 / AE M1 / AA M1");
  assert.deepEqual(partner.received.length, 1);
});

test("nobody is listened to whose address is not allowed", async (t) => {
  const { port, messages } = await aLink(t, { intake: { by: "mllp", port: 0, allow: ["10.1.0.0/16"] } });
  const sender = aSender(t, port);
  await sender.write(framed(result("M1"))).catch(() => {});
  await sender.ended;
  assert.deepEqual([sender.answers(), await messages()], ["", []]);
});

test("a link with TLS takes no connection without it", { skip: openssl.skip }, async (t) => {
  const { authority, server } = await madeCertificates(t);
  const tls = { ...server, clientAuthority: authority };
  const { port, intake } = await aLink(t, { intake: { by: "mllp", port: 0, tls } });
  assert.match(intake.status().text, /with TLS$/);
  const socket = connect({ port, host: "127.0.0.1" });
  t.after(() => socket.destroy());
  socket.on("error", () => {});
  const ended = new Promise((resolve) => socket.once("close", resolve));
  socket.resume();
  socket.write("\u000bMSH|^~\\&|\r\u001c\r");
  await ended;
  expectOk((await intake.reload?.()) ?? assert.fail("certificates are read again"));
});
