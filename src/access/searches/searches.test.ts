/** Searches of the explorer that people keep: one's own, and those that others share. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, type HttpReply, limits, type Problem, type Result } from "#kernel";
import { aRequest, freshAccess } from "../../../test/access.ts";
import { type Actor, checkRoutePolicy, personActor } from "../actor.ts";
import type { SavedSearchBody, SavedSearchesView, SavedSearchView, SearchableView } from "../api.ts";

const lindqvist = personActor({ reference: "User/l", display: "Dr Ingrid Lindqvist", roles: ["doctor"] });
const baker = personActor({ reference: "User/b", display: "Tom Baker-Hughes", roles: ["pathology-links-manager"] });
const librarian = personActor({ reference: "User/z", display: "Ms Zhou", roles: ["librarian"] });

const corrected: SavedSearchBody = {
  name: "Corrected results",
  type: "Observation",
  query: "status=corrected&_sort=-date",
  columns: ["code", "value"],
  shared: false,
};

const problemOf = (result: Result<unknown>): Problem => {
  assert.ok(!result.ok, "it was expected to fail");
  return result.problems[0];
};

async function freshDesk() {
  const { access } = await freshAccess();
  const call = async (
    actor: Actor,
    [method, path]: readonly [string, string],
    parts: { json?: unknown; id?: string },
  ) => {
    const route = access.routes.find((each) => each.method === method && each.path === `/api/access${path}`)!;
    const allowed = checkRoutePolicy(route.policy, actor);
    if (!allowed.ok) return allowed;
    const request = aRequest(method, route.path, { json: parts.json, params: { id: parts.id ?? "" } });
    return route.handle(request, access.contextOf(actor));
  };
  const keep = (actor: Actor, json: unknown) => call(actor, ["POST", "/searches"], { json });
  const list = async (actor: Actor) => bodyOf<SavedSearchesView>(await call(actor, ["GET", "/searches"], {})).searches;
  return { call, keep, list };
}

const bodyOf = <T>(result: Result<HttpReply>) => JSON.parse(String(expectOk(result).body)) as T;

describe("a kept search", async () => {
  const { call, keep, list } = await freshDesk();

  it("is there again, with its columns, for the one who kept it and for nobody else", async () => {
    const reply = await keep(lindqvist, corrected);
    assert.equal(expectOk(reply).status, 201);
    const { id, ...kept } = bodyOf<SavedSearchView>(reply);
    assert.deepEqual(kept, { ...corrected, own: true });
    assert.deepEqual(await list(lindqvist), [{ id, ...kept }]);
    assert.deepEqual(await list(baker), []);
  });

  it("is seen by others once it is shared, under the name of who shares it", async () => {
    const [search] = await list(lindqvist);
    await call(lindqvist, ["PUT", "/searches/:id"], { id: search!.id, json: { ...corrected, shared: true } });
    const [shared] = await list(baker);
    assert.deepEqual([shared?.own, shared?.sharedBy, shared?.query], [false, "Dr Ingrid Lindqvist", corrected.query]);
  });

  it("is changed and deleted by its owner alone", async () => {
    const [search] = await list(lindqvist);
    const id = search!.id;
    for (const method of ["PUT", "DELETE"]) {
      const refused = problemOf(await call(baker, [method, "/searches/:id"], { id, json: corrected }));
      assert.deepEqual([refused.category, refused.code], ["forbidden", "not-own-search"], method);
    }
    await call(lindqvist, ["PUT", "/searches/:id"], { id, json: corrected });
    const hidden = problemOf(await call(baker, ["DELETE", "/searches/:id"], { id }));
    assert.equal(hidden.category, "not-found");
    assert.equal(expectOk(await call(lindqvist, ["DELETE", "/searches/:id"], { id })).status, 204);
    assert.deepEqual(await list(lindqvist), []);
  });

  it("has a name of its own among one's own", async () => {
    await keep(lindqvist, corrected);
    assert.equal(problemOf(await keep(lindqvist, corrected)).code, "search-name-taken");
    assert.equal(expectOk(await keep(baker, corrected)).status, 201);
  });

  it("is one of a bounded number", async () => {
    const held = (await list(baker)).length;
    for (let n = held; n < limits.savedSearchesMax; n += 1)
      expectOk(await keep(baker, { ...corrected, name: `S${n}` }));
    assert.equal(problemOf(await keep(baker, { ...corrected, name: "one more" })).code, "too-many-searches");
  });

  it("names a type and a query that could be ones", async () => {
    for (const wrong of [{ type: "patient" }, { name: " " }, { query: "a".repeat(limits.savedSearchLengthMax + 1) }])
      assert.equal(problemOf(await keep(lindqvist, { ...corrected, ...wrong })).category, "incorrect");
  });

  it("is not for those who do not explore", async () => {
    assert.equal(problemOf(await keep(librarian, corrected)).code, "permission-missing");
  });
});

describe("what may be searched", async () => {
  const { call } = await freshDesk();

  it("is said to each by their roles", async () => {
    const typesOf = async (actor: Actor) => bodyOf<SearchableView>(await call(actor, ["GET", "/searchable"], {})).types;
    const doctors = await typesOf(lindqvist);
    assert.ok(doctors.includes("Observation") && doctors.includes("Patient"));
    assert.ok(!doctors.includes("AuditEvent") && !doctors.includes("SavedSearch"));
    assert.ok(!(await typesOf(librarian)).includes("Patient"));
  });
});
