/** Alerts and the forms of the set-up, with the keyboard alone, over recorded replies. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { chromium, openPage, recordedApp } from "./recorded-app.ts";

describe("Alerts and the forms of the set-up", { skip: chromium.skip }, () => {
  const app = recordedApp();
  const open = (path: string, act: (page: Page) => Promise<void>) =>
    openPage(app, { username: "baker", path }, ({ page }) => act(page));

  it("take a note of an alert with the keyboard, and none that says nothing", () =>
    open("/links/alerts", async (page) => {
      await page.getByRole("button", { name: "Acknowledge: Delivery escalated, renal" }).focus();
      await page.keyboard.press("Enter");
      const note = page.getByLabel("What is done about it");
      await note.waitFor();
      assert.equal(await page.getByRole("button", { name: "Acknowledge", exact: true }).isDisabled(), true);
      await note.focus();
      await page.keyboard.type("Asked the renal unit.");
      await page.keyboard.press("Tab");
      const request = page.waitForRequest((each) => each.url().endsWith("/alerts/a1/acknowledge"));
      await page.keyboard.press("Enter");
      assert.deepEqual(JSON.parse((await request).postData() ?? "null"), { comment: "Asked the renal unit." });
    }));

  it("show what is over, and lead from a late result to its order", () =>
    open("/links/alerts", async (page) => {
      assert.match((await page.getByRole("link", { name: "Order 1" }).getAttribute("href")) ?? "", /ServiceRequest/);
      await page.getByRole("link", { name: "Past" }).click();
      await page.getByText("WINPATH|WESTHAVEN").waitFor();
      assert.equal(new URL(page.url()).searchParams.get("state"), "past");
    }));

  it("write what was typed into the file of the link, and say at the field what is wrong", () =>
    open("/links/set-up/edit", async (page) => {
      const port = page.getByRole("textbox", { name: "Port" });
      await port.focus();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type("70000");
      await page.getByText("Give a whole number from 0 to 65535.", { exact: true }).waitFor();
      assert.equal(await port.getAttribute("aria-invalid"), "true");
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type("2576");
      await page.getByText("Nothing to mend").waitFor();
      await page.locator("ins", { hasText: "2576" }).waitFor();
      await page.getByLabel("Why").focus();
      await page.keyboard.type("The port moves.");
      await page.keyboard.press("Tab");
      const request = page.waitForRequest((each) => each.url().endsWith("/configuration/deploy"));
      await page.keyboard.press("Enter");
      const { files, why, basedOn } = JSON.parse((await request).postData() ?? "null");
      const lab = files.find((file: { readonly path: string }) => file.path === "links/lab.json");
      assert.deepEqual([why, basedOn, lab.json.intake.port, lab.json.intake.by], ["The port moves.", 2, 2576, "mllp"]);
    }));
});
