/** Joiners, movers and leavers, as a directory tells them. RFC 7644; RFC 7643 §4. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readBody } from "#audit";
import { expectOk, type HttpReply, type JsonObject, type Result } from "#kernel";
import { aRequest, freshAccess } from "../../../test/access.ts";
import { commandLineActor } from "../actor.ts";
import type { RoleName } from "../roles/index.ts";

const cli = commandLineActor("ops");
const right = "tea kettle on the sill";
const roleMap = new Map<string, readonly RoleName[]>([
  ["ward doctors", ["doctor"]],
  ["corridor admins", ["system-administrator"]],
  ["nurse-role", ["nurse"]],
]);

async function freshDirectory() {
  const parts = await freshAccess({ roleMap });
  const { access, store } = parts;
  const { token } = expectOk(
    await access.issueToken({ name: "Entra", scope: "corridor/scim.write", lifeMs: 3_600_000 }, cli),
  );
  const request = async (method: string, path: string, more: Parameters<typeof aRequest>[2] = {}, by = access) => {
    const [bare = "", query = ""] = path.split("?");
    const found = by.routes.flatMap((route) => {
      const params = route.method === method ? paramsOf(route.path, bare) : undefined;
      return params === undefined ? [] : [{ route, params }];
    })[0]!;
    const { route, params } = found;
    const asked = aRequest(method, bare, { params, query: new URLSearchParams(query), ...more });
    const context = await by.contextFor(asked, route);
    return context.ok ? route.handle(asked, context.value) : context;
  };
  const scim = (method: string, path: string, json?: unknown, headers = {}) =>
    request(method, `/scim/v2${path}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(json === undefined ? {} : { json }),
    });
  const acts = async () => (await store.audit.scan(0, 10_000)).map((entry) => readBody(entry.body));
  return { ...parts, request, scim, acts };
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  if (!wanted.every((part, index) => part.startsWith(":") || part === given[index])) return undefined;
  return Object.fromEntries(
    wanted.flatMap((part, index) => (part.startsWith(":") ? [[part.slice(1), given[index] ?? ""]] : [])),
  );
}

type Body = JsonObject & { readonly id: string; readonly Resources: readonly Body[]; readonly totalResults: number };
const bodyOf = (result: Result<HttpReply>) => JSON.parse(String(expectOk(result).body)) as Body;
const codeOf = (result: Result<unknown>) => (result.ok ? "ok" : result.problems[0].code);

const joiner = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: "Ada.OSEI@ward.example",
  externalId: "obj-1",
  name: { givenName: "Ada", familyName: "Osei" },
  displayName: "Dr Ada Osei",
  active: true,
  emails: [{ value: "ada@ward.example", type: "work", primary: true }],
  password: "not kept",
};

describe("A directory", async () => {
  const { access, scim, request, acts, clock, anotherProcess } = await freshDirectory();
  const signIn = (username: string) => request("POST", "/api/access/sign-in", { json: { username, password: right } });
  const usersOf = async (find: string) => expectOk(await access.listUsers({ find, limit: 5 }, cli)).users;
  let ada = "";
  let ward = "";
  let cookie = "";

  it("is let in by the permission scim.write alone", async () => {
    const other = expectOk(await access.issueToken({ name: "x", scope: "system/*.cruds", lifeMs: 60_000 }, cli));
    const headers = { authorization: `Bearer ${other.token}` };
    assert.equal(codeOf(await request("GET", "/scim/v2/Users", { headers })), "permission-missing");
    assert.equal(codeOf(await request("GET", "/scim/v2/Users")), "not-signed-in");
  });

  it("adds a joiner, whose account opens nothing more than their groups say", async () => {
    const reply = expectOk(await scim("POST", "/Users", joiner));
    assert.equal(reply.status, 201);
    const user = bodyOf({ ok: true, value: reply });
    ada = user.id;
    assert.equal(reply.headers?.location, `http://127.0.0.1:8080/scim/v2/Users/${ada}`);
    assert.equal(user.userName, "Ada.OSEI@ward.example");
    assert.equal(user.password, undefined);
    const [account] = await usersOf("ada.osei@");
    assert.deepEqual(
      [account?.username, account?.display, account?.roles],
      ["ada.osei@ward.example", "Dr Ada Osei", []],
    );
  });

  it("says where somebody works, by references of the record alone", async () => {
    const caring = "urn:corridor:params:scim:schemas:extension:caring:2.0:User";
    const says = (value: JsonObject) =>
      scim("PATCH", `/Users/${ada}`, {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        Operations: [{ op: "add", path: caring, value }],
      });
    expectOk(await says({ practitioner: "Practitioner/ada", wards: [{ value: "Location/w7" }] }));
    expectOk(await says({ teams: [{ value: "CareTeam/t1" }] }));
    const [account] = await usersOf("ada.osei@");
    assert.deepEqual(account?.caring, {
      practitioner: "Practitioner/ada",
      wards: ["Location/w7"],
      teams: ["CareTeam/t1"],
    });
    assert.equal(codeOf(await says({ wards: [{ value: "Ward 7" }] })), "scim:invalidValue");
    const moved = { schemas: joiner.schemas, Operations: [{ op: "remove", path: `${caring}:wards` }] };
    expectOk(await scim("PATCH", `/Users/${ada}`, moved));
    const [mover] = await usersOf("ada.osei@");
    assert.deepEqual(mover?.caring, { practitioner: "Practitioner/ada", teams: ["CareTeam/t1"] });
  });

  it("is told of a user name that is there already", async () => {
    assert.equal(codeOf(await scim("POST", "/Users", { ...joiner, externalId: "obj-2" })), "scim:uniqueness");
  });

  it("finds people by filters", async () => {
    const count = async (filter: string) =>
      bodyOf(await scim("GET", `/Users?${new URLSearchParams({ filter })}`)).totalResults;
    assert.equal(await count('userName eq "ada.osei@WARD.example"'), 1);
    assert.equal(await count('externalId eq "obj-1" and active eq true'), 1);
    assert.equal(await count('emails[type eq "work" and value co "ward"] or title pr'), 1);
    assert.equal(await count('userName eq "nobody"'), 0);
    assert.equal(await count('userName eq "ada.osei@ward.example" or userName pr'), 1);
    assert.equal(codeOf(await scim("GET", "/Users?filter=userName%20is%201")), "scim:invalidFilter");
  });

  it("gives roles by groups, as the map says", async () => {
    const group = bodyOf(
      await scim("POST", "/Groups", { displayName: "Ward Doctors", externalId: "g-1", members: [{ value: ada }] }),
    );
    ward = group.id;
    assert.deepEqual((await usersOf("ada"))[0]?.roles, ["doctor"]);
    const user = bodyOf(await scim("GET", `/Users/${ada}`));
    assert.deepEqual(
      (user.groups as readonly JsonObject[]).map(({ value, display }) => [value, display]),
      [[ward, "Ward Doctors"]],
    );
  });

  it("removes one member as Entra asks for it, and nobody else", async () => {
    const second = bodyOf(await scim("POST", "/Users", { userName: "kelly", externalId: "obj-3" }));
    await scim("PATCH", `/Groups/${ward}`, {
      Operations: [{ op: "Add", path: "members", value: [{ $ref: null, value: second.id }] }],
    });
    const removed = await scim("PATCH", `/Groups/${ward}`, {
      Operations: [{ op: "Remove", path: "members", value: [{ $ref: null, value: second.id }] }],
    });
    assert.deepEqual(
      (bodyOf(removed).members as readonly JsonObject[]).map(({ value }) => value),
      [ada],
    );
    assert.deepEqual((await usersOf("kelly"))[0]?.roles, []);
  });

  it("leaves the members out of a group where it says so", async () => {
    assert.equal(bodyOf(await scim("GET", `/Groups/${ward}?excludedAttributes=members`)).members, undefined);
    const found = bodyOf(
      await scim("GET", "/Groups?filter=displayName%20eq%20%22ward%20doctors%22&attributes=displayName"),
    );
    assert.deepEqual(Object.keys(found.Resources[0] ?? {}), ["schemas", "id", "displayName", "meta"]);
  });

  it("does not see accounts of Corridor's own, and takes none over that was not left to it", async () => {
    await access.addUser({ username: "local", display: "Local", roles: ["nurse"], password: right }, cli);
    assert.equal(bodyOf(await scim("GET", "/Users?filter=userName%20eq%20%22local%22")).totalResults, 0);
    assert.equal(codeOf(await scim("POST", "/Users", { userName: "local" })), "scim:uniqueness");
    await access.changeUser({ username: "local", directoryMayTake: true }, cli);
    assert.equal(expectOk(await scim("POST", "/Users", { userName: "local" })).status, 201);
    assert.deepEqual((await usersOf("local"))[0]?.roles, ["nurse"]);
  });

  it("closes the account of a leaver: sessions end at once, in another process within fifteen seconds", async () => {
    const { linkPath } = expectOk(await access.resetUser("ada.osei@ward.example", cli));
    const set = await request("POST", "/api/access/password", {
      json: { link: linkPath?.split("#")[1], newPassword: right },
    });
    cookie = String(expectOk(set).headers?.["set-cookie"]).split(";")[0] ?? "";
    const other = anotherProcess();
    const isOpen = async (by = access) =>
      (await request("GET", "/api/access/me", { headers: { origin: "http://127.0.0.1:8080", cookie } }, by)).ok;
    assert.deepEqual([await isOpen(), await isOpen(other)], [true, true]);
    const patch = { Operations: [{ op: "Replace", path: "active", value: "False" }] };
    assert.equal(bodyOf(await scim("PATCH", `/Users/${ada}`, patch)).active, false);
    assert.equal(await isOpen(), false);
    clock.advance(15_000);
    assert.equal(await isOpen(other), false);
    assert.equal(codeOf(await signIn("ada.osei@ward.example")), "sign-in-failed");
  });

  it("opens it again as it was", async () => {
    await scim("PATCH", `/Users/${ada}`, { Operations: [{ op: "replace", value: { active: true } }] });
    assert.equal((await signIn("ada.osei@ward.example")).ok, true);
    assert.deepEqual((await usersOf("ada"))[0]?.roles, ["doctor"]);
  });

  it("takes a leaver away for good: unseen, without roles and password, and with their history", async () => {
    assert.equal(expectOk(await scim("DELETE", `/Users/${ada}`)).status, 204);
    assert.equal(codeOf(await scim("GET", `/Users/${ada}`)), "not-found");
    assert.equal(codeOf(await scim("PATCH", `/Users/${ada}`, { Operations: [] })), "not-found");
    const [account] = await usersOf("ada");
    assert.deepEqual([account?.active, account?.roles, account?.passwordHash], [false, [], undefined]);
    assert.equal(bodyOf(await scim("GET", `/Groups/${ward}`)).members, undefined);
  });

  it("brings somebody back to the account they had, under a new name", async () => {
    const back = bodyOf(await scim("POST", "/Users", { ...joiner, userName: "ada.boateng@ward.example" }));
    assert.equal(back.id, ada);
    assert.equal(back.active, true);
    assert.deepEqual((await usersOf("ada"))[0]?.roles, []);
  });

  it("gives a name that was somebody else's to a new person, and not their account", async () => {
    await scim("DELETE", `/Users/${ada}`);
    const other = bodyOf(
      await scim("POST", "/Users", { ...joiner, userName: "ada.boateng@ward.example", externalId: "obj-9" }),
    );
    assert.notEqual(other.id, ada);
  });

  it("changes only the version that it saw, where it says which", async () => {
    const made = expectOk(await scim("POST", "/Users", { userName: "smith" }));
    const { id } = bodyOf({ ok: true, value: made });
    const etag = String(made.headers?.etag);
    assert.equal(expectOk(await scim("GET", `/Users/${id}`, undefined, { "if-none-match": etag })).status, 304);
    const title = (value: string) => ({ Operations: [{ op: "replace", path: "title", value }] });
    assert.equal(expectOk(await scim("PATCH", `/Users/${id}`, title("Nurse"), { "if-match": etag })).status, 200);
    assert.equal(
      codeOf(await scim("PATCH", `/Users/${id}`, title("Sister"), { "if-match": etag })),
      "precondition-failed",
    );
  });

  it("replaces people and groups whole, as Okta does", async () => {
    const { id } = bodyOf(
      await scim("POST", "/Users", { userName: "okta.one", title: "Clerk", roles: [{ value: "nurse-role" }] }),
    );
    assert.deepEqual((await usersOf("okta.one"))[0]?.roles, ["nurse"]);
    const after = bodyOf(await scim("PUT", `/Users/${id}`, { userName: "okta.two", active: true }));
    assert.deepEqual([after.userName, after.title], ["okta.two", undefined]);
    const group = bodyOf(
      await scim("PUT", `/Groups/${ward}`, { displayName: "Corridor admins", members: [{ value: id }] }),
    );
    assert.equal(group.displayName, "Corridor admins");
    assert.deepEqual((await usersOf("okta.two"))[0]?.roles, ["system-administrator"]);
    assert.equal(expectOk(await scim("DELETE", `/Groups/${ward}`)).status, 204);
    assert.deepEqual((await usersOf("okta.two"))[0]?.roles, []);
  });

  it("gets pages", async () => {
    const page = bodyOf(await scim("GET", "/Users?startIndex=2&count=2"));
    assert.deepEqual([page.startIndex, page.itemsPerPage], [2, 2]);
    assert.ok(page.totalResults > 3);
    const asked = bodyOf(
      await scim("POST", "/Users/.search", { filter: "userName pr", count: 1, attributes: ["userName"] }),
    );
    assert.equal(asked.itemsPerPage, 1);
  });

  it("is told what is not done", async () => {
    assert.equal(codeOf(await scim("POST", "/Bulk", {})), "not-supported");
    const config = bodyOf(await request("GET", "/scim/v2/ServiceProviderConfig"));
    assert.deepEqual([config.patch, config.sort], [{ supported: true }, { supported: false }]);
    assert.equal(bodyOf(await request("GET", "/scim/v2/Schemas")).totalResults, 4);
    assert.equal(bodyOf(await request("GET", "/scim/v2/ResourceTypes/User")).endpoint, "/Users");
  });

  it("leaves a trace of all of it", async () => {
    const told = (await acts()).map((act) => `${act.act} ${"entities" in act ? act.entities.join(" ") : ""}`);
    assert.ok(told.includes(`session-end User/${ada}`));
    assert.ok(told.includes(`read User/${ada}`));
    assert.ok(told.includes("search User"));
    assert.ok(told.some((each) => each.startsWith("create DirectoryGroup/")));
  });

  it("has its roles brought in line with a map that was changed", async () => {
    const { id } = bodyOf(await scim("POST", "/Users", { userName: "mapped" }));
    await scim("POST", "/Groups", { displayName: "Porters", members: [{ value: id }] });
    const after = anotherProcess({ roleMap: new Map([["porters", ["administrative-assistant"]]]) });
    assert.ok(expectOk(await after.reconcileRoles(cli)) >= 2);
    assert.deepEqual((await usersOf("mapped"))[0]?.roles, ["administrative-assistant"]);
    assert.equal(expectOk(await after.reconcileRoles(cli)), 0);
  });
});
