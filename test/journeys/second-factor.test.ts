/**
 * A person and their second factors, in a real browser with an authenticator of its own, over a real record.
 * Source: WebAuthn Level 3 §11 (virtual authenticators), by the browser's own protocol.
 */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { CDPSession, Page } from "playwright-core";
import { commandLineActor } from "#access";
import type { SecondStepView } from "#access/api";
import { expectOk, silentLog, silentMeter } from "#kernel";
import { startHttpServer } from "#links/http";
import { freshAccess } from "../access.ts";
import { shownCode } from "../authenticator-app.ts";
import { builtWebApp } from "../recorded-api/built-web-app.ts";
import { requireTool } from "../tools.ts";
import { accessibilityFaults, launchBrowser, visit } from "./browser.ts";

const chromium = requireTool("chromium");
const password = "tea kettle on the sill";

describe("A person and their second factors", { skip: chromium.skip }, async () => {
  if (chromium.skip !== false) return;
  const { access, clock } = await freshAccess();
  const order = { username: "admin", display: "Ana Ferreira", roles: ["system-administrator"], password };
  expectOk(await access.addUser(order, commandLineActor("ops")));
  const server = expectOk(
    await startHttpServer({
      host: "127.0.0.1",
      port: 0,
      routes: access.routes,
      contextFor: access.contextFor,
      webRoot: await builtWebApp(),
      log: silentLog,
      meter: silentMeter,
      clock,
    }),
  );
  const browser = await launchBrowser(chromium.path);
  // A passkey belongs to a name; 127.0.0.1 is none.
  const address = server.address.replace("127.0.0.1", "localhost");
  const { page, context, complaints } = await visit({ browser, address });
  const devices = await context.newCDPSession(page);
  await devices.send("WebAuthn.enable");
  after(async () => {
    await browser.close();
    await server.stop();
  });

  /** What the browser sent to sign in by a passkey. */
  let signature = "";

  it("are a passkey, added under a name, with recovery codes that are shown once", async () => {
    await typePassword(page);
    await page.goto("/account");
    const device = await plugIn(devices);
    await addPasskey(page, "Ward computer");
    await page.getByRole("heading", { name: "Keep these recovery codes" }).waitFor();
    assert.equal(await page.locator(".account-codes li").count(), 10);
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByText("10 codes are left").waitFor();
    await devices.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: device });
  });

  it("are a second passkey, which signs in by itself", async () => {
    await plugIn(devices);
    await addPasskey(page, "My telephone");
    await page.getByRole("button", { name: "Remove the passkey My telephone" }).waitFor();
    await signOut(page);
    const sent = page.waitForRequest((request) => request.url().endsWith("/sign-in/passkey"));
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    signature = (await sent).postData() ?? "";
    await page.getByRole("heading", { name: "Users" }).waitFor();
    await page.goto("/account");
    await page.getByText(/by passkey$/).waitFor();
  });

  it("sign nothing that opens another session when it is sent again", async () => {
    const headers = { origin: address, "content-type": "application/json" };
    const again = await context.request.post("/api/access/sign-in/passkey", { headers, data: signature });
    assert.equal(again.status(), 403);
    assert.match(await again.text(), /passkey-failed/);
  });

  it("are asked for after the password", async () => {
    await signOut(page);
    await typePassword(page, "Second step");
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await page.getByRole("heading", { name: "Users" }).waitFor();
    await page.goto("/account");
    await page.getByText(/by password and passkey$/).waitFor();
  });

  let secret = "";

  it("are an authenticator app, after the password again when some time has passed", async () => {
    clock.advance(11 * 60_000);
    await page.getByRole("button", { name: "Set up an app" }).click();
    await page.getByRole("dialog").getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await page.getByRole("img", { name: /Picture for the authenticator app/ }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.deepEqual(await accessibilityFaults(page), []);
    secret = await page.locator(".account-secret").innerText();
    await page.getByLabel("Code that the app shows").fill("000000");
    await page.keyboard.press("Enter");
    await page.getByText("The code does not fit.").waitFor();
    await page.getByLabel("Code that the app shows").fill(shown());
    await page.keyboard.press("Enter");
    await page.getByText(/^Set up on/).waitFor();
  });

  const shown = () => shownCode(secret, clock.now());

  it("are its code, by the keyboard alone", async () => {
    clock.advance(60_000);
    await signOut(page);
    await typePassword(page, "Second step");
    await page.keyboard.type(shown());
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Users" }).waitFor();
  });

  it("are what another session was opened with, which is ended under My account", async () => {
    clock.advance(60_000);
    const asked = await post("sign-in", { username: "admin", password });
    const { ticket } = (await asked.json()) as SecondStepView;
    const opened = await post("sign-in/second", { ticket, code: shown() });
    const cookie = opened.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const isOpen = async () => (await fetch(`${server.address}/api/access/me`, { headers: { cookie } })).ok;
    assert.equal(await isOpen(), true);
    await page.goto("/account");
    await page.getByRole("button", { name: "End all others" }).click();
    await page.getByRole("button", { name: "End all others" }).waitFor({ state: "detached" });
    assert.equal(await isOpen(), false);
  });

  const post = (path: string, body: object) =>
    fetch(`${server.address}/api/access/${path}`, {
      method: "POST",
      headers: { "x-corridor": "1", "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  it("are seen by an administrator, with a way to reset them, and not one's own", async () => {
    await page.goto("/users");
    await page.locator(".users-name").click();
    await page.getByText("Second factor: authenticator app, 2 passkeys, 10 recovery codes left.").waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.getByLabel("Why the second factor is reset").fill("Trying it on myself.");
    await page.getByRole("button", { name: "Reset the second factor" }).click();
    await page.getByText("Another system administrator has to reset your second factor.").waitFor();
  });

  it("are removed one by one", async () => {
    await page.goto("/account");
    await page.getByRole("button", { name: "Remove the passkey Ward computer" }).click();
    await page.getByRole("button", { name: "Remove the passkey Ward computer" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Remove the passkey My telephone" }).waitFor();
    assert.deepEqual(complaints, []);
  });
});

async function typePassword(page: Page, next = "Users"): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("User name").fill("admin");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: next }).waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account:/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

async function addPasskey(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name of a new passkey").fill(name);
  await page.getByRole("button", { name: "Add a passkey" }).click();
}

/** An authenticator in the machine itself that knows its owner's finger. */
async function plugIn(devices: CDPSession): Promise<string> {
  const { authenticatorId } = await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}
