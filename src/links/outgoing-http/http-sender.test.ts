/** Messages by HTTP and HTTPS, to a real server. HL7 over HTTP (HAPI, draft of 2018); RFC 9110 §15. */
import assert from "node:assert/strict";
import { copyFile, writeFile } from "node:fs/promises";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { inspect } from "node:util";
import { limits, type OutgoingMessage, type SendOutcome, silentLog } from "#kernel";
import { madeCertificates, openssl } from "../../../test/doors/certificates.ts";
import { type AnswerRequest, aReceiver } from "../../../test/doors/receiver.ts";
import { httpSender } from "./http-sender.ts";
import type { PostSenderOptions } from "./post-sender.ts";

const er7 = "x-application/hl7-v2+er7";
const untilStopped = new AbortController().signal;

test("a message is posted with its content type and the destination's headers, over a connection that is kept", async (t) => {
  const { url, received } = await aReceiver(t, answering(200, ack("AA", "1")));
  const sender = aSender(t, { url: `${url}/in?x=1`, headers: { "X-Trust": "RXX" } });
  const outcome = await sender.send(aMessage("1"), untilStopped);
  assert.equal(told(outcome), "accepted");
  assert.equal(outcome.is === "accepted" && Buffer.from(outcome.answer ?? []).toString(), ack("AA", "1"));
  await sender.send(aMessage("1"), untilStopped);
  const [first, second] = received;
  assert.equal(`${first?.method} ${first?.path} ${first?.body}`, "POST /in?x=1 MSH|1\r");
  assert.equal(first?.headers["content-type"], er7);
  assert.equal(first?.headers["x-trust"], "RXX");
  assert.equal(first?.connection, second?.connection);
  assert.equal(sender.status().state, "connected");
});

/** Status, content type, body; what becomes of a message with control id 1. */
const answers: readonly (readonly [status: number, contentType: string, body: string, outcome: string])[] = [
  [200, er7, ack("AA", "1"), "accepted"],
  [202, er7, ack("CA", "1"), "accepted"],
  [200, "text/plain", ack("AE", "1"), "refused AE answered-ae"],
  [200, er7, ack("AE", "1"), "refused AE answered-ae"],
  [500, er7, ack("AE", "1"), "refused AE answered-ae"],
  [400, er7, ack("AR", "1"), "refused AR answered-ar"],
  [200, `${er7}; charset=utf-8`, ack("CR", "1"), "refused CR answered-cr"],
  [200, er7, ack("AA", "2"), "unanswered answer-foreign"],
  [200, er7, ack("AE", "2"), "unanswered answer-foreign"],
  [500, er7, ack("AE", "2"), "unanswered answer-foreign"],
  [200, er7, ack("AA", ""), "unanswered answer-foreign"],
  [200, er7, "MSH|^~\\&|||||||ACK|9|P|2.4\r", "unanswered answer-unreadable"],
  [200, er7, "", "unanswered answer-unreadable"],
  [500, er7, ack("AA", "1"), "unanswered answer-contradicts"],
  [200, "", "", "accepted"],
  [204, "", "", "accepted"],
  [200, "text/html", "<p>Thank you</p>", "accepted"],
  [301, "", "", "refused 301 answered-301"],
  [400, "text/plain", "no", "refused 400 answered-400"],
  [401, "", "", "refused 401 answered-401"],
  [404, "", "", "refused 404 answered-404"],
  [422, "", "", "refused 422 answered-422"],
  [408, "", "", "unanswered answered-try-again"],
  [425, "", "", "unanswered answered-try-again"],
  [429, "", "", "unanswered answered-try-again"],
  [500, "", "", "refused 500 answered-500"],
  [503, "text/html", "<p>Busy</p>", "refused 503 answered-503"],
];
for (const [status, contentType, body, outcome] of answers) {
  test(`status ${status} with ${contentType || "nothing"} '${body.slice(-9).trim()}' is ${outcome}`, async (t) => {
    const { url } = await aReceiver(t, answering(status, body, contentType));
    assert.equal(told(await aSender(t, { url }).send(aMessage("1"), untilStopped)), outcome);
  });
}

const categories: readonly (readonly [status: number, category: string])[] = [
  [400, "incorrect"],
  [403, "forbidden"],
  [409, "conflict"],
  [415, "unsupported"],
  [500, "unavailable"],
  [501, "unsupported"],
  [502, "unavailable"],
  [503, "busy"],
  [504, "unavailable"],
];
for (const [status, category] of categories) {
  test(`a refusal with ${status} is ${category}`, async (t) => {
    const { url } = await aReceiver(t, answering(status, ""));
    const outcome = await aSender(t, { url }).send(aMessage("1"), untilStopped);
    assert.equal(outcome.is === "refused" && outcome.problem.category, category);
  });
}

test("nobody listening is unreachable; an answer that does not come, or breaks off, is unanswered", async (t) => {
  const silent = await aSocketServer(t, () => {});
  const breaking = await aSocketServer(t, (socket) => socket.once("data", () => socket.destroy()));
  const short = await aSocketServer(t, (socket) =>
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nMSH|")),
  );
  const gone = await aSocketServer(t, () => {});
  gone.close();
  const outcomes: string[] = [];
  for (const { url } of [gone, silent, breaking, short]) {
    outcomes.push(told(await aSender(t, { url, answerWithinMs: 200 }).send(aMessage("1"), untilStopped)));
  }
  assert.deepEqual(outcomes, [
    "unreachable not-connected",
    "unanswered no-answer",
    "unanswered connection-lost",
    "unanswered connection-lost",
  ]);
});

test("stopping, and closing, settle at once what is under way", async (t) => {
  const { url } = await aSocketServer(t, () => {});
  const sender = aSender(t, { url });
  const stopping = new AbortController();
  const stopped = sender.send(aMessage("1"), stopping.signal);
  const closed = sender.send(aMessage("2"), untilStopped);
  await new Promise((resolve) => setTimeout(resolve, 50));
  stopping.abort();
  assert.equal(told(await stopped), "unanswered connection-lost");
  await sender.close();
  assert.equal(told(await closed), "unanswered connection-lost");
  assert.equal(told(await sender.send(aMessage("3"), untilStopped)), "unreachable sender-closed");
});

test("an answer without end is cut off at the bound; what is long and no acknowledgement still counts", async (t) => {
  const long = "x".repeat(limits.outgoingHttpAnswerBytesMax + 1);
  const { url } = await aReceiver(t, answering(200, long, "text/plain"));
  const outcome = await aSender(t, { url }).send(aMessage("1"), untilStopped);
  assert.deepEqual(outcome, { is: "accepted" });
  const acknowledging = await aReceiver(t, answering(200, `${ack("AA", "1")}${long}`, er7));
  assert.equal(told(await aSender(t, acknowledging).send(aMessage("1"), untilStopped)), "unanswered answer-unreadable");
});

test("an address that is none is unreachable with a sentence", async (t) => {
  for (const url of ["ftp://127.0.0.1/", "http://me:secret@127.0.0.1/", "nowhere"]) {
    assert.equal(told(await aSender(t, { url }).send(aMessage("1"), untilStopped)), "unreachable address-invalid");
  }
});

test("over TLS both sides show certificates of the authority, and a secret comes from its file", {
  skip: openssl.skip,
}, async (t) => {
  const made = await madeCertificates(t);
  const { url, received } = await aReceiver(t, answering(200, ack("AA", "1")), made);
  const token = join(dirname(made.authority), "token");
  await writeFile(token, "Bearer abc\n");
  const tls = { authority: made.authority, ...made.client };
  const sender = aSender(t, { url, tls, secretHeaders: { Authorization: token } });
  assert.equal(told(await sender.send(aMessage("1"), untilStopped)), "accepted");
  assert.equal(received[0]?.headers.authorization, "Bearer abc");
  const strangers: readonly (readonly [string, Partial<PostSenderOptions>, string])[] = [
    ["without a certificate", { tls: { authority: made.authority } }, "unreachable not-connected"],
    // Node closes without a word, after the handshake as the client sees it: the request may have been read.
    [
      "with one of another authority",
      { tls: { authority: made.authority, ...made.stranger } },
      "unanswered connection-lost",
    ],
    ["not trusting the receiver's", { tls: made.client }, "unreachable not-connected"],
    ["expecting another name", { tls: { ...tls, serverName: "lab.example" } }, "unreachable not-connected"],
    ["with files that are not there", { tls: { ...tls, key: "/absent" } }, "unreachable tls-file-unreadable"],
    ["with a file that is no key", { tls: { ...tls, key: made.authority } }, "unreachable tls-file-unreadable"],
    ["with a header that cannot be sent", { tls, headers: { "x-trust": "a\nb" } }, "unreachable not-connected"],
    ["without its secret", { tls, secretHeaders: { authorization: "/absent" } }, "unreachable secret-unreadable"],
  ];
  for (const [title, options, outcome] of strangers) {
    const sent = await aSender(t, { url, secretHeaders: { Authorization: token }, ...options }).send(
      aMessage("1"),
      untilStopped,
    );
    assert.equal(told(sent), outcome, title);
    assert.doesNotMatch(inspect(sent, { depth: 9 }), /Bearer abc|PRIVATE KEY/, "a secret is told to nobody");
  }
  assert.equal(received.length, 1);
});

test("what is renewed of its files is used without a failure, and what cannot be used is not", {
  skip: openssl.skip,
}, async (t) => {
  const made = await madeCertificates(t);
  const { url, received } = await aReceiver(t, answering(200, ack("AA", "1")), made);
  const token = join(dirname(made.authority), "renewed-token");
  await writeFile(token, "Bearer old\n");
  const certificate = join(dirname(made.authority), "renewed-client.pem");
  await copyFile(made.client.certificate, certificate);
  const tls = { authority: made.authority, ...made.client, certificate };
  const sender = aSender(t, { url, tls, secretHeaders: { Authorization: token } });
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const header = async () => {
    assert.equal(told(await sender.send(aMessage("1"), untilStopped)), "accepted");
    return received.at(-1)?.headers.authorization;
  };
  assert.equal(await header(), "Bearer old");
  await writeFile(token, "Bearer renewed\n");
  assert.equal(await header(), "Bearer old", "files are not looked at for each message");
  t.mock.timers.tick(limits.certificateLookMs);
  assert.equal(await header(), "Bearer renewed");
  await writeFile(certificate, "half written");
  t.mock.timers.tick(limits.certificateLookMs);
  assert.equal(await header(), "Bearer renewed");
});

function aSender(t: TestContext, options: Pick<PostSenderOptions, "url"> & Partial<PostSenderOptions>) {
  const sender = httpSender({ name: "gp", answerWithinMs: 5_000, log: silentLog, ...options });
  t.after(() => sender.close());
  return sender;
}

function aMessage(controlId: string): OutgoingMessage {
  return { body: Buffer.from(`MSH|${controlId}\r`, "latin1"), contentType: er7, controlId };
}

function ack(code: string, controlId: string): string {
  return `MSH|^~\\&|||||||ACK|9|P|2.4\rMSA|${code}|${controlId}\r`;
}

function answering(status: number, body: string, contentType = er7): AnswerRequest {
  return (_, response) => {
    response.writeHead(status, contentType === "" ? {} : { "content-type": contentType }).end(body);
  };
}

function told(outcome: SendOutcome): string {
  switch (outcome.is) {
    case "accepted":
      return outcome.is;
    case "refused":
      return `${outcome.is} ${outcome.code} ${outcome.problem.code}`;
    case "unanswered":
    case "unreachable":
      return `${outcome.is} ${outcome.problem.code}`;
  }
}

async function aSocketServer(t: TestContext, connected: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    connected(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  t.after(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}
