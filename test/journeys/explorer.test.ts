/** What people do in the explorer, in a real browser, over recorded replies. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { accessibilityFaults, shownText } from "./browser.ts";
import { chromium, type Opened, openPage, recordedApp } from "./recorded-app.ts";

describe("The explorer", { skip: chromium.skip }, () => {
  const app = recordedApp();
  const open = (path: string, act: (opened: Opened) => Promise<void>) =>
    openPage(app, { username: "lindqvist", path }, act);

  it("builds a search by keyboard, shows it as an address, and keeps it out of the browser's address", () =>
    open("/explorer/Observation", async ({ page, asked }) => {
      await page.getByRole("button", { name: "Add a condition" }).press("Enter");
      await page.getByLabel("Parameter", { exact: true }).selectOption("subject");
      await page.getByLabel("How subject is compared").selectOption({ label: "a Patient whose …" });
      await page.getByLabel("Parameter of the Patient").selectOption("name");
      await page.getByLabel("Value of name").fill("osei");
      await page.getByLabel("Sorted by").selectOption("date");
      await page.getByLabel("Order").selectOption({ label: "down" });
      assert.equal(
        await page.getByLabel("Request").inputValue(),
        "/fhir/Observation?subject:Patient.name=osei&_sort=-date",
      );
      await page.getByLabel("Value of name").press("Enter");
      await page.getByRole("link", { name: "Potassium" }).waitFor();
      assert.ok(asked.includes("GET /fhir/Observation?subject:Patient.name=osei&_sort=-date"));
      assert.doesNotMatch(page.url(), /osei/);
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.getByRole("button", { name: "Count all" }).press("Enter");
      await page.getByRole("heading", { name: "41 found" }).waitFor();
      await page.getByRole("button", { name: "Next" }).press("Enter");
      await page.getByRole("button", { name: "First" }).click();
      await page.goBack();
      assert.ok(asked.includes("GET /fhir/Observation?status=corrected&_cursor=2"));
    }));

  it("takes a request as it is written, and tells what the server says of it", () =>
    open("/explorer/Patient", async ({ page }) => {
      await page.getByLabel("Request").fill("/fhir/Observation?unknown=1");
      await page.getByLabel("Request").press("Enter");
      const alert = page.getByRole("alert");
      await alert.getByText("Observation has no search parameter unknown.").waitFor();
      await alert.getByText("Observation.unknown", { exact: true }).waitFor();
      assert.equal(new URL(page.url()).pathname, "/explorer/Observation");
      assert.equal(await page.getByLabel("Parameter as written").inputValue(), "unknown");
      await page.getByLabel("Request").fill("what is this");
      await page.getByLabel("Request").press("Enter");
      await page.getByText("An address begins with a type").waitFor();
    }));

  it("shows the columns that are chosen, by a tick and by a path", () =>
    open("/explorer/Observation", async ({ page }) => {
      await page.getByRole("button", { name: "Search", exact: true }).click();
      await page.getByRole("columnheader", { name: "value" }).waitFor();
      await page.getByRole("button", { name: "Columns" }).press("Enter");
      await page.getByLabel("Element by its path").waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.getByLabel("Element by its path").fill("valueQuantity.unit");
      await page.keyboard.press("Enter");
      await page.getByRole("checkbox", { name: "performer" }).press("Space");
      await page.keyboard.press("Escape");
      await page.getByRole("columnheader", { name: "valueQuantity.unit" }).waitFor();
      const row = await shownText(page.getByRole("row", { name: /Potassium/ }));
      assert.match(row, /6\.8 mmol\/L[\s\S]*mmol\/L[\s\S]*Westhaven Pathology/);
    }));

  it("keeps a search under a name, and runs one that somebody shares", () =>
    open("/explorer", async ({ page, asked }) => {
      await page.getByText("shared by Tom Baker-Hughes").waitFor();
      await page.getByRole("link", { name: "Potassium above six" }).click();
      await page.getByRole("columnheader", { name: "subject" }).waitFor();
      assert.equal(await page.getByRole("columnheader", { name: "status" }).count(), 0);
      const search = "code=http://loinc.org|2823-3&value-quantity=gt6|http://unitsofmeasure.org|mmol/L";
      assert.ok(asked.includes(`GET /fhir/Observation?${search}`));
      assert.equal(await page.getByLabel("How value-quantity is compared").inputValue(), "is more than");
      await page.getByRole("button", { name: "Save this search" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Save" }).waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.getByLabel("Name").fill("High potassium");
      await page.getByLabel("Name").press("Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }));

  it("reads a resource, and lets nothing of its narrative run or load", () =>
    open("/explorer/Observation/k-22", async ({ page }) => {
      await page.getByRole("heading", { name: "Where this came from" }).waitFor();
      await page.getByText("Link Westhaven Pathology").waitFor();
      const narrative = page.getByRole("region", { name: "Narrative" });
      assert.match(await shownText(narrative), /Potassium raised\.[\s\S]*\[picture: a graph\][\s\S]*Telephoned/);
      assert.equal(await narrative.locator("img, script, a, [style], [onclick]").count(), 0);
      assert.equal(await page.evaluate("window.wasRun"), undefined);
      await page.getByRole("link", { name: "OSEI, Adaeze (Mrs)" }).click();
      assert.equal(new URL(page.url()).pathname, "/explorer/Patient/osei");
    }));

  it("follows references from the JSON, and opens what is folded", () =>
    open("/explorer/Observation/k-22?tab=json", async ({ page }) => {
      await page.getByRole("button", { name: /more characters/ }).click();
      await page.getByText("Comment</h1></div>").waitFor();
      await page.locator("summary").filter({ hasText: '"contained"' }).press("Enter");
      await page.getByText('"Organization"').waitFor({ state: "detached" });
      await page.getByRole("link", { name: '"Patient/osei"' }).press("Enter");
      await page.waitForURL("**/explorer/Patient/osei");
    }));

  it("tells who wrote each version, and what is different between two", () =>
    open("/explorer/Observation/k-22?tab=history", async ({ page }) => {
      await page.getByRole("row", { name: "Version 1 22-Nov-2026 08:10 created Link Westhaven Pathology" }).waitFor();
      await page.getByRole("row", { name: "valueQuantity.value changed 6.1 6.8" }).waitFor();
      await page.getByLabel("From").selectOption("2");
      await page.getByText("Version 2 and version 2 say the same.").waitFor();
      await page.getByRole("link", { name: "Version 1" }).click();
      await page.getByText("6.1 mmol/L").waitFor();
      await page.getByRole("link", { name: "Show the newest" }).click();
      await page.getByText("6.8 mmol/L").waitFor();
    }));

  it("counts what refers to a resource when it is told to", () =>
    open("/explorer/Patient/osei?tab=references", async ({ page, asked }) => {
      await page.getByText("in 2 ways").waitFor();
      assert.ok(!asked.includes("POST /fhir"));
      await page.getByRole("button", { name: "Look for them" }).press("Enter");
      await page.getByText("by subject").waitFor();
      await page.getByRole("link", { name: "Observation" }).click();
      await page.getByRole("link", { name: "Potassium" }).waitFor();
      assert.ok(asked.includes("GET /fhir/Observation?subject=Patient/osei"));
    }));

  it("validates what is written, and leads from an issue to its line", () =>
    open("/validation", async ({ page, asked }) => {
      const field = page.getByRole("textbox", { name: "Resource, in JSON or XML" });
      await field.fill('{\n  "resourceType": "Patient",\n  "birthDate": "12-03-1961"\n}');
      await page.getByLabel(/Profile/).fill("http://example.org/p");
      await page.getByLabel(/Profile/).press("Enter");
      await page.getByRole("heading", { name: "1 error" }).waitFor();
      assert.ok(asked.includes("POST /fhir/Patient/$validate?profile=http://example.org/p"));
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.getByRole("button", { name: /A birth date is a date/ }).press("Enter");
      const selected =
        "document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)";
      assert.equal(await page.evaluate(selected), '  "birthDate": "12-03-1961"');
      await field.fill("no resource");
      await page.getByText("The text was changed since.").waitFor();
      await page.getByRole("button", { name: "Validate", exact: true }).click();
      await page.getByText("The text names no resource").waitFor();
    }));

  it("is one step from a result, an order, a document and the patient on the chart", () =>
    open("/patients/osei/results", async ({ page }) => {
      await page.getByRole("link", { name: "Patient of OSEI, Adaeze (Mrs) in the explorer" }).waitFor();
      await page.getByRole("link", { name: "DiagnosticReport of Full blood count in the explorer" }).waitFor();
      await page.getByRole("link", { name: "Observation of Potassium in the explorer" }).first().press("Enter");
      await page.waitForURL("**/explorer/Observation/*");
    }));
});
