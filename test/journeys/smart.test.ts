/**
 * Applications, from outside: in a real browser with a published library, and from scripts.
 * Source: SMART App Launch 2.2; RFC 6749, RFC 7009, RFC 7636, RFC 7662; SMART Backend Services 2.2.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { instant } from "#kernel";
import { shownCode } from "../authenticator-app.ts";
import { requireTool } from "../tools.ts";
import { accessibilityFaults, launchBrowser, visit } from "./browser.ts";
import { password } from "./people.ts";
import { smartApp } from "./smart-app.ts";
import { growthChart, ScriptedApplication, smartHospital, type Tokens } from "./smart-hospital.ts";

const chromium = requireTool("chromium");
const hospital = await smartHospital();
const app = await smartApp();
const { http, doctor, osei, other, ask } = hospital;

async function read(token: string, path: string): Promise<{ readonly status: number; readonly json: Bundle }> {
  const reply = await fetch(`${http}/fhir/${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: reply.status, json: (await reply.json()) as Bundle };
}

interface Bundle {
  readonly total?: number;
  readonly entry?: readonly { readonly resource?: { readonly valueString?: string; readonly id?: string } }[];
}

const valuesIn = ({ entry = [] }: Bundle) => entry.flatMap(({ resource }) => resource?.valueString ?? []).toSorted();

describe("An application without a browser", async () => {
  const { application } = await hospital.enter({});
  const scripted = () => new ScriptedApplication(hospital, application.id);

  it("is told where everything is, from any page", async () => {
    const reply = await fetch(`${http}/fhir/.well-known/smart-configuration`, {
      headers: { origin: "http://a.example" },
    });
    assert.equal(reply.headers.get("access-control-allow-origin"), "*");
    const told = (await reply.json()) as { readonly token_endpoint: string; readonly capabilities: readonly string[] };
    assert.equal(told.token_endpoint, `${http}/auth/token`);
    assert.ok(told.capabilities.includes("permission-v2"));
    const openId = (await (await fetch(`${http}/.well-known/openid-configuration`)).json()) as {
      readonly issuer: string;
      readonly userinfo_endpoint: string;
    };
    assert.deepEqual([openId.issuer, openId.userinfo_endpoint], [http, `${http}/auth/userinfo`]);
    assert.match(await (await fetch(`${http}/fhir/metadata`)).text(), /SMART-on-FHIR/);
  });

  it("is given what it asked for as far as an administrator allowed it, and is told so", async () => {
    const given = await scripted().tokens("openid profile launch/patient patient/*.cruds user/*.rs");
    assert.equal(given.patient, osei);
    assert.equal(
      given.scope,
      "openid profile launch/patient patient/Patient.rs patient/Observation.rs?category=laboratory",
    );
    const toldOf = await fetch(`${http}/auth/userinfo`, { headers: { authorization: `Bearer ${given.access_token}` } });
    assert.deepEqual(Object.keys((await toldOf.json()) as object), ["sub", "name"]);
    assert.equal((await read(given.access_token, `Patient/${osei}`)).status, 200);
    assert.equal((await read(given.access_token, `Patient/${other}`)).status, 404);
    assert.equal((await read(given.access_token, "Condition")).status, 403);
  });

  it("sees nothing beside the search of its scope, on any path", async () => {
    const { access_token } = await scripted().tokens();
    const vital = await ask(doctor, `GET /fhir/Observation?category=vital-signs&patient=${osei}`);
    const hidden = ((await vital.json()) as Bundle).entry?.[0]?.resource?.id ?? "";
    assert.equal((await read(access_token, `Observation/${hidden}`)).status, 404);
    assert.equal((await read(access_token, `Observation/${hidden}/_history`)).status, 404);
    for (const path of [
      "Observation",
      "Observation/_history",
      `Patient?_id=${osei}&_revinclude=Observation:subject`,
      "Observation?_include=Observation:subject",
      `Patient/${osei}/Observation`,
    ]) {
      assert.deepEqual(valuesIn((await read(access_token, path)).json), ["Osei laboratory"], path);
    }
    assert.equal((await read(access_token, "Observation?category=vital-signs&_summary=count")).json.total, 0);
    assert.equal((await read(access_token, "Patient?_has:Observation:subject:category=vital-signs")).json.total, 0);
    assert.equal((await read(access_token, "Observation?subject:Patient.family=Okonkwo")).json.total, 0);
  });

  it("does not lead anybody to an address that was not registered, and says why on a page", async () => {
    const { status, headers } = await scripted().asks({ redirect_uri: "http://127.0.0.1:1/elsewhere" });
    assert.equal(status, 302);
    assert.match(headers.get("location") ?? "", /^\/authorize\/failed\?error=invalid_redirect_uri/);
  });

  const refused: readonly (readonly [what: string, changes: Readonly<Record<string, string | undefined>>])[] = [
    ["without PKCE", { code_challenge: undefined, code_challenge_method: undefined }],
    ["with a plain challenge", { code_challenge: "a".repeat(43), code_challenge_method: "plain" }],
    ["with a challenge of no method, which means plain", { code_challenge_method: undefined }],
    ["for another server", { aud: "https://elsewhere.example/fhir" }],
  ];
  for (const [what, changes] of refused) {
    it(`is sent back with an error ${what}`, async () => {
      const location = (await scripted().asks(changes)).headers.get("location") ?? "";
      assert.equal(new URL(location).searchParams.get("error"), "invalid_request", location);
    });
  }

  it("gets nothing for a code with the wrong verifier", async () => {
    const asking = scripted();
    const { error } = await asking.redeem(await asking.code(), { code_verifier: "b".repeat(43) });
    assert.equal(error, "invalid_grant");
  });

  it("loses its tokens when a code comes twice", async () => {
    const asking = scripted();
    const code = await asking.code();
    const { access_token } = await asking.redeem(code);
    assert.equal((await read(access_token, `Patient/${osei}`)).status, 200);
    assert.equal((await asking.redeem(code)).error, "invalid_grant");
    assert.equal((await read(access_token, `Patient/${osei}`)).status, 401);
  });

  it("keeps no token of a code that came twice at once", async () => {
    const asking = scripted();
    const code = await asking.code();
    const all = await Promise.all([1, 2, 3].map(() => asking.redeem(code)));
    const given = all.filter(({ error }) => error === undefined);
    assert.ok(given.length <= 1);
    for (const { access_token } of given) assert.equal((await read(access_token, `Patient/${osei}`)).status, 401);
  });

  it("changes its refresh token each time, and loses everything when an old one comes again", async () => {
    const asking = scripted();
    const first = await asking.tokens("openid launch/patient offline_access patient/Patient.r");
    const refresh = (token = "") => asking.post("token", { grant_type: "refresh_token", refresh_token: token });
    const second = await refresh(first.refresh_token);
    assert.equal(second.patient, osei);
    assert.notEqual(second.refresh_token, first.refresh_token);
    assert.equal((await refresh(first.refresh_token)).error, "invalid_grant");
    assert.equal((await refresh(second.refresh_token)).error, "invalid_grant");
    assert.equal((await read(second.access_token, `Patient/${osei}`)).status, 401);
  });

  it("gives a token back, and is told what a token is worth", async () => {
    const asking = scripted();
    const { access_token } = await asking.tokens();
    const worth = () => asking.post<Record<string, unknown>>("introspect", { token: access_token });
    const { active, scope, patient, client_id } = await worth();
    assert.deepEqual([active, patient, client_id], [true, osei, application.id]);
    assert.match(String(scope), /patient\/Patient\.rs/);
    await asking.post("revoke", { token: access_token });
    assert.deepEqual(await worth(), { active: false });
    assert.equal((await read(access_token, `Patient/${osei}`)).status, 401);
  });

  it("is not let in at a browser other than the one it was started in", async () => {
    const asked = await scripted().asks({});
    const request = asked.headers.get("location")?.split("/").at(-1);
    const stranger = await ask(doctor, `GET /api/access/authorization-requests/${request}`);
    assert.equal(stranger.status, 404);
  });

  it("reads nothing any more once an administrator has suspended it, also when it is approved again", async () => {
    const { application: mine } = await hospital.enter({ name: "Short-lived" });
    const { access_token } = await new ScriptedApplication(hospital, mine.id).tokens();
    await hospital.change(mine.id, { state: "suspended" });
    assert.equal((await read(access_token, `Patient/${osei}`)).status, 401);
    const location = (await new ScriptedApplication(hospital, mine.id).asks({})).headers.get("location") ?? "";
    assert.match(location, /^\/authorize\/failed\?error=invalid_client/);
    await hospital.change(mine.id, { state: "approved" });
    assert.equal((await read(access_token, `Patient/${osei}`)).status, 401);
  });

  it("is no way around what its person may do", async () => {
    const { access_token } = await scripted().tokens();
    const mine = await fetch(`${http}/api/access/users`, { headers: { authorization: `Bearer ${access_token}` } });
    assert.equal(mine.status, 403);
  });
});

describe("A backend service", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES384");
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES384", use: "sig" };
  const scopes = "system/Observation.rs?category=laboratory";
  const particulars = { type: "backend", redirectUris: [], jwks: { keys: [jwk] }, scopes } as const;
  const { application } = await hospital.enter({ ...particulars, name: "Nightly figures" });
  const signed = (changes: { readonly jti?: string; readonly lifeSeconds?: number; readonly aud?: string } = {}) =>
    new SignJWT({})
      .setProtectedHeader({ alg: "ES384", kid: "one", typ: "JWT" })
      .setIssuer(application.id)
      .setSubject(application.id)
      .setAudience(changes.aud ?? `${http}/auth/token`)
      .setJti(changes.jti ?? randomUUID())
      .setExpirationTime(Math.floor(Date.now() / 1_000) + (changes.lifeSeconds ?? 240))
      .sign(privateKey);
  const order = async (assertion: string, scope = "system/Observation.rs"): Promise<Tokens> => {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      scope,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    });
    return (await (await fetch(`${http}/auth/token`, { method: "POST", body })).json()) as Tokens;
  };

  it("shows by a signature who it is, and reads what it was allowed of everybody", async () => {
    const { access_token, scope } = await order(await signed());
    assert.equal(scope, scopes);
    assert.deepEqual(valuesIn((await read(access_token, "Observation")).json), [
      "Okonkwo laboratory",
      "Osei laboratory",
    ]);
    assert.equal((await read(access_token, "Patient")).status, 403);
  });

  it("is refused with an assertion that was used, lasts too long or is for somebody else", async () => {
    const jti = randomUUID();
    assert.ok((await order(await signed({ jti }))).access_token);
    assert.equal((await order(await signed({ jti }))).error, "invalid_client");
    assert.equal((await order(await signed({ lifeSeconds: 900 }))).error, "invalid_client");
    assert.equal((await order(await signed({ aud: "https://elsewhere.example/token" }))).error, "invalid_client");
  });

  it("is refused scopes that it was not allowed", async () => {
    assert.equal((await order(await signed(), "system/Patient.rs")).error, "invalid_scope");
    assert.equal((await order(await signed(), "patient/Observation.rs")).error, "invalid_scope");
  });
});

describe("An application in a browser", { skip: chromium.skip, timeout: 120_000 }, () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  before(async () => {
    browser = await launchBrowser(chromium.path);
    ({ context, page } = await visit({ browser, address: http }));
  });
  after(async () => {
    await browser?.close();
  });

  const shown = async () => {
    await page.locator("#shown:not(:empty)").waitFor({ state: "attached" });
    return JSON.parse((await page.locator("#shown").textContent()) ?? "") as Record<string, unknown>;
  };

  it("is entered and approved by an administrator", async () => {
    const visitor = await visit({ browser, address: http, user: { username: "admin", password } });
    const form = visitor.page;
    await form.goto("/applications");
    await form.getByRole("button", { name: "Enter an application" }).click();
    for (const [label, text] of [
      ["Name", "Browser Chart"],
      ["Who answers for it", growthChart.owner],
      ["How to reach them", growthChart.contact],
      ["Redirect addresses", `${app.address}/app`],
      ["Launch address", `${app.address}/launch`],
      ["What it may have at most", growthChart.scopes],
    ] as const) {
      await form.getByLabel(label, { exact: true }).fill(text);
    }
    await form.getByRole("button", { name: "Enter", exact: true }).click();
    await form.getByRole("button", { name: "Browser Chart" }).click();
    const clientId = (await form.locator(".application-id").textContent()) ?? "";
    assert.deepEqual(await accessibilityFaults(form), []);
    await form.getByRole("button", { name: "Approve" }).click();
    await form.getByRole("row", { name: /Browser Chart.*Approved/ }).waitFor();
    app.settings = { clientId, scope: "launch launch/patient openid profile patient/*.rs", iss: `${http}/fhir` };
    await visitor.context.close();
  });

  it("signs a person in with their second factor, asks them, and shows the results of the patient they picked", async () => {
    const secret = await withAuthenticator();
    // Whose pages may call is looked up anew every few seconds.
    await untilAllowed(app.address);
    await page.goto(`${app.address}/alone`);
    await page.getByLabel("User name").fill("lindqvist");
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await page.getByLabel("Code of your authenticator app").fill(shownCode(secret, instant(Date.now() + 30_000)));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Let Browser Chart in?" }).waitFor();
    await page.getByText("Read laboratory results of the chosen patient").waitFor();
    await page.getByLabel("For which patient?").fill("Osei");
    await page.getByRole("button", { name: /osei/i }).click();
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.getByRole("button", { name: "Let it in", exact: true }).click();
    await page.waitForURL(`${app.address}/app*`);
    assert.deepEqual(await shown(), {
      patient: osei,
      user: "Dr Ingrid Lindqvist",
      values: ["Osei laboratory"],
      encounter: null,
    });
  });

  it("is started from a chart, for its patient", async () => {
    await page.goto(`${http}/patients/${osei}`);
    await page.getByRole("button", { name: "Applications" }).click();
    await page.getByRole("menuitem", { name: /Browser Chart/ }).click();
    await page.getByText("Patient: Ada Osei").waitFor();
    await page.getByRole("button", { name: "Let it in", exact: true }).click();
    await page.waitForURL(`${app.address}/app*`);
    assert.equal((await shown()).patient, osei);
  });

  it("is sent away by a person who does not let it in", async () => {
    await page.goto(`${app.address}/alone`);
    await page.getByRole("button", { name: "Do not let it in" }).click();
    await page.waitForURL(`${app.address}/app*`);
    assert.match(String((await shown()).error), /did not let the application in/);
  });

  it("is seen under My account by the person who let it in, and reads nothing once they took that back", async () => {
    await page.goto(`${app.address}/launch?iss=${encodeURIComponent(`${http}/fhir`)}`);
    await page.getByLabel("For which patient?").fill("Osei");
    await page.getByRole("button", { name: /osei/i }).click();
    await page.getByRole("button", { name: "Let it in", exact: true }).click();
    await page.waitForURL(`${app.address}/app*`);
    await shown();
    const account = await context.newPage();
    await account.goto(`${http}/account`);
    await account.getByText("Read laboratory results of the chosen patient").first().waitFor();
    assert.deepEqual(await accessibilityFaults(account), []);
    const back = account.getByRole("button", { name: /^Take back what Browser Chart/ });
    for (let left = await back.count(); left > 0; left -= 1) {
      await back.first().click();
      await back.nth(left - 1).waitFor({ state: "detached" });
    }
    assert.match(await page.evaluate("window.again()"), /401|Unauthorized/);
  });

  /** The doctor's session of the scripts sets an authenticator app up, by the same doors as My account. */
  async function withAuthenticator(): Promise<string> {
    const offered = (await (await ask(doctor, "POST /api/access/account/totp", {})).json()) as {
      readonly ticket: string;
      readonly secret: string;
    };
    const code = shownCode(offered.secret, instant(Date.now()));
    const kept = await ask(doctor, "POST /api/access/account/totp/confirm", { ticket: offered.ticket, code });
    assert.equal(kept.status, 200, await kept.text());
    return offered.secret;
  }

  async function untilAllowed(origin: string): Promise<void> {
    for (;;) {
      const { headers } = await fetch(`${http}/fhir/metadata?mode=normative`, { headers: { origin } });
      if (headers.get("access-control-allow-origin") === origin) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});
