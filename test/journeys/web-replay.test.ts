/** A Pathology Links Manager replays messages, and tries a set-up on those of the last days, in a real browser, over recorded replies. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { chromium, openPage, recordedApp } from "./recorded-app.ts";

describe("A replay", { skip: chromium.skip }, () => {
  const app = recordedApp();
  const open = (path: string, act: (page: Page) => Promise<void>) =>
    openPage(app, { username: "baker", path }, ({ page }) => act(page));

  /** The body of the next POST to a path. */
  async function posted(page: Page, path: string): Promise<unknown> {
    const request = await page.waitForRequest((each) => each.method() === "POST" && each.url().endsWith(path));
    return JSON.parse(request.postData() ?? "null");
  }

  it("is previewed value by value, started with a reason and a pace, paused and stopped", () =>
    open("/links", async (page) => {
      await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Replay" }).click();
      await page.getByLabel("State").selectOption({ label: "Taken" });
      await page.getByLabel("Sender").fill("WINPATH");
      await page.getByRole("radio", { name: "Into the record and to the destinations" }).click();
      await page.getByRole("checkbox", { name: "Under new control IDs" }).click();
      const asked = posted(page, "/replays");
      await page.getByRole("button", { name: "Preview" }).click();
      assert.deepEqual(await asked, {
        choice: { sender: "WINPATH", state: ["mapped", "stale", "routed", "filtered"] },
        into: "both",
        again: false,
        controlIds: "new",
      });
      await page.getByText("Observation: valueQuantity.unit changes").waitFor();
      await page.getByText("mmol/L").first().waitFor();
      await page.getByRole("row", { name: /gp-results/ }).waitFor();
      await page.getByText("MSG00113").click();
      await page.getByText("Everything is so already, and nothing would be sent.").waitFor();

      const start = page.getByRole("button", { name: "Replay 412 messages" });
      assert.equal(await start.isDisabled(), true);
      await page.getByLabel("Why").fill("The unit was wrong until Sunday.");
      await page.getByLabel("Messages a second").fill("20");
      const begun = posted(page, "/replays/r1/start");
      await start.click();
      assert.deepEqual(await begun, { why: "The unit was wrong until Sunday.", perSecond: 20 });
      await page.getByRole("progressbar", { name: "Runs" }).waitFor();
      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("button", { name: "Go on" }).waitFor();
      await page.getByRole("button", { name: "Stop for good" }).click();
      await page.getByLabel("Why it is stopped").fill("The practice rang.");
      const stopped = posted(page, "/replays/r1/stop");
      await page.getByRole("button", { name: "Stop", exact: true }).click();
      assert.deepEqual(await stopped, { why: "The practice rang." });
      await page.getByText("Stopped by a person").waitFor();
    }));

  it("has a shadow: a deployed version is tried on the last days, and only what differs is told", () =>
    open("/links/replay", async (page) => {
      await page.getByRole("link", { name: "Shadow runs" }).click();
      await page.getByLabel("Set-up to try").selectOption("1");
      await page.getByLabel("Days up to now").fill("14");
      const asked = posted(page, "/shadow-runs");
      await page.getByRole("button", { name: "Run in the shadow" }).click();
      assert.deepEqual(await asked, { configuration: { version: 1 }, days: 14, against: "deployed" });
      await page.getByText("Goes to surveillance as well").waitFor();
      await page.getByText("From taken to held: sender-not-agreed").click();
      await page.getByRole("link", { name: "Message m2" }).waitFor();
    }));
});
