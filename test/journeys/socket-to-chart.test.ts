/** The first journey, whole: a laboratory sends over MLLP, and a doctor reads it in a browser. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import type { Browser, Page } from "playwright-core";
import { anOruR01, creatinine, potassium, sodium } from "../builders/index.ts";
import { aSender, type HandSender } from "../doors/mllp.ts";
import { type RunningProgram, startProgram } from "../program.ts";
import { requireTool } from "../tools.ts";
import { mrsOsei } from "../ward/index.ts";
import { accessibilityFaults, launchBrowser, shownText, visit } from "./browser.ts";

const chromium = requireTool("chromium");
const password = "seven quiet owls at noon";

interface Addresses {
  readonly http: string;
  /** `127.0.0.1:2575`. */
  readonly mllp: string;
}

/** Sends a message and settles with its answer. */
async function answerTo(laboratory: HandSender, message: string): Promise<string> {
  const before = laboratory.answers().length;
  await laboratory.write(`␋${message}␜␍`);
  const answer = () => laboratory.answers().slice(before);
  while (!answer().endsWith("␜␍")) await new Promise((resolve) => setTimeout(resolve, 10));
  return answer();
}

describe("A result, socket to chart", { skip: chromium.skip }, () => {
  let folder: string;
  let program: RunningProgram;
  let addresses: Addresses;
  let browser: Browser;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "corridor-chart-"));
    program = startProgram(["serve", "--json"], { CORRIDOR_DATA: join(folder, "data") });
    addresses = JSON.parse(await program.firstLine()) as Addresses;
    browser = await launchBrowser(chromium.path);
    await setUp();
  });
  after(async () => {
    await browser?.close();
    await program?.stop("SIGTERM");
    await rm(folder, { recursive: true, force: true });
  });

  /** The first administrator chooses a password in the browser, and makes two accounts. */
  async function setUp(): Promise<void> {
    while (!program.errorText().includes("/set-password#")) await new Promise((resolve) => setTimeout(resolve, 10));
    const link = /\/set-password#\S+/.exec(program.errorText())?.[0] ?? "";
    const { page, leave } = await visit({ browser, address: addresses.http });
    await page.goto(link);
    for (const label of ["New password", "New password again"])
      await page.getByLabel(label, { exact: true }).fill(password);
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByRole("heading", { name: "Users" }).waitFor();
    await addUser(page, { username: "lindqvist", display: "Dr Ingrid Lindqvist", role: "Doctor" });
    await addUser(page, { username: "baker", display: "Tom Baker", role: "Pathology Links Manager" });
    await leave();
  }

  interface NewUser {
    readonly username: string;
    readonly display: string;
    readonly role: string;
  }

  async function addUser(page: Page, { username, display, role }: NewUser): Promise<void> {
    await page.getByRole("button", { name: "Add a user" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(display);
    await page.getByLabel("User name").fill(username);
    await page.getByRole("checkbox", { name: role, exact: true }).check();
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText(`Give this link to ${display}.`).waitFor();
    const link = await shownText(page.locator(".users-link-text"));
    await page.getByRole("button", { name: "Done" }).click();
    const setting = await page.request.post(`${addresses.http}/api/access/password`, {
      data: { link: link.slice(link.indexOf("#") + 1), newPassword: password },
      headers: { "x-corridor": "1", cookie: "" },
    });
    assert.equal(setting.status(), 200);
    await page.context().clearCookies();
    await page.request.post(`${addresses.http}/api/access/sign-in`, {
      data: { username: "admin", password },
      headers: { "x-corridor": "1" },
    });
  }

  function laboratoryOf(t: TestContext): HandSender {
    return aSender(t, Number(addresses.mllp.split(":").at(-1)));
  }

  it("is found by NHS number, read with range and flag, and corrected while the chart is open", async (t) => {
    const laboratory = laboratoryOf(t);
    const first = anOruR01({ controlId: "M-1", obx: [sodium, potassium, creatinine] });
    assert.match(await answerTo(laboratory, first), /MSA\|AA\|M-1/);

    const user = { username: "lindqvist", password };
    const { page, complaints, leave } = await visit({ browser, address: addresses.http, user });
    await page.goto("/");
    await page.getByRole("combobox", { name: "Find a patient" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type(mrsOsei.nhsNumber);
    await page.getByRole("option", { name: /OSEI, Adaeze/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    // Nothing on record says yet that she cares for the patient.
    await page.getByRole("button", { name: "I am caring for this patient" }).click();
    await page.getByRole("radio", { name: /on call/ }).check();
    await page.getByRole("button", { name: "Open the chart" }).click();
    await page.getByRole("link", { name: "Results", exact: true }).click();
    const row = (name: string) => page.getByRole("row", { name });
    await row("Creatinine").waitFor();
    assert.match(await shownText(row("Creatinine")), /131 umol\/L\s+H\s*High\s+45 - 84\s+Final/);
    assert.deepEqual(await accessibilityFaults(page), []);

    const corrected = anOruR01({
      controlId: "M-2",
      sentAt: "20261123101500+0000",
      reportedAt: "20261123101400+0000",
      status: "C",
      obx: [sodium, potassium, { ...creatinine, value: "113" }],
    });
    assert.match(await answerTo(laboratory, corrected), /MSA\|AA\|M-2/);
    await page.getByText("113 umol/L").waitFor();
    assert.match(await shownText(row("Creatinine")), /was 131 umol\/L/);
    assert.match(await shownText(row("Creatinine")), /Corrected/);
    assert.deepEqual(complaints, []);
    await leave();
  });

  it("is found in the explorer, with its versions, their differences and the message they came in", async () => {
    const user = { username: "baker", password };
    const { page, complaints, leave } = await visit({ browser, address: addresses.http, user });
    await page.goto("/explorer/Observation");
    await page.getByLabel("Request").fill("/fhir/Observation?subject:Patient.family=osei&status=corrected&_sort=-date");
    await page.getByLabel("Request").press("Enter");
    await page
      .getByRole("row", { name: /Creatinine/ })
      .getByRole("link", { name: "Creatinine" })
      .click();
    await page.getByText("113 umol/L").waitFor();
    await page.getByRole("link", { name: "the message" }).waitFor();
    await page.getByRole("link", { name: "History" }).click();
    await page.getByRole("row", { name: /^valueQuantity\.value changed 131 113/ }).waitFor();
    await page.getByRole("link", { name: "What refers to it" }).click();
    await page.getByRole("button", { name: "Look for them" }).click();
    await page.getByRole("listitem").filter({ hasText: "DiagnosticReport by result" }).waitFor();
    await page.goBack();
    assert.deepEqual(complaints, []);
    await leave();
  });

  it("can be validated as it stands in the record, and searched for again under a name", async () => {
    const user = { username: "lindqvist", password };
    const { page, complaints, leave } = await visit({ browser, address: addresses.http, user });
    await page.goto("/explorer/Patient");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.getByRole("button", { name: "Save this search" }).click();
    await page.getByLabel("Name").fill("Every patient");
    await page.getByLabel("Name").press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("link", { name: "All types and saved searches" }).click();
    await page.getByRole("link", { name: "Every patient" }).click();
    await page.getByRole("link", { name: /^OSEI/ }).click();
    await page.waitForURL("**/explorer/Patient/*");
    const id = new URL(page.url()).pathname.split("/").at(-1);
    await page.goto("/validation");
    await page.getByLabel("Type and id in the record").fill(`Patient/${id}`);
    await page.keyboard.press("Enter");
    const field = page.getByRole("textbox", { name: "Resource, in JSON or XML" });
    await page.getByText("Nothing checked yet").waitFor();
    while ((await field.inputValue()) === "") await page.waitForTimeout(25);
    await page.getByRole("button", { name: "Validate", exact: true }).click();
    await page.getByRole("heading", { name: /^Sound/ }).waitFor();
    await field.fill((await field.inputValue()).replace(/"gender": "\w+"/, '"gender": "womn"'));
    await page.getByRole("button", { name: "Validate", exact: true }).click();
    await page.getByRole("button", { name: /gender must be one of/ }).waitFor();
    assert.deepEqual(complaints, []);
    await leave();
  });

  it("leads back to the message it came in, with what was not mapped", async (t) => {
    const laboratory = laboratoryOf(t);
    const sent = anOruR01({ controlId: "M-3", filler: "26U009901", placer: "ICE-70099" });
    assert.match(await answerTo(laboratory, sent), /MSA\|AA\|M-3/);
    const user = { username: "baker", password };
    const { page, complaints, leave } = await visit({ browser, address: addresses.http, user });
    await page.goto("/links/messages");
    await page.getByLabel("Number").fill("26U009901");
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: /M-1/ }).waitFor({ state: "detached" });
    await page.getByRole("row", { name: /M-3/ }).getByRole("link").click();
    await page.getByText("PATHLAB").first().waitFor();
    for (const tab of ["Parsed", "Resources", "Acknowledgement", "Not mapped", "History"]) {
      await page.getByRole("navigation", { name: "Message" }).getByRole("link", { name: tab }).click();
      assert.deepEqual(await accessibilityFaults(page), []);
    }
    await page.getByRole("navigation", { name: "Message" }).getByRole("link", { name: "Acknowledgement" }).click();
    await page.getByText("MSA|AA|M-3").waitFor();
    await page.getByRole("link", { name: "Open the chart" }).click();
    await page.getByRole("heading", { name: /OSEI, Adaeze/ }).waitFor();
    assert.deepEqual(complaints, []);
    await leave();
  });

  it("shows on the links page who is connected, while they come and go", async (t) => {
    const user = { username: "baker", password };
    const { page, complaints, leave } = await visit({ browser, address: addresses.http, user });
    await page.goto("/links");
    await page.getByText("0 connections open").waitFor();
    const laboratory = laboratoryOf(t);
    await page.getByText("1 connection open").waitFor();
    laboratory.socket.end();
    await page.getByText("0 connections open").waitFor();
    assert.deepEqual(complaints, []);
    await leave();
  });
});
