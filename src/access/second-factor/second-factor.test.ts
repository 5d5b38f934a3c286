/** Signing in with a second factor, over a real record. Source: OWASP ASVS 4.0.3 V2.2, V2.5, V2.6, V2.8, V3.3; RFC 6238 §5.2. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { type OwnBody, readBody } from "#audit";
import { expectOk, type HttpReply, instant, type Problem, type Result, toIso } from "#kernel";
import { aRequest, freshAccess } from "../../../test/access.ts";
import { softwarePasskey } from "../../../test/software-passkey.ts";
import { displayName, drLindqvist } from "../../../test/ward/index.ts";
import { commandLineActor } from "../actor.ts";
import type {
  AccountView,
  Me,
  NoticeView,
  PasskeyOfferView,
  PersonSignInView,
  SecondStepView,
  SessionView,
  SetUpView,
  TotpOfferView,
} from "../api.ts";
import { newSecret, secretHash } from "../identity/secret.ts";
import { fromBase32 } from "./base32.ts";
import { totpCode, totpStep } from "./totp.ts";

const cli = commandLineActor("ops");
const right = "tea kettle on the sill";
const minuteMs = 60_000;
const userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";

const problemOf = (result: Result<unknown>): Problem => {
  assert.ok(!result.ok, "it was expected to fail");
  return result.problems[0];
};
const bodyOf = <T>(result: Result<HttpReply>) => JSON.parse(String(expectOk(result).body)) as T;
const cookieOf = (result: Result<HttpReply>) => String(expectOk(result).headers?.["set-cookie"]).split(";")[0] ?? "";

const { access, anotherProcess, clock, record, store } = await freshAccess();
const strict = anotherProcess({ secondFactorRoles: ["doctor"] });

/** A request through the door, by the route that its path is of. */
async function call(method: string, path: string, given: { json?: unknown; cookie?: string; by?: typeof access } = {}) {
  const { json, cookie = "", by = access } = given;
  const wanted = path.split("/");
  const fits = (pattern: string) => {
    const parts = pattern.split("/");
    return parts.length === wanted.length && parts.every((part, at) => part.startsWith(":") || part === wanted[at]);
  };
  const found = by.routes.filter((each) => each.method === method && fits(`${each.path}`));
  const route = found.find((each) => !each.path.includes(":")) ?? found[0];
  assert.ok(route, `${method} ${path} is no route`);
  const params = Object.fromEntries(
    route.path.split("/").flatMap((part, at) => (part.startsWith(":") ? [[part.slice(1), wanted[at] ?? ""]] : [])),
  );
  const headers = { origin: "http://127.0.0.1:8080", cookie, "user-agent": userAgent };
  const request = aRequest(method, path, { params, headers, ...(json === undefined ? {} : { json }) });
  const context = await by.contextFor(request, route);
  return context.ok ? route.handle(request, context.value) : context;
}

const api = "/api/access";
let people = 0;

/** Somebody new who is signed in by password, so that no test stands in another's way. */
async function somebody(roles: readonly string[] = ["doctor"], by = access) {
  people += 1;
  const username = `person${people}`;
  const order = { username, display: displayName(drLindqvist), roles, password: right };
  const { user } = expectOk(await access.addUser(order, cli));
  const signIn = () => call("POST", `${api}/sign-in`, { json: { username, password: right }, by });
  return { user, username, signIn, cookie: cookieOf(await signIn()) };
}

/** The code that an app shows now, or some steps from now. */
function shown(secret: string, steps = 0): string {
  return totpCode(fromBase32(secret) ?? new Uint8Array(), totpStep(clock.now()) + steps);
}

/** The same with an authenticator app set up, and time gone by so that its code is fresh. */
async function withApp(roles?: readonly string[]) {
  const person = await somebody(roles);
  const offer = bodyOf<TotpOfferView>(await call("POST", `${api}/account/totp`, { cookie: person.cookie }));
  const { secret, ticket } = offer;
  const set = await call("POST", `${api}/account/totp/confirm`, {
    cookie: person.cookie,
    json: { ticket, code: shown(secret) },
  });
  const { recoveryCodes = [] } = bodyOf<SetUpView>(set);
  clock.advance(minuteMs);
  const step = async () => bodyOf<SecondStepView>(await person.signIn()).ticket;
  const answer = (json: unknown) => call("POST", `${api}/sign-in/second`, { json });
  return { ...person, cookie: cookieOf(set), old: person.cookie, secret, recoveryCodes, step, answer };
}

/** The token of an application that the person let in, in that session, to read for as long as they are away. */
async function letIn(userId: string, sessionId: string): Promise<string> {
  const [begun, expires] = [toIso(clock.now()), toIso(instant(clock.now() + 60 * minuteMs))];
  const token = newSecret();
  const scope = "user/Observation.rs";
  const application = {
    ...{ name: "Chart", owner: "x", contact: "x", purpose: "", type: "public", redirectUris: ["https://a.example/"] },
    ...{ scopes: scope, state: "approved", requested: begun, requestedBy: "x", tokensFrom: begun },
  };
  const given = {
    ...{ userId, sessionId, applicationId: "chart", scopes: scope, identityScopes: "offline_access" },
    ...{ resource: "http://127.0.0.1:8080/fhir", offline: true, begun, expires },
  };
  const iat = Math.ceil(clock.now() / 1_000);
  const issued = {
    model: "AccessToken",
    payload: { iat, scope },
    applicationId: "chart",
    givenAccessId: "given",
    expires,
  };
  const operations = [
    { kind: "Application", id: "chart", body: application },
    { kind: "GivenAccess", id: "given", body: given },
    { kind: "IssuedItem", id: secretHash(token), body: issued },
  ].map((document) => ({ action: "create", ...document }) as const);
  expectOk(await record.transact({ operations }));
  return token;
}

const acts = async () => (await store.audit.scan(0, 5_000)).map((entry) => readBody(entry.body) as OwnBody);

describe("Setting up an authenticator app", () => {
  it("gives recovery codes once, and a new session in the place of the one by password", async () => {
    const { recoveryCodes, cookie, old } = await withApp();
    assert.equal(recoveryCodes.length, 10);
    const account = bodyOf<AccountView>(await call("GET", `${api}/account`, { cookie }));
    assert.match(account.totpSince ?? "", /^2026/);
    assert.equal(account.recoveryCodesLeft, 10);
    assert.equal(problemOf(await call("GET", `${api}/me`, { cookie: old })).code, "not-signed-in");
  });

  it("needs a code of it, and writes nothing before", async () => {
    const { cookie } = await somebody();
    const { ticket, secret } = bodyOf<TotpOfferView>(await call("POST", `${api}/account/totp`, { cookie }));
    const wrong = await call("POST", `${api}/account/totp/confirm`, {
      cookie,
      json: { ticket, code: shown(secret, 9) },
    });
    assert.deepEqual([problemOf(wrong).code, problemOf(wrong).where], ["code-wrong", "code"]);
    assert.equal(bodyOf<AccountView>(await call("GET", `${api}/account`, { cookie })).totpSince, undefined);
  });

  it("is not done with another person's ticket, nor with one that is too old", async () => {
    const [one, other] = [await somebody(), await somebody()];
    const { ticket, secret } = bodyOf<TotpOfferView>(await call("POST", `${api}/account/totp`, one));
    const confirm = (cookie: string) =>
      call("POST", `${api}/account/totp/confirm`, { cookie, json: { ticket, code: shown(secret) } });
    assert.equal(problemOf(await confirm(other.cookie)).code, "set-up-late");
    clock.advance(9 * minuteMs);
    expectOk(await call("POST", `${api}/account/proof`, { cookie: one.cookie, json: { password: right } }));
    clock.advance(6 * minuteMs);
    assert.equal(problemOf(await confirm(one.cookie)).code, "set-up-late");
  });

  it("asks for the password again after ten minutes", async () => {
    const { cookie } = await somebody();
    clock.advance(10 * minuteMs);
    assert.equal(problemOf(await call("POST", `${api}/account/totp`, { cookie })).code, "proof-needed");
    const prove = (password: string) => call("POST", `${api}/account/proof`, { cookie, json: { password } });
    assert.equal(problemOf(await prove("wrong")).code, "sign-in-failed");
    assert.equal(problemOf(await call("POST", `${api}/account/totp`, { cookie })).code, "proof-needed");
    assert.equal(expectOk(await prove(right)).status, 204);
    expectOk(await call("POST", `${api}/account/totp`, { cookie }));
  });

  it("is for people, not for tokens", async () => {
    const token = expectOk(
      await access.issueToken({ name: "script", scope: "system/*.rs", lifeMs: 60_000 }, cli),
    ).token;
    const route = access.routes.find(({ path }) => path === `${api}/account/totp`)!;
    const request = aRequest("POST", route.path, { headers: { authorization: `Bearer ${token}` } });
    const context = expectOk(await access.contextFor(request, route));
    assert.equal(problemOf(await route.handle(request, context)).code, "not-signed-in");
  });

  it("keeps the secret where a reader of the database does not find it", async () => {
    const { secret, recoveryCodes, user } = await withApp();
    const [factors] = await store.documents.readMany([{ kind: "SecondFactors", id: user.id }]);
    const kept = JSON.stringify(factors) + JSON.stringify(await acts());
    for (const hidden of [secret, ...recoveryCodes]) assert.ok(!kept.includes(hidden));
  });
});

describe("Signing in with an authenticator app", () => {
  it("asks for a code after the password, and opens nothing before", async () => {
    const { signIn, answer, secret } = await withApp();
    const asked = await signIn();
    assert.equal(expectOk(asked).status, 202);
    assert.equal(expectOk(asked).headers?.["set-cookie"], undefined);
    const step = bodyOf<SecondStepView>(asked);
    assert.deepEqual([step.next, step.methods], ["second-factor", ["code", "recovery-code"]]);
    const reply = await answer({ ticket: step.ticket, code: shown(secret) });
    assert.equal(bodyOf<Me>(reply).display, "Dr Ingrid Lindqvist");
    const sessions = bodyOf<SessionView[]>(await call("GET", `${api}/account/sessions`, { cookie: cookieOf(reply) }));
    const own = sessions.find(({ isThis }) => isThis);
    assert.deepEqual([own?.method, own?.address, own?.browser], ["password and code", "10.0.0.7", "Chrome on Linux"]);
  });

  it("takes each code once, also from two browsers at the same time", async () => {
    const { step, answer, secret } = await withApp();
    const [one, other] = [await step(), await step()];
    const code = shown(secret);
    const both = await Promise.all([answer({ ticket: one, code }), answer({ ticket: other, code })]);
    assert.deepEqual(both.map(({ ok }) => ok).sort(), [false, true]);
    assert.equal(problemOf(await answer({ ticket: await step(), code })).code, "second-factor-failed");
  });

  it("takes no code from before the last one that it took", async () => {
    const { step, answer, secret } = await withApp();
    expectOk(await answer({ ticket: await step(), code: shown(secret) }));
    const earlier = await answer({ ticket: await step(), code: shown(secret, -1) });
    assert.equal(problemOf(earlier).code, "second-factor-failed");
    expectOk(await answer({ ticket: await step(), code: shown(secret, 1) }));
  });

  it("does not take the code that set it up", async () => {
    const { cookie, signIn } = await somebody();
    const { ticket, secret } = bodyOf<TotpOfferView>(await call("POST", `${api}/account/totp`, { cookie }));
    const code = shown(secret);
    expectOk(await call("POST", `${api}/account/totp/confirm`, { cookie, json: { ticket, code } }));
    const second = bodyOf<SecondStepView>(await signIn()).ticket;
    const reply = await call("POST", `${api}/sign-in/second`, { json: { ticket: second, code } });
    assert.equal(problemOf(reply).code, "second-factor-failed");
  });

  it("is locked for a quarter of an hour by five wrong codes, which new sign-ins do not clear", async () => {
    const { step, answer, secret, signIn } = await withApp();
    for (let time = 0; time < 5; time += 1) {
      const reply = await answer({ ticket: await step(), code: "000000" });
      assert.equal(problemOf(reply).code, "second-factor-failed");
    }
    assert.equal(problemOf(await answer({ ticket: await step(), code: shown(secret) })).code, "second-factor-locked");
    assert.equal(expectOk(await signIn()).status, 202);
    clock.advance(15 * minuteMs);
    expectOk(await answer({ ticket: await step(), code: shown(secret) }));
  });

  it("takes too long after five minutes, and is over when the password changes", async () => {
    const { step, answer, secret, username } = await withApp();
    const ticket = await step();
    clock.advance(5 * minuteMs);
    assert.equal(problemOf(await answer({ ticket, code: shown(secret) })).code, "second-factor-late");
    const before = await step();
    clock.advance(1);
    expectOk(await access.changeUser({ username, active: false }, cli));
    expectOk(await access.changeUser({ username, active: true }, cli));
    assert.equal(problemOf(await answer({ ticket: before, code: shown(secret) })).code, "second-factor-late");
    assert.equal(problemOf(await answer({ ticket: "made up", code: "1" })).code, "second-factor-late");
  });

  it("is not got round by a one-time link", async () => {
    const { username, answer, secret, cookie } = await withApp();
    const { linkPath = "" } = expectOk(await access.resetUser(username, cli));
    const json = { link: linkPath.split("#")[1], newPassword: "another kettle on the hob" };
    const reply = await call("POST", `${api}/password`, { json });
    assert.equal(expectOk(reply).status, 202);
    assert.equal(problemOf(await call("GET", `${api}/me`, { cookie })).code, "not-signed-in");
    expectOk(await answer({ ticket: bodyOf<SecondStepView>(reply).ticket, code: shown(secret) }));
  });

  it("says so when the key outside the database is another one", async () => {
    const { step, secret, recoveryCodes } = await withApp();
    const moved = anotherProcess({ sealKey: new Uint8Array(32).fill(9) });
    const again = { json: { username: `person${people}`, password: right }, by: moved };
    const { ticket } = bodyOf<SecondStepView>(await call("POST", `${api}/sign-in`, again));
    const answer = (json: unknown) => call("POST", `${api}/sign-in/second`, { json, by: moved });
    assert.equal(problemOf(await answer({ ticket, code: shown(secret) })).code, "identity-key-changed");
    expectOk(await answer({ ticket, recoveryCode: recoveryCodes[0] }));
    assert.equal(problemOf(await answer({ ticket: await step(), code: "1" })).code, "second-factor-late");
  });

  it("takes a recovery code once, and new ones take the place of the old", async () => {
    const { step, answer, recoveryCodes, cookie } = await withApp();
    const [first, second] = recoveryCodes;
    expectOk(await answer({ ticket: await step(), recoveryCode: first }));
    assert.equal(problemOf(await answer({ ticket: await step(), recoveryCode: first })).code, "second-factor-failed");
    const renewed = bodyOf<SetUpView>(await call("POST", `${api}/account/recovery-codes`, { cookie })).recoveryCodes;
    assert.equal(problemOf(await answer({ ticket: await step(), recoveryCode: second })).code, "second-factor-failed");
    expectOk(await answer({ ticket: await step(), recoveryCode: renewed?.[0] }));
  });

  it("is as before once the app is removed", async () => {
    const { cookie, signIn } = await withApp();
    expectOk(await call("DELETE", `${api}/account/totp`, { cookie }));
    assert.equal(expectOk(await signIn()).status, 200);
    const account = bodyOf<AccountView>(await call("GET", `${api}/account`, { cookie }));
    assert.deepEqual([account.totpSince, account.recoveryCodesLeft], [undefined, 0]);
  });
});

type Offered = PasskeyOfferView & { readonly options: { readonly challenge: string } };

describe("Signing in with a passkey alone", () => {
  const origin = "http://127.0.0.1:8080";
  const keep = async (cookie: string, passkey: ReturnType<typeof softwarePasskey>) => {
    const { ticket, options } = bodyOf<Offered>(await call("POST", `${api}/account/passkeys/offer`, { cookie }));
    const made = passkey.made({ challenge: options.challenge, origin });
    return call("POST", `${api}/account/passkeys`, { cookie, json: { ticket, name: "Key", passkey: made } });
  };
  const open = async (passkey: ReturnType<typeof softwarePasskey>, handle: string) => {
    const { ticket, options } = bodyOf<Offered>(await call("POST", `${api}/sign-in/passkey/offer`));
    const signed = passkey.signed({ challenge: options.challenge, origin }, handle);
    const again = () => call("POST", `${api}/sign-in/passkey`, { json: { ticket, passkey: signed } });
    return { reply: await again(), again };
  };

  it("opens the account of its owner, once for each signature", async () => {
    const { cookie, user } = await somebody();
    const passkey = softwarePasskey();
    expectOk(await keep(cookie, passkey));
    const { reply, again } = await open(passkey, user.id);
    assert.equal(bodyOf<Me>(reply).display, "Dr Ingrid Lindqvist");
    assert.equal(problemOf(await again()).code, "passkey-failed");
  });

  it("is refused where the passkey names another owner than the account", async () => {
    const { cookie } = await somebody();
    const passkey = softwarePasskey();
    expectOk(await keep(cookie, passkey));
    assert.equal(problemOf((await open(passkey, "another")).reply).code, "passkey-failed");
  });

  it("is not taken away by somebody who sets up a passkey under the same id", async () => {
    const [owner, other] = [await somebody(), await somebody()];
    const passkey = softwarePasskey();
    expectOk(await keep(owner.cookie, passkey));
    assert.equal(problemOf(await keep(other.cookie, softwarePasskey(passkey.id))).code, "passkey-wrong");
    expectOk((await open(passkey, owner.user.id)).reply);
  });
});

describe("A role that needs a second factor", () => {
  it("is not held by an application either that was let in without one", async () => {
    const { user, cookie } = await somebody();
    const sessionId = secretHash(cookie.split("=")[1] ?? "");
    const token = await letIn(user.id, sessionId);
    const actorBy = (by: typeof access) =>
      by.authenticate(aRequest("GET", "/fhir/Patient", { headers: { authorization: `Bearer ${token}` } }));
    assert.ok(expectOk(await actorBy(access))?.permissions.has("Observation.read"));
    assert.equal(problemOf(await actorBy(strict)).code, "not-signed-in");
  });

  it("lets its holder in only to set one up, and then gives what it gives", async () => {
    const { cookie } = await somebody(["doctor"], strict);
    const me = bodyOf<Me>(await call("GET", `${api}/me`, { cookie, by: strict }));
    assert.deepEqual([me.mustSetUpSecondFactor, me.home, me.permissions], [true, "/account", []]);
    const refusal = problemOf(await call("GET", `${api}/searches`, { cookie, by: strict }));
    assert.equal(refusal.code, "second-factor-required");
    const begun = await call("POST", `${api}/account/totp`, { cookie, by: strict });
    const { ticket, secret } = bodyOf<TotpOfferView>(begun);
    const json = { ticket, code: shown(secret) };
    const raised = cookieOf(await call("POST", `${api}/account/totp/confirm`, { cookie, json, by: strict }));
    const now = bodyOf<Me>(await call("GET", `${api}/me`, { cookie: raised, by: strict }));
    assert.deepEqual([now.mustSetUpSecondFactor, now.home], [undefined, "/patients"]);
    const last = await call("DELETE", `${api}/account/totp`, { cookie: raised, by: strict });
    assert.equal(problemOf(last).code, "last-second-factor");
  });

  it("does not concern who does not hold it", async () => {
    const { cookie } = await somebody(["nurse"], strict);
    assert.equal(bodyOf<Me>(await call("GET", `${api}/me`, { cookie, by: strict })).mustSetUpSecondFactor, undefined);
  });
});

describe("Sessions", () => {
  it("are listed to their owner, who ends one, or all but this one", async () => {
    const { cookie, signIn } = await somebody();
    const others = [cookieOf(await signIn()), cookieOf(await signIn()), cookieOf(await signIn())];
    const list = async () => bodyOf<SessionView[]>(await call("GET", `${api}/account/sessions`, { cookie }));
    const open = async () => {
      const replies = await Promise.all(others.map((each) => call("GET", `${api}/me`, { cookie: each })));
      return replies.filter(({ ok }) => ok).length;
    };
    assert.deepEqual([(await list()).length, await open()], [4, 3]);
    const other = (await list()).find(({ isThis }) => !isThis);
    expectOk(await call("DELETE", `${api}/account/sessions/${other?.id}`, { cookie }));
    assert.deepEqual([(await list()).length, await open()], [3, 2]);
    expectOk(await call("DELETE", `${api}/account/sessions`, { cookie }));
    assert.deepEqual([(await list()).map(({ isThis }) => isThis), await open()], [[true], 0]);
    assert.equal(problemOf(await call("DELETE", `${api}/account/sessions`, { cookie })).code, "not-found");
  });

  it("of another person are not ended by their id", async () => {
    const [one, other] = [await somebody(), await somebody()];
    const [session] = bodyOf<SessionView[]>(await call("GET", `${api}/account/sessions`, other));
    const reply = await call("DELETE", `${api}/account/sessions/${session?.id}`, { cookie: one.cookie });
    assert.equal(problemOf(reply).code, "not-found");
    expectOk(await call("GET", `${api}/me`, other));
  });
});

describe("An administrator", () => {
  let admin: Awaited<ReturnType<typeof somebody>>;
  // For each: every test lets so much time go by that the session would be over.
  beforeEach(async () => {
    admin = await somebody(["system-administrator"]);
  });
  const of = (id: string, rest: string) => `${api}/users/${id}/${rest}`;

  it("sees how a person signs in and where, without a secret, and ends their sessions", async () => {
    const { user, cookie, secret } = await withApp();
    const reply = await call("GET", of(user.id, "sign-in"), admin);
    const seen = bodyOf<PersonSignInView>(reply);
    assert.deepEqual([seen.sessions.length, seen.recoveryCodesLeft, seen.passkeys], [1, 10, []]);
    assert.ok(!String(expectOk(reply).body).includes(secret) && !String(expectOk(reply).body).includes("sealed"));
    expectOk(await call("DELETE", of(user.id, `sessions/${seen.sessions[0]?.id}`), admin));
    assert.equal(problemOf(await call("GET", `${api}/me`, { cookie })).code, "not-signed-in");
  });

  it("resets a second factor with a reason, which is in the log, and not without, nor their own", async () => {
    const { user, cookie, signIn } = await withApp();
    const reset = (reason: string, id = user.id) =>
      call("POST", of(id, "second-factor-reset"), { cookie: admin.cookie, json: { reason } });
    assert.equal(problemOf(await reset(" ")).where, "reason");
    assert.equal(problemOf(await reset("Mine.", admin.user.id)).code, "own-administration");
    clock.advance(1);
    expectOk(await reset("New telephone, seen in person."));
    assert.equal(problemOf(await call("GET", `${api}/me`, { cookie })).code, "not-signed-in");
    assert.equal(expectOk(await signIn()).status, 200);
    const entry = (await acts()).findLast(({ act, query }) => act === "factor-change" && query?.includes("reset"));
    assert.deepEqual(
      [entry?.agent.reference, entry?.entities, entry?.query],
      [`User/${admin.user.id}`, [`User/${user.id}`], "second factors reset: New telephone, seen in person."],
    );
  });

  it("is who may, and nobody else", async () => {
    const { cookie } = await somebody();
    for (const [method, rest] of [
      ["GET", "sign-in"],
      ["DELETE", "sessions"],
      ["POST", "second-factor-reset"],
    ] as const) {
      const reply = await call(method, of(admin.user.id, rest), { cookie, json: { reason: "x" } });
      assert.equal(problemOf(reply).code, "permission-missing");
    }
  });
});

describe("What happened to how somebody signs in", () => {
  const told = async (cookie: string) =>
    bodyOf<NoticeView[]>(await call("GET", `${api}/account/notices`, { cookie })).map(({ what }) => what);

  it("is told to them, with the place it was done from, until they have seen it", async () => {
    const { cookie, old } = await withApp();
    const [notice] = bodyOf<NoticeView[]>(await call("GET", `${api}/account/notices`, { cookie }));
    assert.deepEqual([notice?.what, notice?.address, notice?.browser], ["app-set-up", "10.0.0.7", "Chrome on Linux"]);
    expectOk(await call("POST", `${api}/account/notices/seen`, { cookie }));
    assert.deepEqual(await told(cookie), []);
    assert.equal(problemOf(await call("GET", `${api}/account/notices`, { cookie: old })).code, "not-signed-in");
  });

  it("is told of a code that came a second time, a recovery code, and what an administrator did", async () => {
    const { cookie, step, answer, secret, recoveryCodes, user, username, signIn } = await withApp();
    expectOk(await call("POST", `${api}/account/notices/seen`, { cookie }));
    const code = shown(secret);
    expectOk(await answer({ ticket: await step(), code }));
    assert.equal(problemOf(await answer({ ticket: await step(), code })).code, "second-factor-failed");
    expectOk(await answer({ ticket: await step(), recoveryCode: recoveryCodes[0] }));
    assert.deepEqual(await told(cookie), ["recovery-code-used", "code-used-twice"]);
    expectOk(await access.resetUser(username, cli));
    clock.advance(1);
    const admin = await somebody(["system-administrator"]);
    const reset = { cookie: admin.cookie, json: { reason: "Lost." } };
    expectOk(await call("POST", `${api}/users/${user.id}/second-factor-reset`, reset));
    assert.deepEqual(
      new Set(await told(cookieOf(await signIn()))),
      new Set(["recovery-code-used", "code-used-twice", "password-link", "second-factor-reset"]),
    );
    assert.deepEqual(await told(admin.cookie), []);
  });

  it("is told of a password that was changed, and of one that was guessed at until it was locked", async () => {
    const { cookie, username } = await somebody();
    for (let time = 0; time < 5; time += 1) {
      await call("POST", `${api}/sign-in`, { json: { username, password: "wrong" } });
    }
    assert.deepEqual(await told(cookie), ["password-locked"]);
    clock.advance(15 * minuteMs);
    const json = { oldPassword: right, newPassword: "another kettle on the hob" };
    const changed = cookieOf(await call("POST", `${api}/password`, { cookie, json }));
    assert.deepEqual(await told(changed), ["password-changed", "password-locked"]);
  });
});

describe("The log", () => {
  it("tells each step of a sign-in, and each change, under the name of who did it", async () => {
    const { user, step, answer, secret, cookie } = await withApp();
    await answer({ ticket: await step(), code: "000000" });
    await answer({ ticket: await step(), code: shown(secret) });
    await call("DELETE", `${api}/account/sessions`, { cookie });
    await call("DELETE", `${api}/account/totp`, { cookie });
    const own = (await acts()).filter(({ agent }) => agent.reference === `User/${user.id}`);
    assert.deepEqual(
      own.map(({ act, outcome, query }) => [act, outcome, query]),
      [
        ["sign-in", 0, "password"],
        ["factor-change", 0, "authenticator app set up"],
        ["second-factor-ask", 0, undefined],
        ["sign-in", 4, "code"],
        ["second-factor-ask", 0, undefined],
        ["sign-in", 0, "password and code"],
        ["session-end", 0, undefined],
        ["factor-change", 0, "authenticator app removed"],
      ],
    );
  });
});

describe("Sessions again", () => {
  it("that another process has ended change nothing of an account, though they are trusted for some seconds yet", async () => {
    const { cookie, username } = await somebody();
    expectOk(await call("GET", `${api}/me`, { cookie }));
    clock.advance(1);
    const elsewhere = anotherProcess();
    expectOk(await elsewhere.changeUser({ username, active: false }, cli));
    expectOk(await elsewhere.changeUser({ username, active: true }, cli));
    assert.equal(problemOf(await call("POST", `${api}/account/totp`, { cookie })).code, "not-signed-in");
  });

  it("are ended by who has lately shown who they are", async () => {
    const { cookie, signIn } = await somebody();
    await signIn();
    clock.advance(10 * minuteMs);
    const end = () => call("DELETE", `${api}/account/sessions`, { cookie });
    assert.equal(problemOf(await end()).code, "proof-needed");
    expectOk(await call("POST", `${api}/account/proof`, { cookie, json: { password: right } }));
    expectOk(await end());
  });
});
