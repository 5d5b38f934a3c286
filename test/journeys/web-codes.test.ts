/** What a Pathology Links Manager does about unknown codes and the set-up of the links, in a real browser, over recorded replies. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { chromium, type Opened, openPage, recordedApp } from "./recorded-app.ts";

describe("Unknown codes and the set-up of the links", { skip: chromium.skip }, () => {
  const app = recordedApp();
  const open = (path: string, act: (opened: Opened) => Promise<void>) =>
    openPage(app, { username: "baker", path }, act);

  /** The body of the next POST to a path. */
  async function posted(page: Page, path: string): Promise<unknown> {
    const request = await page.waitForRequest((each) => each.method() === "POST" && each.url().endsWith(path));
    return JSON.parse(request.postData() ?? "null");
  }

  it("lead from the list to the message that a code came in", () =>
    open("/links/codes", async ({ page }) => {
      await page.getByRole("link", { name: "KPL" }).click();
      await page
        .getByRole("link", { name: /^ORU\^R01 of 23-Nov-2026/ })
        .first()
        .click();
      await page.getByRole("heading", { name: "ORU^R01" }).waitFor();
      assert.equal(new URL(page.url()).pathname, "/links/messages/m1");
    }));

  it("take a proposal with the keyboard alone, and none without a reason", () =>
    open("/links/codes/c1", async ({ page }) => {
      const propose = page.getByRole("button", { name: "Propose" });
      await page.getByRole("radio", { name: /2823-3/ }).focus();
      await page.keyboard.press("Space");
      assert.equal(await propose.isDisabled(), true);
      await page.keyboard.press("Tab");
      await page.keyboard.type("As in the handbook.");
      await page.keyboard.press("Tab");
      const body = posted(page, "/codes/c1/propose");
      await page.keyboard.press("Enter");
      assert.deepEqual(await body, {
        comment: "As in the handbook.",
        target: {
          system: "http://loinc.org",
          code: "2823-3",
          display: "Potassium [Moles/volume] in Serum or Plasma",
        },
      });
    }));

  it("ask a second person, who sees what was proposed, by whom and why", () =>
    open("/links/codes/c2", async ({ page }) => {
      await page.getByText("Ana Ferreira").waitFor();
      await page.getByText("UCUM 10*9/L").waitFor();
      await page.getByLabel("Why").fill("Compared with a printed report.");
      const body = posted(page, "/codes/c2/approve");
      await page.getByRole("button", { name: "Approve" }).click();
      assert.deepEqual(await body, { comment: "Compared with a printed report." });
    }));

  it("go back to an earlier version with a reason, after saying what that changes", () =>
    open("/links/set-up/history", async ({ page }) => {
      await page.getByRole("link", { name: "Version 1" }).click();
      await page.getByText("1 file would differ from what runs now:").waitFor();
      assert.equal(await page.getByRole("button", { name: "Roll back" }).isDisabled(), true);
      await page.getByLabel("Why").fill("Surveillance is not ready.");
      const body = posted(page, "/configuration/roll-back");
      await page.getByRole("button", { name: "Roll back" }).click();
      assert.deepEqual(await body, { version: 1, why: "Surveillance is not ready." });
      await page.getByText("Runs now", { exact: true }).waitFor();
      assert.equal(new URL(page.url()).search, "");
    }));
});
