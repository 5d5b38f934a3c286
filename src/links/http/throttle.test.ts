/** How much one address may ask and guess. RFC 6585 §4 (429). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, failed, forbidden, type HttpRequest, limits, ok } from "#kernel";
import { allowList } from "#links/addresses";
import { anOpenDoor, aRoute } from "../../../test/doors/http.ts";
import { Allowances } from "./allowances.ts";
import { callerNetwork } from "./caller-address.ts";

test("an allowance is used up at once, and comes back with time up to what it was", () => {
  const allowances = new Allowances({ burst: 2, perSecond: 0.5, callersMax: 10 });
  const tries = (atMs: number) => {
    const wait = allowances.waitSeconds("a", atMs);
    if (wait === 0) allowances.spend("a", atMs);
    return wait;
  };
  assert.deepEqual([tries(0), tries(0), tries(0), tries(1_000)], [0, 0, 2, 1]);
  assert.deepEqual([tries(2_000), tries(2_000)], [0, 2]);
  assert.deepEqual([tries(600_000), tries(600_000), tries(600_000)], [0, 0, 2]);
  assert.equal(allowances.waitSeconds("b", 0), 0);
});

test("of more callers than are remembered the first begins anew", () => {
  const allowances = new Allowances({ burst: 1, perSecond: 1, callersMax: 2 });
  for (const caller of ["a", "b", "c"]) allowances.spend(caller, 0);
  assert.deepEqual([allowances.callers, allowances.waitSeconds("a", 0), allowances.waitSeconds("c", 0)], [2, 0, 1]);
});

test("of IPv6 a whole network is one caller, and IPv4 within it is IPv4", () => {
  const callers = ["2001:db8:1:2::9", "2001:DB8:1:2:ffff:0:0:1", "2001:db8:1:3::9", "fe80::1%eth0", "::ffff:10.0.0.7"];
  assert.deepEqual(callers.map(callerNetwork), [
    "2001:db8:1:2::/64",
    "2001:db8:1:2::/64",
    "2001:db8:1:3::/64",
    "fe80:0:0:0::/64",
    "10.0.0.7",
  ]);
  assert.equal(callerNetwork("unknown"), "unknown");
});

const proxies = expectOk(allowList(["127.0.0.1"]));
const from = (address: string, headers = {}) => ({ headers: { "x-forwarded-for": address, ...headers } });

test("an address that guesses passwords too often is answered 429 with a time to wait, others are not", async (t) => {
  const refused = async () => failed(forbidden("sign-in-failed", "The user name or the password is wrong."));
  const routes = [
    aRoute({ guesses: true, handle: refused }),
    aRoute({ path: "/open", handle: async () => ok({ status: 204 }) }),
  ];
  const door = await anOpenDoor(t, { routes, proxies, limits: { guessesBurst: 3 } });
  const statuses: number[] = [];
  for (let guess = 0; guess < 5; guess += 1) {
    statuses.push((await fetch(`${door.address}/thing`, from("203.0.113.9"))).status);
  }
  assert.deepEqual(statuses, [403, 403, 403, 429, 429]);
  const wait = Number((await fetch(`${door.address}/thing`, from("203.0.113.9"))).headers.get("retry-after"));
  assert.ok(wait > 0 && wait <= 60 / limits.guessesPerMinute);
  assert.equal((await fetch(`${door.address}/thing`, from("203.0.113.10"))).status, 403);
  assert.equal((await fetch(`${door.address}/open`, from("203.0.113.9"))).status, 204, "what is no guess goes on");
});

test("a refusal that a door of guesses wrote itself counts as well, what it granted does not", async (t) => {
  const written = async ({ path }: HttpRequest) =>
    ok({ status: Number(path.slice(1)), headers: { "content-type": "application/json" }, body: "{}" });
  const routes = ["/200", "/401", "/400"].map((path) => aRoute({ path, guesses: true, handle: written }));
  const door = await anOpenDoor(t, { routes, proxies, limits: { guessesBurst: 2 } });
  const statuses: number[] = [];
  for (const path of ["/200", "/200", "/200", "/401", "/400", "/200"]) {
    statuses.push((await fetch(door.address + path, from("203.0.113.9"))).status);
  }
  assert.deepEqual(statuses, [200, 200, 200, 401, 400, 429]);
});

test("an address that tries tokens that are none is told to wait before any is looked up", async (t) => {
  let lookUps = 0;
  const contextFor = async () => {
    lookUps += 1;
    return failed(forbidden("not-signed-in", "Sign in first."));
  };
  const door = await anOpenDoor(t, { routes: [aRoute({})], contextFor, proxies, limits: { badTokensBurst: 2 } });
  const statuses: number[] = [];
  const withToken = from("203.0.113.9", { authorization: "Bearer none" });
  for (let guess = 0; guess < 4; guess += 1) statuses.push((await fetch(`${door.address}/thing`, withToken)).status);
  assert.deepEqual([statuses, lookUps], [[401, 401, 429, 429], 2]);
});

test("an address may ask so much in a second, and this machine as much as it likes", async (t) => {
  const terms = { requestsPerSecondMax: 1, limits: { requestBurstSeconds: 2 }, proxies };
  const door = await anOpenDoor(t, { routes: [aRoute({})], ...terms });
  const asked = async (headers: object) => (await fetch(`${door.address}/thing`, headers)).status;
  const outside = from("203.0.113.9");
  assert.deepEqual([await asked(outside), await asked(outside), await asked(outside)], [200, 200, 429]);
  assert.deepEqual([await asked({}), await asked({}), await asked({})], [200, 200, 200]);
});
