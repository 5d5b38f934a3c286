import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { failed, type HttpRequest, incorrect, jsonReply, ok } from "#kernel";
import { anOpenDoor, aRoute } from "../../../test/doors/http.ts";

/** Takes the body as it comes, and tells its length and what went wrong. */
const measuring = aRoute({
  method: "POST",
  path: "/measure",
  streams: true,
  handle: async ({ stream, body }: HttpRequest) => {
    let length = 0;
    for await (const piece of stream ?? []) {
      if (!piece.ok) return piece;
      length += piece.value.length;
    }
    return ok(jsonReply({ length, held: body.length }));
  },
});

test("a route that takes its body as it comes is not bound by what may be held", async (t) => {
  const door = await anOpenDoor(t, { routes: [measuring], limits: { httpBodyBytesMax: 10 } });
  const reply = await fetch(`${door.address}/measure`, { method: "POST", body: new Uint8Array(1_000_000) });
  assert.deepEqual(await reply.json(), { length: 1_000_000, held: 0 });
});

test("compression is undone on the way; what is none, or unpacks to too much, is told", async (t) => {
  const door = await anOpenDoor(t, { routes: [measuring], limits: { httpStreamBytesMax: 10_000 } });
  const sent = async (body: Uint8Array<ArrayBuffer>, encoding: string) => {
    const headers = { "content-encoding": encoding };
    const reply = await fetch(`${door.address}/measure`, { method: "POST", headers, body });
    const { length, code } = (await reply.json()) as { length?: number; code?: string };
    return [reply.status, length ?? code];
  };
  assert.deepEqual(await sent(new Uint8Array(gzipSync(new Uint8Array(5_000))), "gzip"), [200, 5_000]);
  assert.deepEqual(await sent(new Uint8Array(gzipSync(new Uint8Array(50_000))), "gzip"), [413, "body-too-large"]);
  assert.deepEqual(await sent(new Uint8Array(50), "gzip"), [400, "body-not-encoded"]);
  assert.deepEqual(await sent(new Uint8Array(50), "zstd"), [415, "media-type-not-supported"]);
});

test("an answer before the end of the body reaches the client, and the connection goes on", async (t) => {
  const refusing = aRoute({
    method: "POST",
    path: "/refuse",
    streams: true,
    handle: async ({ stream }: HttpRequest) => {
      for await (const _piece of stream ?? []) break;
      return failed(incorrect("not-this", "Not this."));
    },
  });
  const door = await anOpenDoor(t, { routes: [refusing, measuring] });
  const reply = await fetch(`${door.address}/refuse`, { method: "POST", body: new Uint8Array(3_000_000) });
  assert.equal(reply.status, 400);
  assert.equal(((await reply.json()) as { code: string }).code, "not-this");
  assert.equal((await fetch(`${door.address}/measure`, { method: "POST", body: "x" })).status, 200);
});

test("a route may be asked for what it can do, by OPTIONS", async (t) => {
  const able = aRoute({ method: "OPTIONS", path: "/able", handle: async () => ok(jsonReply({ can: "much" })) });
  const door = await anOpenDoor(t, { routes: [able] });
  const reply = await fetch(`${door.address}/able`, { method: "OPTIONS" });
  assert.deepEqual(await reply.json(), { can: "much" });
});
