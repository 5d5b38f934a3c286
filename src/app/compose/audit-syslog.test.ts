/** ATNA over syslog: RFC 5424, RFC 5425, IHE ITI-20. A receiver of our own reads what really came over TLS. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import test, { type TestContext } from "node:test";
import { setTimeout } from "node:timers/promises";
import { createServer, type TLSSocket } from "node:tls";
import { expectOk, fixedClock } from "#kernel";
import { openSyslogSender } from "#links/syslog";
import { stretchesOf, wholeLog } from "../../../test/conformance/audit-tampering/kept-log.ts";
import { type Certificates, madeCertificates, openssl } from "../../../test/doors/certificates.ts";
import { SyslogFeed } from "./audit-syslog.ts";

interface Receiver {
  readonly port: number;
  readonly messages: string[];
  /** Resolves when so many messages have come. */
  came(count: number): Promise<void>;
  /** Cuts every connection off. */
  cut(): void;
  stop(): Promise<void>;
}

async function receiver({ server: pair }: Certificates, port = 0): Promise<Receiver> {
  const messages: string[] = [];
  const sockets = new Set<TLSSocket>();
  const options = { key: readFileSync(pair.key), cert: readFileSync(pair.certificate) };
  let wake = () => {};
  const server = createServer(options, (socket) => {
    sockets.add(socket);
    let waiting = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      for (;;) {
        const space = waiting.indexOf(" ");
        const length = Number(waiting.subarray(0, space).toString());
        if (space === -1 || waiting.length < space + 1 + length) return wake();
        messages.push(waiting.subarray(space + 1, space + 1 + length).toString("utf8"));
        waiting = waiting.subarray(space + 1 + length);
      }
    });
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const cut = () => sockets.forEach((socket) => void socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    messages,
    cut,
    came: async (count) => {
      while (messages.length < count) await new Promise<void>((done) => (wake = done));
    },
    stop: async () => {
      cut();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

const log = wholeLog(1_200);

function feedTo(t: TestContext, port: number, authority: string) {
  const sender = openSyslogSender(`tls://localhost:${port}`, readFileSync(authority, "utf8"));
  t.after(() => sender.close());
  const cursor = new Map<string, number>();
  const cursors = {
    claim: async () => true,
    get: async (worker: string) => cursor.get(worker) ?? 0,
    set: async (worker: string, position: number) => void cursor.set(worker, position),
  };
  const clock = fixedClock("2026-11-23T09:30:00Z");
  const feed = new SyslogFeed({ audit: stretchesOf(log), cursors, clock, sender });
  return { feed, sender, position: () => cursor.get("audit syslog") ?? 0 };
}

const entityOf = (message: string) => /Observation\/[^/]*-(\d{12})\/_history/.exec(message)?.[1];

test("every entry comes to a syslog receiver over TLS, as an audit message of DICOM", {
  skip: openssl.skip,
}, async (t) => {
  const certificates = await madeCertificates(t);
  const there = await receiver(certificates);
  t.after(() => there.stop());
  const { feed, position } = feedTo(t, there.port, certificates.authority);
  feed.tell("corridor/audit\n1200\n");
  expectOk(await feed.round());
  await there.came(1_201);
  const [first = ""] = there.messages;
  assert.match(first, /^<85>1 2026-03-02T00:00:00\.000Z \S+ corridor \d+ DICOM\+RFC3881 - \ufeff<\?xml version="1.0"/);
  assert.match(first, /<ActiveParticipant UserID="User\/[^"]+" AlternativeUserID="[^"]+" UserName="Made-up Person 0"/);
  assert.match(
    first,
    /<ParticipantObjectIdentification ParticipantObjectID="Patient\/[^"]+" ParticipantObjectTypeCode="1"/,
  );
  assert.match(there.messages.at(-1) ?? "", / CHECKPOINT - \ufeffcorridor\/audit/);
  assert.equal(position(), 0, "what was sent only now may still be lost");
  expectOk(await feed.round());
  assert.equal(position(), 1_200);
});

test("nothing is lost when the receiver is away, or a connection breaks", { skip: openssl.skip }, async (t) => {
  const certificates = await madeCertificates(t);
  const early = await receiver(certificates);
  const { feed, sender } = feedTo(t, early.port, certificates.authority);
  expectOk(await feed.round());
  await early.stop();
  while (sender.connection !== undefined) await setTimeout(5);
  const away = await feed.round();
  assert.equal(away.ok ? "sent" : away.problems[0].code, "syslog-unreachable");
  const late = await receiver(certificates, early.port);
  t.after(() => late.stop());
  expectOk(await feed.round());
  await late.came(1_200);
  const numbers = new Set(late.messages.map(entityOf));
  assert.equal(log.filter(({ body }) => !numbers.has(entityOf(body))).length, 0);
});

test("a receiver whose certificate another authority signed is sent nothing", { skip: openssl.skip }, async (t) => {
  const certificates = await madeCertificates(t);
  const there = await receiver(certificates);
  t.after(() => there.stop());
  const { feed } = feedTo(t, there.port, certificates.stranger.certificate);
  const sent = await feed.round();
  assert.equal(sent.ok ? "sent" : sent.problems[0].code, "syslog-unreachable");
  assert.deepEqual(there.messages, []);
});
