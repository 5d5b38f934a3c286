/** What a Pathology Links Manager does with alerts, unknown codes, the set-up and replays, over recorded replies. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { chromium, type Opened, openPage, recordedApp } from "./recorded-app.ts";

describe("A Pathology Links Manager", { skip: chromium.skip }, () => {
  const app = recordedApp();
  const open = (path: string, act: (opened: Opened) => Promise<void>) =>
    openPage(app, { username: "baker", path }, act);

  /** The body of the next POST to a path. */
  async function posted(page: Page, path: string): Promise<unknown> {
    const request = await page.waitForRequest((each) => each.method() === "POST" && each.url().endsWith(path));
    return JSON.parse(request.postData() ?? "null");
  }

  describe("Alerts and the forms of the set-up", () => {
    it("take a note of an alert with the keyboard, and none that says nothing", () =>
      open("/links/alerts", async ({ page }) => {
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
      open("/links/alerts", async ({ page }) => {
        assert.match((await page.getByRole("link", { name: "Order 1" }).getAttribute("href")) ?? "", /ServiceRequest/);
        await page.getByRole("link", { name: "Past" }).click();
        await page.getByText("WINPATH|WESTHAVEN").waitFor();
        assert.equal(new URL(page.url()).searchParams.get("state"), "past");
      }));

    it("write what was typed into the file of the link, and say at the field what is wrong", () =>
      open("/links/set-up/edit", async ({ page }) => {
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
        assert.deepEqual(
          [why, basedOn, lab.json.intake.port, lab.json.intake.by],
          ["The port moves.", 2, 2576, "mllp"],
        );
      }));
  });

  describe("Unknown codes and the set-up of the links", () => {
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

  describe("A replay", () => {
    it("is previewed value by value, started with a reason and a pace, paused and stopped", () =>
      open("/links", async ({ page }) => {
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
      open("/links/replay", async ({ page }) => {
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
});
