/** What people do in the web app, in a real browser, over recorded replies. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { RecordedApi } from "../recorded-api/server.ts";
import { shownText, untilTrue, visit } from "./browser.ts";
import { chromium, recordedApp } from "./recorded-app.ts";

const chartStream = "/api/clinical/patients/osei/live";

describe("The web app", { skip: chromium.skip }, () => {
  const app = recordedApp();

  interface Opened {
    readonly page: Page;
    readonly api: RecordedApi;
  }

  /** Nobody's session, nothing on record and no page of another test is there. */
  async function open(username: string | undefined, act: (opened: Opened) => Promise<void>): Promise<void> {
    const { browser, api } = app;
    const user = username === undefined ? {} : { user: { username, password: "password" } };
    const { page, leave } = await visit({ browser, address: api.address, ...user });
    try {
      await act({ page, api });
    } finally {
      await leave();
      api.forget();
    }
  }

  it("asks who is there, and leads to the page that was wanted", () =>
    open(undefined, async ({ page }) => {
      await page.goto("/patients/osei/results");
      await page.getByLabel("User name").fill("lindqvist");
      await page.getByLabel("Password", { exact: true }).fill("wrong");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.getByText("The user name or the password is wrong.").waitFor();
      await page.getByLabel("Password", { exact: true }).fill("password");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Full blood count" }).waitFor();
      assert.equal(new URL(page.url()).pathname, "/patients/osei/results");
    }));

  it("goes to the home of the role when no page was wanted", () =>
    open(undefined, async ({ page }) => {
      await page.goto("/sign-in");
      await page.getByLabel("User name").fill("baker");
      await page.getByLabel("Password", { exact: true }).fill("password");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Westhaven Pathology" }).waitFor();
      assert.equal(new URL(page.url()).pathname, "/links");
    }));

  it("comes back to where somebody was when their session has ended", () =>
    open("lindqvist", async ({ page, api }) => {
      await page.goto("/patients/osei");
      await page.getByRole("heading", { name: "Timeline" }).waitFor();
      api.endSessions();
      await page.getByRole("link", { name: "Results", exact: true }).click();
      await page.getByText("Your session has ended.").waitFor();
      await page.getByLabel("User name").fill("lindqvist");
      await page.getByLabel("Password", { exact: true }).fill("password");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Full blood count" }).waitFor();
    }));

  it("shows each role its own pages, and forgets everything at sign-out", () =>
    open("admin", async ({ page }) => {
      await page.goto("/about");
      const navigation = page.getByRole("navigation", { name: "Main" });
      await navigation.getByRole("link", { name: "Users" }).waitFor();
      assert.equal(await navigation.getByRole("link", { name: "Patients" }).count(), 0);
      assert.equal(await page.getByRole("combobox", { name: "Find a patient" }).count(), 0);
      await page.getByRole("button", { name: /Sanjay Patel/ }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
      await page.goBack();
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    }));

  it("finds a patient by keyboard alone, without a name in the address", () =>
    open("lindqvist", async ({ page }) => {
      await page.goto("/about");
      await page.getByRole("heading", { name: "About Corridor" }).waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type("osei");
      await page.getByRole("option", { name: /OSEI, Adaeze/ }).waitFor();
      await page.keyboard.press("ArrowDown");
      const field = page.getByRole("combobox", { name: "Find a patient" });
      assert.equal(await field.getAttribute("aria-activedescendant"), "patient-search-option-0");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: /OSEI, Adaeze/ }).waitFor();
      assert.equal(new URL(page.url()).pathname, "/patients/osei");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("999 000 4321");
      await page.getByRole("option", { name: /WHITLOCK/ }).waitFor();
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      await page.getByText("1 patient for NHS number 999 000 4321").waitFor();
      assert.doesNotMatch(page.url(), /999|osei/i);
    }));

  it("says who the chart is of as the NHS writes it, with the allergies in sight", () =>
    open("lindqvist", async ({ page }) => {
      await page.goto("/patients/osei/results");
      const banner = page.getByRole("region", { name: "Patient" });
      await banner.waitFor();
      const said = (await shownText(banner)).replaceAll(/\s+/g, " ");
      assert.match(said, /OSEI, Adaeze \(Mrs\)/);
      assert.match(said, /Born 12-Mar-1961 \(65y\) Gender Female NHS No\. 999 000 1234/);
      assert.match(said, /Allergies Benzylpenicillin \(anaphylaxis\) – high risk/);
      await page.mouse.wheel(0, 900);
      await untilTrue(page, "window.scrollY > 300");
      assert.equal(await banner.getByText("Benzylpenicillin").isVisible(), true);
      const top = (await banner.boundingBox())?.y ?? -1;
      assert.equal(top, 52);
    }));

  it("tells flags in letters and words, and what was corrected or cancelled", () =>
    open("lindqvist", async ({ page }) => {
      await page.goto("/patients/osei/results");
      const row = (name: string) => page.getByRole("row", { name });
      await row("Potassium").first().waitFor();
      assert.match(
        await shownText(row("Potassium").first()),
        /6\.8 mmol\/L\s+HH\s*Critically high\s+3\.5 - 5\.3\s+Final/,
      );
      assert.match(await shownText(row("Mean cell volume")), /was 101\.2 fL, recorded 22-Nov-2026 09:10/);
      assert.match(await shownText(row("Mean cell volume")), /Corrected/);
      assert.match(await shownText(row("Reticulocytes")), /Cancelled/);
      const laidOut = page.locator("pre", { hasText: "FRACTION" });
      assert.match(await shownText(laidOut), /Albumin {8}33\.1/);
    }));

  it("draws a result over time, point by point with the arrow keys, and lists the same in a table", () =>
    open("lindqvist", async ({ page }) => {
      await page.goto("/patients/osei/results");
      await page.getByRole("link", { name: "Potassium" }).first().click();
      const drawer = page.getByRole("dialog");
      await drawer.locator("canvas").waitFor();
      assert.match(await shownText(drawer), /OSEI, Adaeze \(Mrs\)/);
      await drawer.getByRole("application").focus();
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      await drawer.getByText("31-Aug-2026 08:30 · 6.8 mmol/L · Critically high · range 3.5 - 5.3").waitFor();
      assert.equal(await drawer.getByRole("row").count(), 12);
      await page.keyboard.press("Escape");
      await drawer.waitFor({ state: "detached" });
      assert.equal(new URL(page.url()).search, "");
    }));

  it("shows a result that arrives while the chart is open, without loading the page again", () =>
    open("lindqvist", async ({ page, api }) => {
      await page.goto("/patients/osei/results");
      await page.getByRole("heading", { name: "Full blood count" }).waitFor();
      await page.evaluate("window.sameDocument = true");
      assert.equal(await page.getByText("Lab No. 26N0099").count(), 0);
      await api.listening(chartStream);
      api.arrive(chartStream, { kinds: ["DiagnosticReport"], position: 1001, ids: ["r-ue-0099"] });
      await page.getByText("Lab No. 26N0099").waitFor();
      await page.getByRole("status").filter({ hasText: "New result: Urea and electrolytes" }).waitFor();
      assert.equal(await page.evaluate("window.sameDocument"), true);
    }));

  it("says that the screen may be out of date while the connection is lost, and catches up by itself", () =>
    open("lindqvist", async ({ page, api }) => {
      await page.goto("/patients/osei/results");
      await page.getByRole("heading", { name: "Full blood count" }).waitFor();
      await api.listening(chartStream);
      api.cutStreams();
      await page.getByText("What you see may be out of date.").waitFor();
      api.arrive(chartStream, { kinds: ["DiagnosticReport"], position: 1001, ids: ["r-ue-0099"] });
      api.repair();
      await page.getByText("Lab No. 26N0099").waitFor();
      await page.getByText("What you see may be out of date.").waitFor({ state: "detached" });
    }));

  it("shows times by the clock of the hospital, though the browser is elsewhere", () =>
    open("ngata", async ({ page }) => {
      await page.goto("/patients/osei/results");
      await page.getByText("Taken 20-Nov-2026 20:15").first().waitFor();
      assert.equal(await page.getByText("Taken 20-Nov-2026 07:15").count(), 0);
    }));

  it("asks for older results of the home page, and for older orders, when told to show more", () =>
    open("lindqvist", async ({ page }) => {
      await page.goto("/");
      const reports = page.getByRole("table", { name: /Reports recorded/ }).locator("tbody tr");
      await reports.first().waitFor();
      assert.equal(await reports.count(), 4);
      await page.getByRole("button", { name: "Show more" }).click();
      await reports.nth(4).waitFor();
      await page.goto("/patients/osei/orders");
      const orders = page.getByRole("table", { name: "Orders" }).locator("tbody tr");
      await orders.first().waitFor();
      assert.deepEqual(await orders.count(), 1);
      await page.getByRole("button", { name: "Show more" }).click();
      await page.getByRole("rowheader", { name: "Urine culture" }).waitFor();
      await page.getByRole("button", { name: "Show more" }).waitFor({ state: "detached" });
      assert.equal(await orders.count(), 2);
    }));

  it("leads from a report to its source message, and from the message to its chart and resources", () =>
    open("baker", async ({ page }) => {
      await page.goto("/patients/osei/results");
      await page.getByRole("link", { name: "Source message" }).first().click();
      await page.getByRole("heading", { name: "ORU^R01" }).waitFor();
      await page.getByRole("link", { name: "Raw", exact: true }).click();
      await page.getByText("PID|1||9990001234").waitFor();
      await page.getByRole("link", { name: /Not mapped/ }).click();
      await page.getByRole("row", { name: /OBX\[2\]-16\.1 Responsible Observer: ID Number OP14/ }).waitFor();
      await page.getByRole("link", { name: /Resources/ }).click();
      await page.getByRole("link", { name: "Observation", exact: true }).click();
      await page.getByRole("heading", { name: "Potassium" }).waitFor();
      assert.equal(new URL(page.url()).search, "?version=2");
    }));

  it("hides the source message from those who may not read messages", () =>
    open("lindqvist", async ({ page }) => {
      await page.goto("/patients/osei/results");
      await page.getByRole("heading", { name: "Full blood count" }).waitFor();
      assert.equal(await page.getByRole("link", { name: "Source message" }).count(), 0);
    }));

  it("lists the messages that need a person, and finds one by its control ID", () =>
    open("baker", async ({ page }) => {
      await page.goto("/links");
      await page.getByRole("link", { name: "look at them" }).click();
      await page.getByRole("row", { name: /Held/ }).first().waitFor();
      assert.equal(await page.getByRole("row", { name: /Mapped/ }).count(), 0);
      await page.getByRole("button", { name: "Clear" }).click();
      await page.getByLabel("Number").fill("MSG00088");
      await page.keyboard.press("Enter");
      await page.getByRole("row", { name: /MSG00112/ }).waitFor({ state: "detached" });
      await page.getByRole("row", { name: /MSG00088/ }).waitFor();
    }));

  it("gives a new user a one-time link, and shows it once", () =>
    open("admin", async ({ page }) => {
      await page.goto("/users");
      await page.getByRole("button", { name: "Add a user" }).click();
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("Nurse Amina Yusuf");
      await page.getByLabel("User name").fill("yusuf");
      await page.getByRole("checkbox", { name: "Doctor" }).check();
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByText("Give this link to Nurse Amina Yusuf.").waitFor();
      await page.getByText("/set-password#yusuf.secret").waitFor();
      await page.getByRole("button", { name: "Done" }).click();
      assert.equal(await page.getByText("/set-password#yusuf.secret").count(), 0);
    }));

  it("lets the owner of a link choose a password, and says what is wrong with one", () =>
    open(undefined, async ({ page }) => {
      await page.goto("/set-password#baker.secret");
      await page.getByLabel("New password", { exact: true }).fill("short");
      await page.getByLabel("New password again").fill("shorter");
      await page.getByRole("button", { name: "Set the password" }).click();
      await page.getByText("The two are not the same.").waitFor();
      await page.getByLabel("New password again").fill("short");
      await page.getByRole("button", { name: "Set the password" }).click();
      await page.getByText("A password has at least 12 characters.").waitFor();
      for (const label of ["New password", "New password again"])
        await page.getByLabel(label, { exact: true }).fill("seven quiet owls at noon");
      await page.getByRole("button", { name: "Set the password" }).click();
      await page.getByRole("heading", { name: "Links", exact: true }).waitFor();
    }));

  it("remembers dark and light, and has the dark screen from the first moment", () =>
    open("lindqvist", async ({ page }) => {
      await page.goto("/about");
      await page.getByRole("button", { name: /Lindqvist/ }).click();
      await page.getByRole("menuitemradio", { name: "Dark" }).click();
      await page.reload({ waitUntil: "commit" });
      await untilTrue(page, "document.documentElement?.dataset.mantineColorScheme === 'dark'");
      await page.getByRole("heading", { name: "About Corridor" }).waitFor();
      assert.equal(await page.evaluate("document.documentElement.dataset.mantineColorScheme"), "dark");
    }));

  it("takes the keyboard past the navigation, and says which page has come", () =>
    open("lindqvist", async ({ page }) => {
      await page.goto("/about");
      await page.getByRole("heading", { name: "About Corridor" }).waitFor();
      await page.keyboard.press("Tab");
      await page.getByRole("link", { name: "Skip to the content" }).press("Enter");
      assert.equal(await page.evaluate("document.activeElement.id"), "main");
      await page.getByRole("link", { name: "Patients" }).click();
      await page
        .getByRole("status")
        .filter({ hasText: /^Patients$/ })
        .waitFor({ state: "attached" });
      assert.equal(await page.title(), "Patients – Corridor");
    }));
});
