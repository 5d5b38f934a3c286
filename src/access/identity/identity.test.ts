/** Accounts, sign-in, lock, sessions and tokens. DESIGN.md, section 3; NIST SP 800-63B §5.2.2 (limits on guessing). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type OwnBody, readBody } from "#audit";
import { expectOk, type HttpReply, type Problem, type Result } from "#kernel";
import { aRequest, freshAccess } from "../../../test/access.ts";
import { displayName, drLindqvist, sisterKelly } from "../../../test/ward/index.ts";
import { commandLineActor } from "../actor.ts";
import type { Me, RoleMeaningView, UserView } from "../api.ts";
import type { Context } from "../context.ts";

const cli = commandLineActor("ops");
const right = "tea kettle on the sill";
const minuteMs = 60_000;

const problemOf = (result: Result<unknown>): Problem => {
  assert.ok(!result.ok, "it was expected to fail");
  return result.problems[0];
};

async function freshHospital() {
  const parts = await freshAccess();
  const { access, store } = parts;
  /** A request through the door: the context for the route, then its handler. */
  const call = async (method: string, path: string, options: Parameters<typeof aRequest>[2] = {}, by = access) => {
    const route = by.routes.find((each) => each.method === method && each.path === path)!;
    const request = aRequest(method, path, options);
    const context: Result<Context> = await by.contextFor(request, route);
    return context.ok ? route.handle(request, context.value) : context;
  };
  const signIn = (username: string, password: string, by = access) =>
    call("POST", "/api/access/sign-in", { json: { username, password } }, by);
  const cookieOf = (result: Result<HttpReply>) => String(expectOk(result).headers?.["set-cookie"]).split(";")[0]!;
  const withCookie = (cookie: string) => ({ headers: { origin: "http://127.0.0.1:8080", cookie } });
  const me = (cookie: string, by = access) => call("GET", "/api/access/me", withCookie(cookie), by);
  const acts = async () => (await store.audit.scan(0, 1000)).map((entry) => readBody(entry.body) as OwnBody);
  const order = { username: "Lindqvist", display: displayName(drLindqvist), roles: ["doctor"], password: right };
  const { user } = expectOk(await access.addUser(order, cli));
  return { ...parts, call, signIn, cookieOf, withCookie, me, acts, user };
}

const bodyOf = <T>(result: Result<HttpReply>) => JSON.parse(String(expectOk(result).body)) as T;

describe("signing in", async () => {
  const { signIn, cookieOf, me, acts, call, clock, anotherProcess, withCookie } = await freshHospital();

  it("opens a session that says who one is", async () => {
    const reply = await signIn(" LINDQVIST ", right);
    assert.match(
      String(expectOk(reply).headers?.["set-cookie"]),
      /^corridor_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const person = bodyOf<Me>(await me(cookieOf(reply)));
    assert.equal(person.display, "Dr Ingrid Lindqvist");
    assert.deepEqual(
      person.roles.map((role) => role.title),
      ["Doctor"],
    );
    assert.deepEqual(person.permissions, ["patients.find", "chart.open", "explorer.use"]);
    assert.equal(person.home, "/patients");
    assert.deepEqual(
      person.navigation.map((entry) => entry.path),
      ["/", "/patients", "/viewer", "/explorer", "/validation", "/about"],
    );
  });

  it("with a wrong name and with a wrong password fails in the same words", async () => {
    const [stranger, wrong] = [await signIn("nobody", right), await signIn("lindqvist", "wrong")].map(problemOf);
    assert.deepEqual(stranger, wrong);
    assert.deepEqual([wrong?.category, wrong?.code], ["forbidden", "sign-in-failed"]);
    assert.equal(wrong?.message, "The user name or the password is wrong.");
  });

  it("leaves an entry, with no password and no name that is not an account's", async () => {
    await signIn("my secret typed in the wrong box", "x");
    const last = (await acts()).filter((act) => act.act === "sign-in").slice(-1)[0]!;
    assert.deepEqual([last.agent.reference, last.outcome, last.problem], ["Anonymous", 4, "sign-in-failed"]);
    assert.ok(!JSON.stringify(await acts()).includes("wrong box"));
    const known = (await acts()).find((act) => act.act === "sign-in" && act.outcome === 0);
    assert.deepEqual([known?.agent.reference, known?.agent.address], ["User/a-1", "10.0.0.7"]);
  });

  it("from another site's page is refused", async () => {
    const json = { username: "lindqvist", password: right };
    const elsewhere = { json, headers: { origin: "https://elsewhere.example" } };
    assert.equal(problemOf(await call("POST", "/api/access/sign-in", elsewhere)).code, "cross-site");
    assert.equal(problemOf(await call("POST", "/api/access/sign-out", elsewhere)).code, "cross-site", "nor out");
  });

  it("needs a body that is JSON, with a name and a password", async () => {
    const broken = await call("POST", "/api/access/sign-in", { body: Buffer.from("{") });
    assert.equal(problemOf(broken).code, "invalid-json");
    const unsaid = { json: {}, headers: { origin: "http://127.0.0.1:8080", "content-type": "text/plain" } };
    assert.equal(problemOf(await call("POST", "/api/access/sign-in", unsaid)).code, "media-type-not-supported");
    const lacking = problemOf(await call("POST", "/api/access/sign-in", { json: { username: "x" } }));
    assert.deepEqual([lacking.category, lacking.where], ["incorrect", "password"]);
  });

  it("over https gives a cookie that never leaves it", async () => {
    const origin = "https://corridor.example";
    const json = { username: "lindqvist", password: right };
    const reply = await call("POST", "/api/access/sign-in", { json, origin, headers: { origin } });
    assert.match(String(expectOk(reply).headers?.["set-cookie"]), /^__Host-.*; Secure$/);
  });

  it("ends with signing out, here at once and elsewhere within seconds", async () => {
    const cookie = cookieOf(await signIn("lindqvist", right));
    const elsewhere = anotherProcess();
    expectOk(await me(cookie));
    expectOk(await me(cookie, elsewhere));
    const reply = expectOk(await call("POST", "/api/access/sign-out", withCookie(cookie)));
    assert.equal(reply.status, 204);
    assert.match(String(reply.headers?.["set-cookie"]), /^corridor_session=;.*Max-Age=0$/);
    assert.equal(problemOf(await me(cookie)).code, "not-signed-in");
    clock.advance(15_000);
    assert.equal(problemOf(await me(cookie, elsewhere)).code, "not-signed-in");
    expectOk(await call("POST", "/api/access/sign-out", withCookie(cookie)));
    assert.equal((await acts()).filter((act) => act.act === "sign-out").length, 1);
  });

  it("ends by itself after half an hour without use, and after twelve in any case", async () => {
    const idle = cookieOf(await signIn("lindqvist", right));
    const busy = cookieOf(await signIn("lindqvist", right));
    for (let minutes = 0; minutes < 12 * 60; minutes += 15) {
      expectOk(await me(busy));
      if (minutes < 30) expectOk(await me(idle));
      if (minutes === 60) assert.equal(problemOf(await me(idle)).code, "not-signed-in");
      clock.advance(15 * minuteMs);
    }
    assert.equal(problemOf(await me(busy)).code, "not-signed-in");
  });
});

describe("guessing", async () => {
  const { signIn, clock, acts, access, user, me, cookieOf } = await freshHospital();
  const codes = async (times: number, username: string, password: string) => {
    const found: string[] = [];
    for (let time = 0; time < times; time += 1) found.push(problemOf(await signIn(username, password)).code);
    return found;
  };

  it("five times locks the account for a quarter of an hour, for the right password too", async () => {
    assert.deepEqual(await codes(7, "lindqvist", "wrong"), [
      ...Array.from({ length: 5 }, () => "sign-in-failed"),
      "account-locked",
      "account-locked",
    ]);
    const problem = problemOf(await signIn("lindqvist", right));
    assert.deepEqual([problem.category, problem.code], ["forbidden", "account-locked"]);
    assert.match(problem.message, /Try again in 15 minutes/);
    clock.advance(14.5 * minuteMs);
    assert.match(problemOf(await signIn("lindqvist", right)).message, /Try again in a minute/);
    clock.advance(0.5 * minuteMs);
    expectOk(await signIn("lindqvist", right));
    const outcomes = (await acts()).filter((act) => act.act === "sign-in").map((act) => act.problem ?? "in");
    assert.deepEqual(outcomes, [...Array(5).fill("sign-in-failed"), ...Array(4).fill("account-locked"), "in"]);
  });

  it("starts anew after a right password", async () => {
    assert.deepEqual(new Set(await codes(4, "lindqvist", "wrong")), new Set(["sign-in-failed"]));
    expectOk(await signIn("lindqvist", right));
    assert.deepEqual(new Set(await codes(4, "lindqvist", "wrong")), new Set(["sign-in-failed"]));
    expectOk(await signIn("lindqvist", right));
  });

  it("of a name that nobody has is answered just the same", async () => {
    assert.deepEqual(await codes(7, "stranger", "wrong"), [
      ...Array(5).fill("sign-in-failed"),
      "account-locked",
      "account-locked",
    ]);
    clock.advance(15 * minuteMs);
    assert.deepEqual(await codes(1, "stranger", "wrong"), ["sign-in-failed"]);
  });

  it("all at once counts one by one", async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, () => signIn("lindqvist", "wrong")));
    const failed = tries.map((each) => problemOf(each).code);
    assert.equal(failed.filter((code) => code === "sign-in-failed").length, 5);
    assert.equal(failed.filter((code) => code === "account-locked").length, 15);
  });

  it("is over when an administrator makes a new link, and the link opens the account", async () => {
    const { linkPath } = expectOk(await access.resetUser("LINDQVIST", cli));
    expectOk(await signIn("lindqvist", right));
    assert.match(linkPath!, new RegExp(`^/set-password#${user.id}\\.[\\w-]{43}$`));
    expectOk(await me(cookieOf(await signIn("lindqvist", right))));
    assert.equal(problemOf(await access.resetUser("stranger", cli)).category, "not-found");
  });
});

describe("setting a password", async () => {
  const { access, call, signIn, cookieOf, me, clock, acts, withCookie } = await freshHospital();
  const invite = async (username: string) => {
    const order = { username, display: displayName(sisterKelly), roles: ["nurse"] };
    const { linkPath } = expectOk(await access.addUser(order, cli));
    return linkPath!.slice(linkPath!.indexOf("#") + 1);
  };
  const byLink = (link: string, newPassword: string) =>
    call("POST", "/api/access/password", { json: { link, newPassword } });

  it("by a one-time link signs its owner in, once", async () => {
    const link = await invite("kelly");
    assert.equal(problemOf(await signIn("kelly", "")).code, "body-incorrect");
    assert.equal(problemOf(await signIn("kelly", right)).code, "sign-in-failed");
    const reply = await byLink(link, "lamp beside the window");
    assert.equal(bodyOf<Me>(reply).display, "Sister Moira Kelly");
    expectOk(await me(cookieOf(reply)));
    expectOk(await signIn("kelly", "lamp beside the window"));
    assert.equal(problemOf(await byLink(link, "another good one")).code, "link-invalid");
    const names = (await acts()).map((act) => act.act);
    assert.ok(names.includes("link-issue") && names.includes("password-change"));
  });

  it("by a link that was tampered with, guessed or is too old is refused", async () => {
    const link = await invite("late");
    const [id, secret] = link.split(".");
    for (const bad of [`${id}.${"A".repeat(43)}`, `a-999.${secret}`, "nonsense", `.${secret}`]) {
      assert.equal(problemOf(await byLink(bad, right)).code, "link-invalid", bad);
    }
    clock.advance(3 * 24 * 60 * minuteMs);
    assert.equal(problemOf(await byLink(link, right)).code, "link-invalid");
  });

  it("that is weak leaves the link good for another try", async () => {
    const link = await invite("weak");
    const weak = problemOf(await byLink(link, "passwordpassword"));
    assert.deepEqual([weak.code, weak.where], ["password-common", "newPassword"]);
    expectOk(await byLink(link, "a much better one"));
  });

  it("for who knows the old one ends every other session of theirs", async () => {
    const [here, there] = [cookieOf(await signIn("lindqvist", right)), cookieOf(await signIn("lindqvist", right))];
    clock.advance(1000);
    const change = (oldPassword: string, newPassword: string) =>
      call("POST", "/api/access/password", { json: { oldPassword, newPassword }, ...withCookie(here) });
    assert.equal(problemOf(await change("wrong", "a garden in the rain")).code, "sign-in-failed");
    const reply = await change(right, "a garden in the rain");
    expectOk(await me(cookieOf(reply)));
    for (const old of [here, there]) assert.equal(problemOf(await me(old)).code, "not-signed-in");
    assert.equal(problemOf(await signIn("lindqvist", right)).code, "sign-in-failed");
    expectOk(await signIn("lindqvist", "a garden in the rain"));
  });

  it("by the old one needs a session", async () => {
    const json = { oldPassword: right, newPassword: "a garden in the rain" };
    assert.equal(problemOf(await call("POST", "/api/access/password", { json })).code, "not-signed-in");
  });
});

describe("keeping accounts", async () => {
  const { access, call, signIn, cookieOf, me, acts, withCookie, record, clock } = await freshHospital();
  const order = { username: "boss", display: "Ms Joan Fell", roles: ["system-administrator"], password: right };
  const boss = expectOk(await access.addUser(order, cli)).user;
  const cookie = cookieOf(await signIn("boss", right));
  const users = (method: string, options: object = {}, id?: string) =>
    call(method, `/api/access/users${id === undefined ? "" : "/:id"}`, {
      ...withCookie(cookie),
      ...(id === undefined ? {} : { params: { id } }),
      ...options,
    });

  it("is for system administrators, and that another tried is in the log", async () => {
    const doctors = cookieOf(await signIn("lindqvist", right));
    const refused = problemOf(await call("GET", "/api/access/users", withCookie(doctors)));
    assert.deepEqual([refused.category, refused.code], ["forbidden", "permission-missing"]);
    const last = (await acts()).at(-1);
    assert.deepEqual([last?.act, last?.outcome, last?.query], ["call", 4, "GET /api/access/users"]);
    assert.equal(problemOf(await call("GET", "/api/access/users")).code, "not-signed-in");
  });

  it("adds one with a link instead of a password, in its owner's name only", async () => {
    const json = { username: "Sato", display: "Ms Hana Sato", roles: ["pathology-links-manager"] };
    const added = bodyOf<{ user: UserView; link: string }>(await users("POST", { json }));
    assert.match(added.link, /^http:\/\/127\.0\.0\.1:8080\/set-password#/);
    assert.deepEqual(
      [added.user.username, added.user.hasPassword, added.user.roles[0]?.title],
      ["sato", false, "Pathology Links Manager"],
    );
    const again = problemOf(await users("POST", { json: { ...json, username: "SATO" } }));
    assert.deepEqual([again.category, again.code, again.where], ["conflict", "username-taken", "username"]);
  });

  it("refuses names and roles that cannot be", async () => {
    const bad = await users("POST", { json: { username: "a b", display: "X", roles: ["wizard"] } });
    assert.ok(!bad.ok);
    assert.deepEqual(
      bad.problems.map((problem) => problem.code),
      ["username-invalid", "role-unknown"],
    );
  });

  it("finds people by name and by user name, and never shows a hash", async () => {
    const names = async (find: string) => {
      const query = new URLSearchParams({ find });
      const page = await users("GET", { query });
      assert.ok(!String(expectOk(page).body).includes("argon2"));
      return bodyOf<{ users: UserView[] }>(page).users.map((user) => user.username);
    };
    assert.deepEqual(await names("ingrid"), ["lindqvist"]);
    assert.deepEqual(await names("dr ing"), ["lindqvist"]);
    assert.deepEqual(await names("LIND"), ["lindqvist"]);
    assert.deepEqual((await names("")).toSorted(), ["boss", "lindqvist", "sato"]);
    const page = bodyOf<{ users: UserView[]; next: string }>(
      await users("GET", { query: new URLSearchParams({ count: "2" }) }),
    );
    assert.equal(page.users.length, 2);
    const rest = new URLSearchParams({ count: "2", cursor: page.next });
    assert.equal(bodyOf<{ users: UserView[] }>(await users("GET", { query: rest })).users.length, 1);
    assert.equal(
      problemOf(await users("GET", { query: new URLSearchParams({ cursor: "x" }) })).code,
      "cursor-incorrect",
    );
  });

  it("finds people by role, by whether they are closed, and by where they come from, with their last sign-in", async () => {
    const of = async (query: Record<string, string>) =>
      bodyOf<{ users: UserView[] }>(await users("GET", { query: new URLSearchParams(query) })).users;
    const names = async (query: Record<string, string>) => (await of(query)).map(({ username }) => username).toSorted();
    assert.deepEqual(await names({ role: "doctor" }), ["lindqvist"]);
    assert.deepEqual(await names({ role: "doctor", find: "sato" }), []);
    assert.deepEqual(await names({ state: "closed" }), []);
    assert.deepEqual(await names({ state: "active", source: "hand" }), ["boss", "lindqvist", "sato"]);
    assert.deepEqual(await names({ source: "directory" }), []);
    const [sato] = await of({ find: "sato" });
    assert.deepEqual(
      [sato?.lastSignIn, sato?.sources, sato?.givenRoles],
      [undefined, ["hand"], ["pathology-links-manager"]],
    );
    const [first] = await of({ find: "boss" });
    clock.advance(minuteMs);
    expectOk(await signIn("boss", right));
    const [again] = await of({ find: "boss" });
    assert.equal(Date.parse(again?.lastSignIn ?? "") - Date.parse(first?.lastSignIn ?? ""), minuteMs);
  });

  it("leaves an account to the directory, or no longer, and says where somebody works", async () => {
    const change = async (json: object) => bodyOf<{ user: UserView }>(await users("PATCH", { json }, "a-1")).user;
    assert.equal((await change({ directoryMayTake: true })).directoryMayTake, true);
    assert.equal((await change({ display: "Dr Ingrid Lindqvist" })).directoryMayTake, true);
    assert.equal((await change({ directoryMayTake: false })).directoryMayTake, undefined);
    const caring = { practitioner: "Practitioner/c4471", wards: ["Location/w7"], teams: ["CareTeam/t1"] };
    assert.deepEqual((await change({ caring })).caring, caring);
    assert.deepEqual((await change({ caring: {} })).caring, {});
  });

  it("can tell what a role may do, in words", async () => {
    const meaning = async (name: string) =>
      call("GET", "/api/access/roles/:name", { ...withCookie(cookie), params: { name } });
    const nurse = bodyOf<RoleMeaningView>(await meaning("nurse"));
    assert.ok(nurse.may.includes("Open a patient's chart"));
    assert.equal(nurse.whose?.patients, "related");
    const reading = nurse.documents.find(({ families }) => families.includes("Who the patient is"));
    assert.match(reading?.actions ?? "", /^read, find/);
    assert.deepEqual(bodyOf<RoleMeaningView>(await meaning("librarian")).may, []);
    assert.equal(problemOf(await meaning("wizard")).code, "not-found");
  });

  it("takes effect at once on who is signed in", async () => {
    const doctors = cookieOf(await signIn("lindqvist", right));
    expectOk(await me(doctors));
    expectOk(await users("PATCH", { json: { roles: ["librarian"] } }, "a-1"));
    assert.deepEqual(bodyOf<Me>(await me(doctors)).permissions, []);
    clock.advance(1000);
    expectOk(await users("PATCH", { json: { active: false } }, "a-1"));
    assert.equal(problemOf(await me(doctors)).code, "not-signed-in");
    assert.equal(problemOf(await signIn("lindqvist", right)).code, "sign-in-failed");
    expectOk(await users("PATCH", { json: { active: true, roles: ["doctor"] } }, "a-1"));
    assert.equal(problemOf(await me(doctors)).code, "not-signed-in", "a closed session stays closed");
    expectOk(await signIn("lindqvist", right));
  });

  it("cannot lock out whoever does it", async () => {
    for (const json of [{ active: false }, { roles: ["doctor"] }]) {
      assert.equal(problemOf(await users("PATCH", { json }, boss.id)).code, "own-administration");
    }
    expectOk(await users("PATCH", { json: { roles: ["doctor", "system-administrator"] } }, boss.id));
  });

  it("is audited in the administrator's name, and every version stays", async () => {
    const mine = (await acts()).filter((act) => act.agent.reference === `User/${boss.id}` && act.act === "update");
    assert.ok(mine.some((act) => act.entities[0]?.startsWith("User/a-1/_history/")));
    const history = expectOk(await record.history({ kind: "User", id: "a-1", limit: 20 }));
    assert.ok(history.versions.length >= 4);
    assert.equal(problemOf(await users("PATCH", { json: { unlock: true } }, "a-999")).category, "not-found");
  });
});

describe("the first start", async () => {
  const { access } = await freshAccess();

  it("makes one administrator, and a new link each time until somebody has used one", async () => {
    const first = expectOk(await access.firstAdministrator(cli));
    const second = expectOk(await access.firstAdministrator(cli));
    assert.equal(first?.user.username, "admin");
    assert.equal(second?.user.id, first?.user.id);
    assert.notEqual(second?.linkPath, first?.linkPath);
    const route = access.routes.find((each) => each.path === "/api/access/password")!;
    const json = { link: second!.linkPath!.split("#")[1], newPassword: right };
    const request = aRequest("POST", route.path, { json });
    expectOk(await route.handle(request, expectOk(await access.contextFor(request, route))));
    assert.equal(expectOk(await access.firstAdministrator(cli)), undefined);
  });
});

describe("a token for a script", async () => {
  const { access, clock, store, anotherProcess } = await freshAccess();
  const acts = async () => (await store.audit.scan(0, 100)).map((entry) => readBody(entry.body) as OwnBody);
  const asked = (token: string, by = access) =>
    by.authenticate(aRequest("POST", "/fhir/Patient", { headers: { authorization: `Bearer ${token}` } }));
  const order = { name: "nightly load", scope: "system/Patient.cr", lifeMs: 60 * minuteMs };

  it("acts within its scope, until its time is over, without a word about other sites", async () => {
    const { token, expires, id } = expectOk(await access.issueToken(order, cli));
    assert.match(token, /^cor_[\w-]{43}$/);
    assert.equal(expires, "2026-03-02T10:00:00.000Z");
    const actor = expectOk(await asked(token));
    assert.deepEqual([actor?.reference, actor?.display, actor?.via], [`ApiToken/${id}`, "Token nightly load", "token"]);
    assert.deepEqual([...(actor?.permissions ?? [])].toSorted(), ["Patient.create", "Patient.read"]);
    const issued = (await acts()).find((act) => act.act === "token-issue");
    assert.deepEqual([issued?.agent.reference, issued?.entities], ["CommandLine/ops", [`ApiToken/${id}`]]);
    clock.advance(60 * minuteMs);
    assert.equal(problemOf(await asked(token)).code, "not-signed-in");
    assert.equal(problemOf(await asked(token, anotherProcess())).code, "not-signed-in");
  });

  it("that is not ours is refused, but does not close what is open to all", async () => {
    assert.equal(problemOf(await asked("cor_guess")).code, "not-signed-in");
    const request = aRequest("GET", "/healthz", { headers: { authorization: "Bearer cor_guess" } });
    const context = expectOk(await access.contextFor(request, { method: "GET", path: "/healthz", policy: "public" }));
    assert.equal(context.actor.reference, "Anonymous");
  });

  it("is not issued for a scope that is not understood, for no time or for too long", async () => {
    assert.equal(
      problemOf(await access.issueToken({ ...order, scope: "system/Patient.x" }, cli)).code,
      "scope-invalid",
    );
    for (const lifeMs of [0, -1, Number.NaN, 367 * 24 * 60 * minuteMs]) {
      assert.equal(problemOf(await access.issueToken({ ...order, lifeMs }, cli)).code, "token-life");
    }
  });
});
