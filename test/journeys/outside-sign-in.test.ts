/** Signing in through the hospital's own provider, in a real browser: there and back. OpenID Connect Core §3.1. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, describe, it } from "node:test";
import { commandLineActor, readDirectorySettings } from "#access";
import { expectOk, silentLog, silentMeter } from "#kernel";
import { startHttpServer } from "#links/http";
import { freshAccess } from "../access.ts";
import { startHospitalProvider } from "../hospital-provider.ts";
import { builtWebApp } from "../recorded-api/built-web-app.ts";
import { requireTool } from "../tools.ts";
import { accessibilityFaults, launchBrowser, visit } from "./browser.ts";

const chromium = requireTool("chromium");
const cli = commandLineActor("ops");

describe("Somebody of the hospital", { skip: chromium.skip }, async () => {
  if (chromium.skip !== false) return;
  const port = await freePort();
  const provider = await startHospitalProvider([`http://127.0.0.1:${port}/sign-in/outside`]);
  const { issuer, clientId, clientSecret: secret } = provider;
  const signIn = { name: "St Elsewhere", issuer, clientId, addsAccounts: true };
  const { signIn: settings } = expectOk(readDirectorySettings(JSON.stringify({ signIn })));
  assert.ok(settings !== undefined);
  const { access, clock } = await freshAccess({
    roleMap: new Map([["it desk", ["system-administrator"]]]),
    outside: { settings, secret, fetch: (address, options) => fetch(address, options) },
  });
  const server = expectOk(
    await startHttpServer({
      host: "127.0.0.1",
      port,
      routes: access.routes,
      contextFor: access.contextFor,
      webRoot: await builtWebApp(),
      log: silentLog,
      meter: silentMeter,
      clock,
    }),
  );
  const browser = await launchBrowser(chromium.path);
  const { page, complaints } = await visit({ browser, address: server.address });
  after(async () => {
    await browser.close();
    await server.stop();
    await provider.stop();
  });
  provider.people.set("ferreira", { name: "Ana Ferreira", preferred_username: "ana.ferreira", groups: ["IT desk"] });

  const goThere = async (name: string) => {
    await page.goto("/sign-in?back=%2Fusers");
    await page.getByRole("button", { name: "Sign in with St Elsewhere" }).click();
    await page.getByLabel("Hospital name").fill(name);
    await page.keyboard.press("Enter");
  };

  it("is told in a sentence when the hospital does not let them in", async () => {
    await goThere("stranger");
    await page.getByText("The hospital's sign-in was cancelled, or did not let you in.").waitFor();
    assert.equal(new URL(page.url()).search, "");
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it("signs in there and comes back to the page they asked for", async () => {
    await goThere("ferreira");
    await page.getByRole("heading", { name: "Users" }).waitFor();
    await page.getByRole("button", { name: /^Account: Ana Ferreira/ }).waitFor();
    assert.deepEqual(complaints, []);
  });

  it("changes an account in the drawer, which shows what was saved", async () => {
    expectOk(await access.addUser({ username: "kowalski", display: "Jan Kowalsky", roles: [] }, cli));
    await page.reload();
    await page.getByRole("button", { name: "Jan Kowalsky" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Jan Kowalski");
    await page.getByRole("checkbox", { name: "Nurse" }).check();
    await page.getByRole("button", { name: "Save" }).click();
    const row = page.getByRole("row").filter({ hasText: "Jan Kowalski" });
    await row.getByText("Nurse").waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it("links an account that they have already, under My account, and undoes it", async () => {
    provider.people.set("whelan", { name: "Siobhan Whelan" });
    const added = await access.addUser({ username: "whelan", display: "Siobhan Whelan", roles: ["nurse"] }, cli);
    const password = "tea kettle on the sill";
    await setPassword(server.address, expectOk(added).linkPath ?? "", password);
    const own = await visit({ browser, address: server.address, user: { username: "whelan", password } });
    await own.page.goto("/account");
    await own.page.getByRole("button", { name: "Link to St Elsewhere" }).click();
    await own.page.getByLabel("Hospital name").fill("whelan");
    await own.page.keyboard.press("Enter");
    await own.page.getByText(/^Linked on/).waitFor();
    assert.equal(new URL(own.page.url()).pathname, "/account");
    await own.page.getByRole("button", { name: "Undo the link" }).click();
    await own.page.getByText("Not linked").waitFor();
    assert.deepEqual(own.complaints, []);
  });
});

async function setPassword(address: string, linkPath: string, newPassword: string): Promise<void> {
  const reply = await fetch(`${address}/api/access/password`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-corridor": "1" },
    body: JSON.stringify({ link: linkPath.slice(linkPath.indexOf("#") + 1), newPassword }),
  });
  assert.equal(reply.status, 200, await reply.text());
}

/** The provider has to know the address that it sends the browser back to. */
async function freePort(): Promise<number> {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  taken.close();
  await once(taken, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
