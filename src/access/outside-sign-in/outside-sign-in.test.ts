/**
 * Signing in through the hospital's own provider: a real one, on this machine. OpenID Connect Core §3.1, Back-Channel Logout 1.0;
 * RFC 7636.
 */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { readBody } from "#audit";
import { expectOk, type HttpReply, type Result } from "#kernel";
import { aRequest, freshAccess } from "../../../test/access.ts";
import { shownCode } from "../../../test/authenticator-app.ts";
import { signInThere, startHospitalProvider } from "../../../test/hospital-provider.ts";
import { commandLineActor } from "../actor.ts";
import type { OutsideBeginView, SecondStepView, TotpOfferView } from "../api.ts";
import type { RoleName } from "../roles/index.ts";
import { isOverfull, roleValues } from "./claims.ts";
import { readDirectorySettings } from "./directory-settings.ts";
import type { OutsideNeeds } from "./outside-provider.ts";

const cli = commandLineActor("ops");
const corridor = "http://127.0.0.1:8080";
const right = "tea kettle on the sill";
const roleMap = new Map<string, readonly RoleName[]>([
  ["ward doctors", ["doctor"]],
  ["ward nurses", ["nurse"]],
]);

async function freshHospital() {
  const provider = await startHospitalProvider([`${corridor}/sign-in/outside`]);
  const { issuer, clientId, clientSecret: secret, people } = provider;
  const signIn = {
    name: "St Elsewhere",
    issuer,
    clientId,
    addsAccounts: true,
    directoryIdClaim: "oid",
    secondFactor: { amr: ["mfa"] },
  };
  const { signIn: settings } = expectOk(readDirectorySettings(JSON.stringify({ signIn })));
  assert.ok(settings !== undefined);
  const outside: Omit<OutsideNeeds, "clock"> = {
    settings,
    secret,
    fetch: (address, options) => fetch(address, options),
  };
  const parts = await freshAccess({ roleMap, outside });
  const { access, store } = parts;
  const call = async (method: string, path: string, more: Parameters<typeof aRequest>[2] = {}, by = access) => {
    const route = by.routes.find((each) => each.method === method && each.path === path)!;
    const request = aRequest(method, path, more);
    const context = await by.contextFor(request, route);
    return context.ok ? route.handle(request, context.value) : context;
  };
  const begin = async (path = "begin", cookie = "", by = access) => {
    const begun = expectOk(
      await call("POST", `/api/access/outside/${path}`, { headers: { origin: corridor, cookie } }, by),
    );
    const { address } = JSON.parse(String(begun.body)) as OutsideBeginView;
    return { address, ticket: cookiesOf(begun) };
  };
  const finish = (ticket: string, answer: string, by = access) =>
    call("POST", "/api/access/outside/finish", { headers: { origin: corridor, cookie: ticket }, json: { answer } }, by);
  const arrive = async (login: string, { path = "begin", cookie = "" } = {}) => {
    const { address, ticket } = await begin(path, cookie);
    return finish(ticket, (await signInThere(address, login)).search);
  };
  const userOf = async (find: string) => expectOk(await access.listUsers({ find, limit: 1 }, cli)).users[0];
  const me = async (cookie: string) => {
    const reply = await call("GET", "/api/access/me", { headers: { origin: corridor, cookie } });
    return reply.ok;
  };
  const acts = async () => (await store.audit.scan(0, 10_000)).map((entry) => readBody(entry.body));
  return { ...parts, provider, people, outside, call, begin, finish, arrive, userOf, me, acts };
}

const cookiesOf = ({ headers }: HttpReply) =>
  [headers?.["set-cookie"] ?? []]
    .flat()
    .map((each) => each.split(";")[0])
    .join("; ");
const codeOf = (result: Result<unknown>) => (result.ok ? "ok" : result.problems[0].code);

describe("Somebody whom the hospital's own provider knows", async () => {
  const hospital = await freshHospital();
  const { provider, people, access, call, begin, finish, arrive, userOf, me, acts, clock } = hospital;
  after(() => provider.stop());
  people.set("osei", { name: "Dr Ada Osei", preferred_username: "ada.osei", groups: ["Ward Doctors", "Choir"] });

  it("is told what it is called", async () => {
    assert.equal(String(expectOk(await call("GET", "/api/access/outside")).body), '{"name":"St Elsewhere"}');
  });

  it("signs in there, and has an account with the roles that their groups give", async () => {
    const { address, ticket } = await begin();
    const sent = new URL(address).searchParams;
    assert.equal(sent.get("code_challenge_method"), "S256");
    assert.ok(sent.get("state") && sent.get("nonce"));
    assert.match(ticket, /^corridor_outside=[\w-]+$/);
    const back = await signInThere(address, "osei");
    assert.equal(back.origin + back.pathname, `${corridor}/sign-in/outside`);
    const reply = expectOk(await finish(ticket, back.search));
    assert.equal(JSON.parse(String(reply.body)).display, "Dr Ada Osei");
    assert.equal(await me(cookiesOf(reply)), true);
    assert.deepEqual((await userOf("ada"))?.roles, ["doctor"]);
  });

  it("loses a role with its group, in open sessions too, and keeps one that was given here", async () => {
    const before = cookiesOf(expectOk(await arrive("osei")));
    people.set("osei", { ...people.get("osei"), groups: ["Ward Nurses"] });
    await access.changeUser({ username: "ada.osei", roles: ["librarian"] }, cli);
    assert.deepEqual((await userOf("ada"))?.roles, ["librarian", "doctor"]);
    await arrive("osei");
    assert.deepEqual((await userOf("ada"))?.roles, ["librarian", "nurse"]);
    assert.equal(await me(before), true);
  });

  it("is one person, whatever name they have there by now", async () => {
    people.set("osei", { ...people.get("osei"), preferred_username: "ada.boateng", email: "other@example.org" });
    await arrive("osei");
    assert.equal((await userOf("ada"))?.username, "ada.osei");
  });

  it("is not taken for an account that has the same name", async () => {
    await access.addUser({ username: "kelly", display: "Sister Kelly", roles: ["nurse"], password: right }, cli);
    people.set("other", { preferred_username: "kelly", groups: [] });
    assert.equal(codeOf(await arrive("other")), "outside-name-taken");
  });

  it("links the account they have, once they have shown that it is theirs", async () => {
    const signed = expectOk(
      await call("POST", "/api/access/sign-in", { json: { username: "kelly", password: right } }),
    );
    const own = cookiesOf(signed);
    expectOk(await arrive("other", { path: "link", cookie: own }));
    assert.equal((await userOf("kelly"))?.outside?.subject, "other");
    assert.equal(codeOf(await arrive("osei", { path: "link", cookie: own })), "outside-linked");
    expectOk(await arrive("other"));
    const removed = await call("DELETE", "/api/access/outside/link", { headers: { origin: corridor, cookie: own } });
    assert.equal(expectOk(removed).status, 204);
    assert.equal((await userOf("kelly"))?.outside, undefined);
  });

  it("keeps its link while it has no password to sign in by", async () => {
    const own = cookiesOf(expectOk(await arrive("osei")));
    const removed = await call("DELETE", "/api/access/outside/link", { headers: { origin: corridor, cookie: own } });
    assert.equal(codeOf(removed), "outside-only-way");
  });

  it("is asked for the second factor they have here, unless theirs there counts", async () => {
    const reply = expectOk(await arrive("osei"));
    const headers = { origin: corridor, cookie: cookiesOf(reply) };
    const offer = expectOk(await call("POST", "/api/access/account/totp", { headers }));
    const { ticket, secret } = JSON.parse(String(offer.body)) as TotpOfferView;
    const code = shownCode(secret, clock.now());
    expectOk(await call("POST", "/api/access/account/totp/confirm", { headers, json: { ticket, code } }));
    const asked = expectOk(await arrive("osei"));
    assert.equal(asked.status, 202);
    const step = JSON.parse(String(asked.body)) as SecondStepView;
    clock.advance(60_000);
    const answered = await call("POST", "/api/access/sign-in/second", {
      json: { ticket: step.ticket, code: shownCode(secret, clock.now()) },
    });
    assert.equal(expectOk(answered).status, 200);
    people.set("osei", { ...people.get("osei"), amr: ["pwd", "mfa"] });
    assert.equal(expectOk(await arrive("osei")).status, 200);
    const methods = (await acts()).flatMap((act) => (act.act === "sign-in" && "query" in act ? [act.query] : []));
    assert.deepEqual(methods.slice(-2), [
      "hospital sign-in and own second factor",
      "hospital sign-in with second factor",
    ]);
  });

  it("is signed out here when the provider says so", async () => {
    const cookie = cookiesOf(expectOk(await arrive("osei")));
    assert.equal(await me(cookie), true);
    const logout = async (token: string) =>
      call("POST", "/api/access/outside/logout", { body: Buffer.from(`logout_token=${token}`) });
    assert.equal(codeOf(await logout("no.token.atall")), "outside-refused");
    assert.equal(codeOf(await logout(await provider.logoutToken({ sub: "osei", nonce: "n" }))), "outside-refused");
    assert.equal(expectOk(await logout(await provider.logoutToken({ sub: "osei" }))).status, 200);
    assert.equal(await me(cookie), false);
  });

  it("cannot use an answer twice, in another browser, or with another's ticket", async () => {
    const { address, ticket } = await begin();
    const other = await begin();
    const back = await signInThere(address, "osei");
    assert.equal(codeOf(await finish("", back.search)), "outside-late");
    assert.equal(codeOf(await finish(other.ticket, back.search)), "outside-refused");
    assert.equal(codeOf(await finish(ticket, back.search.replace(/code=[^&]+/, "code=wrong"))), "outside-refused");
    expectOk(await finish(ticket, back.search));
    assert.equal(codeOf(await finish(ticket, back.search)), "outside-refused");
    clock.advance(11 * 60_000);
    assert.equal(codeOf(await finish(ticket, back.search)), "outside-late");
  });

  it("is told in a sentence why they are not let in, and the log has it", async () => {
    assert.equal(codeOf(await arrive("stranger")), "outside-cancelled");
    await access.changeUser({ username: "ada.osei", active: false }, cli);
    assert.equal(codeOf(await arrive("osei")), "outside-closed");
    const refused = (await acts()).filter((act) => act.act === "sign-in" && act.outcome === 4);
    assert.deepEqual(
      refused.slice(-2).map((act) => "problem" in act && act.problem),
      ["outside-cancelled", "outside-closed"],
    );
  });

  it("is told when the provider does not answer", async () => {
    const nowhere = { ...hospital.outside, fetch: () => Promise.reject(new TypeError("fetch failed")) };
    const cut = hospital.anotherProcess({ outside: nowhere });
    const headers = { origin: corridor };
    assert.equal(codeOf(await call("POST", "/api/access/outside/begin", { headers }, cut)), "outside-unreachable");
  });

  it("comes to the account that the directory made for them, by the id that both know", async () => {
    const { token } = expectOk(
      await access.issueToken({ name: "d", scope: "corridor/scim.write", lifeMs: 60_000 }, cli),
    );
    const made = await call("POST", "/scim/v2/Users", {
      headers: { authorization: `Bearer ${token}` },
      json: { userName: "adeyemi", externalId: "obj-7", displayName: "Nurse Adeyemi" },
    });
    assert.equal(expectOk(made).status, 201);
    people.set("s7", { preferred_username: "somebody.else", oid: "obj-7", groups: ["Ward Nurses"] });
    expectOk(await arrive("s7"));
    const account = await userOf("adeyemi");
    assert.deepEqual([account?.username, account?.roles], ["adeyemi", ["nurse"]]);
  });
});

describe("The file of the directory's settings", () => {
  const refused = (settings: unknown) => codeOf(readDirectorySettings(JSON.stringify(settings)));
  const signIn = { name: "St Elsewhere", issuer: "https://login.example", clientId: "corridor" };

  it("is refused with what is wrong in it", () => {
    assert.equal(codeOf(readDirectorySettings("{")), "directory-settings");
    assert.equal(refused({ roles: { doctors: ["surgeon"] } }), "directory-settings");
    assert.equal(refused({ signIn: { ...signIn, issuer: "http://login.example" } }), "directory-settings");
    assert.equal(refused({ signIn: { ...signIn, secret: "in the wrong place" } }), "directory-settings");
    assert.equal(refused({ signIn, roles: { doctors: ["doctor"] } }), "ok");
  });
});

describe("Claims", () => {
  const signIn = {
    name: "x",
    issuer: "https://login.example",
    clientId: "c",
    roleClaims: ["realm_access.roles", "groups"],
  };
  const settings = expectOk(readDirectorySettings(JSON.stringify({ signIn }))).signIn!;

  it("carry groups under several names, and within others", () => {
    const claims = { realm_access: { roles: ["a", 7] }, groups: "b" };
    assert.deepEqual(roleValues(claims, settings), ["a", "b"]);
  });

  it("that tell of more groups than they name give none", () => {
    assert.equal(isOverfull({ _claim_names: { groups: "src1" } }, settings), true);
    assert.equal(isOverfull({ _claim_names: { other: "src1" } }, settings), false);
  });
});
