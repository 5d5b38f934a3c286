/** Pages of other origins. Fetch §3.3 (CORS protocol). */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { failed, notFound } from "#kernel";
import { anOpenDoor, aRoute } from "../../../test/doors/http.ts";

const app = "https://app.example";
const routes = [aRoute({}), aRoute({ method: "PUT" })];
const doorFor = (t: TestContext, ...corsOrigins: string[]) => anOpenDoor(t, { routes, corsOrigins });
const preflight = (address: string, origin: string, path = "/thing") =>
  fetch(address + path, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "PUT", "access-control-request-headers": "if-match" },
  });

test("a browser that asks beforehand is told what a page of an allowed origin may send", async (t) => {
  const door = await doorFor(t, app);
  const reply = await preflight(door.address, app);
  assert.equal(reply.status, 204);
  assert.equal(reply.headers.get("access-control-allow-origin"), app);
  assert.equal(reply.headers.get("access-control-allow-methods"), "GET, HEAD, PUT");
  assert.match(reply.headers.get("access-control-allow-headers") ?? "", /\bif-match\b/);
});

test("a page may not send cookies, nor the header that stands for our own pages", async (t) => {
  const { headers } = await preflight((await doorFor(t, app)).address, app);
  assert.equal(headers.get("access-control-allow-credentials"), null);
  assert.doesNotMatch(headers.get("access-control-allow-headers") ?? "", /x-corridor|cookie/);
});

test("its requests are answered with what it may read, failures too", async (t) => {
  const door = await anOpenDoor(t, {
    corsOrigins: [app],
    routes: [aRoute({}), aRoute({ path: "/gone", handle: async () => failed(notFound("gone", "It is gone.")) })],
  });
  for (const [path, status] of [
    ["/thing", 200],
    ["/gone", 404],
    ["/nowhere", 404],
  ] as const) {
    const reply = await fetch(door.address + path, { headers: { origin: app } });
    assert.deepEqual([reply.status, reply.headers.get("access-control-allow-origin")], [status, app]);
    assert.match(reply.headers.get("access-control-expose-headers") ?? "", /\betag\b/);
    assert.match(reply.headers.get("vary") ?? "", /\borigin\b/);
  }
});

test("other origins are told nothing", async (t) => {
  const door = await doorFor(t, app);
  for (const origin of ["https://other.example", "https://app.example.other", "null"]) {
    assert.equal((await preflight(door.address, origin)).status, 405);
    const reply = await fetch(`${door.address}/thing`, { headers: { origin } });
    assert.equal(reply.headers.get("access-control-allow-origin"), null);
  }
});

test("with no origin allowed, which is the default, no reply says anything of origins", async (t) => {
  const door = await anOpenDoor(t, { routes });
  const reply = await fetch(`${door.address}/thing`, { headers: { origin: app } });
  assert.deepEqual([reply.headers.get("vary"), reply.headers.get("access-control-allow-origin")], [null, null]);
  assert.equal((await preflight(door.address, app)).status, 405);
});

test("a star allows every origin", async (t) => {
  const door = await doorFor(t, "*");
  assert.equal((await preflight(door.address, app)).headers.get("access-control-allow-origin"), app);
});

test("an address that is not there is not there for a browser that asks beforehand", async (t) => {
  assert.equal((await preflight((await doorFor(t, app)).address, app, "/nowhere")).status, 404);
});
