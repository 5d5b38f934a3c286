import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { type HttpReply, ok } from "#kernel";
import { anOpenDoor, aRoute, until } from "../../../test/doors/http.ts";
import { acceptedEncoding, isCompressible } from "./compression.ts";

const json = { "content-type": "application/fhir+json; charset=utf-8", etag: 'W/"7"' };
const long = JSON.stringify({ text: "haemoglobin ".repeat(500) });

test("the encoding is what the client likes best, of equals brotli before gzip before deflate", () => {
  const cases = [
    [undefined, undefined],
    ["", undefined],
    ["gzip, deflate, br", "br"],
    ["gzip, br;q=0", "gzip"],
    ["GZIP;q=0.5", "gzip"],
    ["*", "br"],
    ["*, br;q=0.0", "gzip"],
    ["identity, *;q=0", undefined],
    ["deflate", "deflate"],
    ["br;q=0.2, gzip;q=0.8, deflate;q=0.1", "gzip"],
    ["identity, gzip;q=0.5", undefined],
  ] as const;
  for (const [header, encoding] of cases) assert.equal(acceptedEncoding(header), encoding, header);
});

test("text, JSON and XML get smaller; images, archives, binary data and event streams are left alone", () => {
  const yes = [
    "text/plain",
    "application/json",
    "application/fhir+json; charset=utf-8",
    "application/x-ndjson",
    "image/svg+xml",
  ];
  const no = [
    "image/png",
    "application/dicom",
    "application/octet-stream",
    "text/event-stream",
    "application/zip",
    undefined,
  ];
  for (const type of yes) assert.equal(isCompressible(type), true, type);
  for (const type of no) assert.equal(isCompressible(type), false, type);
});

test("a long reply is compressed when the client takes it; its ETag and its meaning stay", async (t) => {
  const door = await anOpenDoor(t, { routes: [replying({ status: 200, headers: json, body: long })] });
  const plain = await rawGet(door.port, "/thing");
  assert.equal(plain.body.toString(), long);
  for (const [encoding, decompress] of [
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
    ["deflate", inflateSync],
  ] as const) {
    const reply = await rawGet(door.port, "/thing", encoding);
    assert.match(reply.head, new RegExp(`content-encoding: ${encoding}`));
    assert.match(reply.head, /etag: W\/"7"/);
    assert.match(reply.head, /vary: accept-encoding/);
    assert.ok(reply.body.length < 200);
    assert.equal(decompress(reply.body).toString(), long);
  }
});

test("short replies, images and replies that are encoded already are sent as they are", async (t) => {
  const replies: readonly HttpReply[] = [
    { status: 200, headers: json, body: "{}" },
    { status: 200, headers: { "content-type": "image/png" }, body: long },
    { status: 200, headers: { ...json, "content-encoding": "identity" }, body: long },
    { status: 206, headers: json, body: long },
  ];
  for (const reply of replies) {
    const door = await anOpenDoor(t, { routes: [replying(reply)] });
    const { head, body } = await rawGet(door.port, "/thing", "br");
    assert.doesNotMatch(head, /content-encoding: br/);
    assert.equal(body.toString(), reply.body);
  }
});

test("a stream is sent piece by piece, compressed too", async (t) => {
  async function* lines() {
    for (let line = 0; line < 1_000; line += 1) yield `{"line":${line}}\n`;
  }
  const headers = { "content-type": "application/x-ndjson" };
  const handle = async () => ok({ status: 200, headers, body: lines() });
  const door = await anOpenDoor(t, { routes: [aRoute({ handle })] });
  for (const encoding of ["identity", "gzip", "br"]) {
    const reply = await fetch(`${door.address}/thing`, { headers: { "accept-encoding": encoding } });
    assert.equal(reply.headers.get("content-encoding"), encoding === "identity" ? null : encoding);
    assert.equal((await reply.text()).split("\n").length, 1_001);
  }
});

test("a stream that fails at once is a fault; one that fails later breaks off instead of looking whole", async (t) => {
  async function* failing(piecesFirst: number) {
    for (let piece = 0; piece < piecesFirst; piece += 1) yield "piece";
    throw new Error("the disk is gone");
  }
  const at = (path: string, pieces: number) =>
    aRoute({ path, handle: async () => ok({ status: 200, body: failing(pieces) }) });
  const door = await anOpenDoor(t, { routes: [at("/at-once", 0), at("/later", 1)] });
  assert.equal((await fetch(`${door.address}/at-once`)).status, 500);
  await assert.rejects(fetch(`${door.address}/later`).then((reply) => reply.text()));
  const failures = door.logged.filter(({ event }) => event === "http request failed");
  assert.equal(failures.length, 2);
});

test("a client that leaves in the middle of a stream ends it, and aborts `closed`", async (t) => {
  let ended = false;
  let aborted = false;
  async function* endless() {
    try {
      for (;;) yield "x".repeat(100_000);
    } finally {
      ended = true;
    }
  }
  const route = aRoute({
    handle: async ({ closed }) => {
      closed.addEventListener("abort", () => {
        aborted = true;
      });
      return ok({ status: 200, body: endless() });
    },
  });
  const door = await anOpenDoor(t, { routes: [route] });
  const leaving = new AbortController();
  const reply = await fetch(`${door.address}/thing`, { signal: leaving.signal });
  await reply.body?.getReader().read();
  leaving.abort();
  await until(() => ended && aborted);
  assert.ok(!door.logged.some(({ event }) => event === "http request failed"), "leaving is no fault");
});

test("events reach the client as they happen, uncompressed, until it leaves", async (t) => {
  const source = events();
  const door = await anOpenDoor(t, { routes: [source.route] });
  const leaving = new AbortController();
  const reply = await fetch(`${door.address}/live`, {
    signal: leaving.signal,
    headers: { "accept-encoding": "gzip, br" },
  });
  assert.equal(reply.headers.get("content-encoding"), null);
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (const text of ["data: first\n\n", "data: second\n\n"]) {
    source.send(text);
    assert.equal((await reader?.read())?.value, text);
  }
  leaving.abort();
  await until(() => source.isClosed());
});

test("a slow reader of events is waited for: no more is taken from the handler than the sockets hold", async (t) => {
  let taken = 0;
  async function* flood() {
    for (;;) {
      taken += 1;
      yield "x".repeat(100_000);
    }
  }
  const headers = { "content-type": "text/event-stream" };
  const door = await anOpenDoor(t, {
    routes: [aRoute({ handle: async () => ok({ status: 200, headers, body: flood() }) })],
  });
  const socket = connect(door.port, "127.0.0.1");
  socket.pause();
  socket.write("GET /thing HTTP/1.1\r\nHost: localhost\r\n\r\n");
  let before = -1;
  await until(() => {
    const stands = taken > 0 && taken === before;
    before = taken;
    return stands;
  });
  assert.ok(taken < 1_000, `${taken} pieces were taken`);
  socket.destroy();
});

test("a further live stream than the limit allows is refused as busy, until one closes", async (t) => {
  const source = events();
  const door = await anOpenDoor(t, { routes: [source.route], limits: { liveStreamsMax: 1 } });
  const leaving = new AbortController();
  await fetch(`${door.address}/live`, { signal: leaving.signal });
  assert.equal((await fetch(`${door.address}/live`)).status, 429);
  leaving.abort();
  await until(() => source.isClosed());
  const again = await fetch(`${door.address}/live`);
  assert.equal(again.status, 200);
  await again.body?.cancel();
});

test("a stop ends live streams in good order", async (t) => {
  const source = events();
  const door = await anOpenDoor(t, { routes: [source.route] });
  const reply = await fetch(`${door.address}/live`);
  const text = reply.text();
  source.send("data: last\n\n");
  await until(() => source.isTaken());
  await door.stop();
  assert.equal(await text, "data: last\n\n");
  assert.ok(source.isClosed());
});

function replying(reply: HttpReply) {
  return aRoute({ handle: async () => ok(reply) });
}

/** `GET /live`, whose events the test sends. */
function events() {
  const waiting: string[] = [];
  let wake = () => {};
  let closed: AbortSignal | undefined;
  async function* stream(signal: AbortSignal) {
    while (!signal.aborted) {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) yield next;
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    }
  }
  const route = aRoute({
    path: "/live",
    handle: async (request) => {
      closed ??= request.closed;
      return ok({ status: 200, headers: { "content-type": "text/event-stream" }, body: stream(request.closed) });
    },
  });
  const send = (text: string) => {
    waiting.push(text);
    wake();
  };
  return { route, send, isClosed: () => closed?.aborted === true, isTaken: () => waiting.length === 0 };
}

/** Asks without a client's own decompression. */
function rawGet(port: number, path: string, encoding = "identity"): Promise<{ head: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => {
      const all = Buffer.concat(chunks);
      const split = all.indexOf("\r\n\r\n");
      resolve({ head: all.toString("latin1", 0, split), body: all.subarray(split + 4) });
    });
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`,
    );
  });
}
