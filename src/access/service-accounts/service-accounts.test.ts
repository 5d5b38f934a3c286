/** Accounts of systems, and keys that are exchanged without a gap. OWASP ASVS 4.0.3 §2.10. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readBody } from "#audit";
import { expectOk, type HttpReply, limits, type Result } from "#kernel";
import { aRequest, freshAccess } from "../../../test/access.ts";
import { commandLineActor } from "../actor.ts";
import type { NewKeyView, ServiceAccountsView, ServiceAccountView } from "../api.ts";

const cli = commandLineActor("ops");
const dayMs = 24 * 3_600_000;

async function freshSystems() {
  const parts = await freshAccess();
  const { access, store } = parts;
  const { token } = expectOk(
    await access.issueToken({ name: "admin", scope: "corridor/tokens.issue", lifeMs: 300 * dayMs }, cli),
  );
  const call = async (method: string, path: string, more: Parameters<typeof aRequest>[2] = {}) => {
    const pattern = `/api/access${path}`;
    const route = access.routes.find((each) => each.method === method && each.path === pattern)!;
    const request = aRequest(method, pattern, { headers: { authorization: `Bearer ${token}` }, ...more });
    const context = await access.contextFor(request, route);
    return context.ok ? route.handle(request, context.value) : context;
  };
  const comesIn = async (key: string, by = access) => {
    const found = await by.authenticate(
      aRequest("GET", "/fhir/Patient", { headers: { authorization: `Bearer ${key}` } }),
    );
    return found.ok ? found.value : undefined;
  };
  const list = async () => bodyOf<ServiceAccountsView>(await call("GET", "/service-accounts"));
  const acts = async () => (await store.audit.scan(0, 10_000)).map((entry) => readBody(entry.body));
  return { ...parts, call, comesIn, list, acts };
}

const bodyOf = <T>(result: Result<HttpReply>) => JSON.parse(String(expectOk(result).body)) as T;
const codeOf = (result: Result<unknown>) => (result.ok ? "ok" : result.problems[0].code);

const order = {
  name: "Ward tablet",
  use: "application",
  purpose: "Shows results at the bed.",
  scope: "system/Observation.rs",
} as const;

describe("A service account", async () => {
  const { access, call, comesIn, list, acts, clock, anotherProcess } = await freshSystems();
  const { user } = expectOk(await access.addUser({ username: "baker", display: "Tom Baker", roles: [] }, cli));
  const account = bodyOf<ServiceAccountView>(
    await call("POST", "/service-accounts", { json: { ...order, ownerId: user.id } }),
  );
  const params = { id: account.id };
  const newKey = async (name: string, days = 90) => {
    const made = await call("POST", "/service-accounts/:id/keys", { params, json: { name, days } });
    return bodyOf<NewKeyView>(made).token;
  };
  const keyNamed = async (name: string) => (await list()).accounts[0]?.keys.find((each) => each.name === name);
  const end = async (name: string) => {
    const key = (await keyNamed(name))?.id ?? "";
    return call("DELETE", "/service-accounts/:id/keys/:key", { params: { ...params, key } });
  };
  const first = await newKey("November");

  it("may do what its scope says, whichever of its keys it comes with, under one name", async () => {
    const second = await newKey("December");
    const [one, other] = [await comesIn(first), await comesIn(second)];
    assert.deepEqual([one?.reference, other?.reference], Array(2).fill(`ServiceAccount/${account.id}`));
    assert.equal(one?.display, "Ward tablet");
    assert.ok(one?.permissions.has("Observation.read"));
    assert.ok(!one?.permissions.has("Patient.read"));
  });

  it("shows when each key was last used, so that one sees when the old one is not needed any more", async () => {
    const third = await newKey("January");
    assert.equal((await keyNamed("January"))?.lastUsed, undefined);
    await comesIn(third);
    assert.equal((await keyNamed("January"))?.lastUsed, new Date(clock.now()).toISOString());
  });

  it("loses a key at once when it is ended, in another process within fifteen seconds, and keeps the others", async () => {
    const other = anotherProcess();
    assert.ok((await comesIn(first)) && (await comesIn(first, other)));
    assert.equal(expectOk(await end("November")).status, 204);
    assert.equal(await comesIn(first), undefined);
    clock.advance(limits.sessionTrustMs);
    assert.equal(await comesIn(first, other), undefined);
    assert.equal((await keyNamed("November"))?.state, "ended");
    assert.equal((await keyNamed("December"))?.state, "open");
  });

  it("is warned of a key that ends within thirty days, and has none after its time", async () => {
    const short = await newKey("short", 20);
    assert.equal((await keyNamed("short"))?.state, "ends-soon");
    clock.advance(20 * dayMs);
    assert.equal((await keyNamed("short"))?.state, "over");
    assert.equal(await comesIn(short), undefined);
  });

  it("has its keys follow a change of its scope at once", async () => {
    const key = await newKey("changing");
    await comesIn(key);
    const changed = await call("PATCH", "/service-accounts/:id", { params, json: { scope: "system/Patient.r" } });
    assert.equal(bodyOf<ServiceAccountView>(changed).scope, "system/Patient.r");
    assert.ok((await comesIn(key))?.permissions.has("Patient.read"));
  });

  it("tells that its owner has left", async () => {
    await access.changeUser({ username: "baker", active: false }, cli);
    assert.deepEqual((await list()).accounts[0]?.owner, { id: user.id, display: "Tom Baker", active: false });
  });

  it("opens nothing once it is closed, and gets no new key", async () => {
    const key = await newKey("last");
    assert.ok(await comesIn(key));
    await call("PATCH", "/service-accounts/:id", { params, json: { active: false } });
    assert.equal(await comesIn(key), undefined);
    const more = await call("POST", "/service-accounts/:id/keys", { params, json: { name: "more", days: 9 } });
    assert.equal(codeOf(more), "service-closed");
  });

  it("has one name, a scope that is understood, and an owner who is there", async () => {
    const add = async (change: object) =>
      codeOf(await call("POST", "/service-accounts", { json: { ...order, ...change } }));
    assert.equal(await add({ name: "ward TABLET" }), "service-name-taken");
    assert.equal(await add({ name: "x", scope: "everything" }), "scope-invalid");
    assert.equal(await add({ name: "x", ownerId: "nobody" }), "owner-unknown");
    assert.equal(await add({ name: "x", use: "person" }), "body-incorrect");
  });

  it("has ten keys at a time at most", async () => {
    const other = expectOk(await access.serviceAccounts.add({ ...order, name: "Many" }, cli));
    const make = () => access.serviceAccounts.addKey({ serviceAccountId: other.id, name: "k", lifeMs: dayMs }, cli);
    for (let made = 0; made < limits.serviceKeysMax; made += 1) expectOk(await make());
    assert.equal(codeOf(await make()), "too-many-keys");
  });

  it("is of no account where a command made it by itself; such a token works as ever, and can be ended", async () => {
    const { token, id } = expectOk(
      await access.issueToken({ name: "script", scope: "system/*.rs", lifeMs: dayMs }, cli),
    );
    assert.equal((await comesIn(token))?.reference, `ApiToken/${id}`);
    assert.ok((await list()).tokens.some((each) => each.id === id));
    assert.equal(expectOk(await call("DELETE", "/tokens/:key", { params: { key: id } })).status, 204);
    assert.equal(await comesIn(token), undefined);
  });

  it("leaves a trace of its keys, and never the keys", async () => {
    const told = await acts();
    assert.ok(told.some((act) => act.act === "token-issue" && act.entities.includes(`ServiceAccount/${account.id}`)));
    assert.ok(!JSON.stringify(told).includes(first));
  });
});
