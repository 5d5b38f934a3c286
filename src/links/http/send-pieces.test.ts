import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { limits, ok, type StoredRange } from "#kernel";
import { anOpenDoor, aRoute, until } from "../../../test/doors/http.ts";

/** A file whose bytes are told by their places. */
function aRange(fromByte: number, lengthBytes: number, endsAt = Number.POSITIVE_INFINITY): StoredRange {
  return {
    fromByte,
    lengthBytes,
    readInto: async (into, from) => {
      const length = Math.max(0, Math.min(into.length, endsAt - from));
      for (let at = 0; at < length; at += 1) into[at] = (from + at) % 251;
      return length;
    },
  };
}

function bytesOf(fromByte: number, lengthBytes: number): Uint8Array {
  return Uint8Array.from({ length: lengthBytes }, (_, at) => (fromByte + at) % 251);
}

const large = limits.httpSentPieceBytes * 3 + 17;

async function answered(url: string, slowlyMs = 0): Promise<Buffer> {
  const message = await new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on("error", reject));
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
    if (slowlyMs > 0 && chunks.length % 16 === 0) await pause(slowlyMs);
  }
  return Buffer.concat(chunks);
}

test("ranges of files and bytes at hand arrive in their order, however slowly they are taken", async (t) => {
  async function* pieces() {
    yield Buffer.from("head");
    yield aRange(5, large);
    yield Buffer.from("between");
    yield aRange(0, 10);
    yield aRange(100, large);
  }
  const door = await anOpenDoor(t, { routes: [aRoute({ handle: async () => ok({ status: 200, pieces: pieces() }) })] });
  const expected = Buffer.concat([
    Buffer.from("head"),
    bytesOf(5, large),
    Buffer.from("between"),
    bytesOf(0, 10),
    bytesOf(100, large),
  ]);
  const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  assert.equal(digest(await answered(`${door.address}/thing`)), digest(expected));
  assert.equal(digest(await answered(`${door.address}/thing`, 2)), digest(expected));
});

test("a source that fails before its first piece is answered with a failure; later the connection is cut", async (t) => {
  async function* early() {
    yield await Promise.reject<StoredRange>(new Error("the disk is gone"));
  }
  async function* late() {
    yield aRange(0, 1_000, 500);
  }
  const routes = [
    aRoute({ path: "/early", handle: async () => ok({ status: 200, pieces: early() }) }),
    aRoute({ path: "/late", handle: async () => ok({ status: 200, pieces: late() }) }),
  ];
  const door = await anOpenDoor(t, { routes });
  assert.equal((await fetch(`${door.address}/early`)).status, 500);
  await assert.rejects(answered(`${door.address}/late`));
});

test("a client that leaves ends the source", async (t) => {
  let hasEnded = false;
  async function* pieces() {
    try {
      for (;;) yield aRange(0, large);
    } finally {
      hasEnded = true;
    }
  }
  const door = await anOpenDoor(t, { routes: [aRoute({ handle: async () => ok({ status: 200, pieces: pieces() }) })] });
  const request = get(`${door.address}/thing`, (message) => message.once("data", () => request.destroy()));
  request.on("error", () => undefined);
  await until(() => hasEnded);
});
