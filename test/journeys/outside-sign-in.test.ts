/** Signing in through the hospital's own provider, in a real browser: there and back. OpenID Connect Core §3.1. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, describe, it } from "node:test";
import { readDirectorySettings } from "#access";
import { expectOk, silentLog, silentMeter } from "#kernel";
import { startHttpServer } from "#links/http";
import { freshAccess } from "../access.ts";
import { startHospitalProvider } from "../hospital-provider.ts";
import { builtWebApp } from "../recorded-api/built-web-app.ts";
import { requireTool } from "../tools.ts";
import { accessibilityFaults, launchBrowser, visit } from "./browser.ts";

const chromium = requireTool("chromium");

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
});

/** The provider has to know the address that it sends the browser back to. */
async function freePort(): Promise<number> {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  taken.close();
  await once(taken, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
