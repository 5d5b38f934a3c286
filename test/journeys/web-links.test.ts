/** What two Pathology Links Managers do about their links, by clicks, against the running program and a real partner. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { anOruR01 } from "../builders/index.ts";
import { type RunningProgram, startProgram } from "../program.ts";
import { requireTool } from "../tools.ts";
import { mrsOsei } from "../ward/index.ts";
import { launchBrowser, visit } from "./browser.ts";
import { type LaboratoryLine, laboratoryLine } from "./laboratory-line.ts";
import { within } from "./links-hall.ts";
import { anMllpPartner, type Partner } from "./partners.ts";
import { addPeople, password } from "./people.ts";

const chromium = requireTool("chromium");

describe("Two Pathology Links Managers", { skip: chromium.skip }, () => {
  let folder: string;
  let program: RunningProgram;
  let partner: Partner;
  let laboratory: LaboratoryLine;
  let browser: Browser;
  let [marsh, ashworth]: Page[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "corridor-web-links-"));
    program = startProgram(["serve", "--json"], { CORRIDOR_DATA: join(folder, "data") });
    const told = JSON.parse(await program.firstLine()) as { readonly http: string; readonly mllp: string };
    partner = await anMllpPartner();
    browser = await launchBrowser(chromium.path);
    const role = "pathology-links-manager";
    await addPeople(program, told.http, [
      { username: "marsh", display: "Colin Marsh", role },
      { username: "ashworth", display: "Priya Ashworth", role },
    ]);
    const open = async (username: string) => {
      const { context, page } = await visit({ browser, address: told.http, user: { username, password } });
      context.setDefaultTimeout(15_000);
      return page;
    };
    [marsh, ashworth] = await Promise.all([open("marsh"), open("ashworth")]);
    laboratory = laboratoryLine(Number(told.mllp.split(":").at(-1)));
  });

  after(async () => {
    laboratory?.close();
    await browser?.close();
    await program?.stop("SIGTERM");
    await partner?.close();
    await rm(folder, { recursive: true, force: true });
  });

  function page(of: Page | undefined): Page {
    assert.ok(of);
    return of;
  }

  async function deploy(on: Page, why: string): Promise<void> {
    await on.getByText("Nothing to mend").waitFor();
    await on.getByLabel("Why").fill(why);
    await on.getByRole("button", { name: "Deploy" }).click();
    await on.getByText("Runs now", { exact: true }).waitFor();
  }

  it("add a destination and a route by forms, hear at the field what is wrong, mend it, deploy, and it flows", async () => {
    const on = page(marsh);
    await on.goto("/links/set-up/edit");
    await on.getByLabel("Name of a new destination").fill("surgery");
    await on.getByRole("button", { name: "Add destination" }).click();
    await on.getByLabel("Title").fill("Harbour surgery");
    await on.getByLabel("Machine").fill("127.0.0.1");
    await on.getByLabel("Port").fill("x");
    await on.getByText("Give a whole number from 1 to 65535.", { exact: true }).waitFor();
    assert.equal(await on.getByRole("button", { name: "Deploy" }).isDisabled(), true);
    await on.getByLabel("Port").fill(String(partner.port));
    await on.getByRole("button", { name: "Pathology laboratory" }).click();
    await on.getByRole("button", { name: "Add route" }).click();
    await on.getByLabel("Name of the route").fill("results");
    await on.getByRole("checkbox", { name: "surgery" }).check();
    await deploy(on, "Results go to the surgery.");
    await on.getByRole("cell", { name: "Harbour surgery" }).waitFor();
    assert.equal(await laboratory.send(anOruR01({ controlId: "FLOWS", placer: "P1", filler: "F1" })), "AA FLOWS");
    await within(() => partner.received.includes("FLOWS"), "the surgery has it");
  });

  it("go back to the version before with a reason, by the history", async () => {
    const on = page(marsh);
    await on.goto("/links/set-up/edit");
    await on.getByLabel("Title").fill("The laboratory");
    await deploy(on, "It is called so now.");
    await on.getByRole("link", { name: "History" }).click();
    await on.getByRole("link", { name: "Version 1" }).click();
    await on.getByLabel("Why").fill("It is not.");
    await on.getByRole("button", { name: "Roll back" }).click();
    await on.getByText("going back to version 1").waitFor();
    await on.getByRole("heading", { name: "Pathology laboratory" }).waitFor();
  });

  it("see within seconds that a delivery was refused, acknowledge the alert, and have it tried again or skip it", async () => {
    const on = page(marsh);
    for (const id of ["AGAIN", "NEVER"]) partner.refuses.add(id);
    await on.goto("/links/alerts");
    const report = { placer: "P2", filler: "F2" };
    assert.equal(await laboratory.send(anOruR01({ ...report, controlId: "AGAIN" })), "AA AGAIN");
    await on.getByRole("button", { name: "Acknowledge: Delivery escalated, surgery" }).click();
    await on.getByLabel("What is done about it").fill("The surgery mends its system.");
    await on.getByRole("button", { name: "Acknowledge", exact: true }).click();
    await on.getByText("Seen to").waitFor();
    await on.getByText("The surgery mends its system.").waitFor();
    assert.equal(await laboratory.send(anOruR01({ ...report, controlId: "NEVER", status: "F" })), "AA NEVER");
    partner.refuses.delete("AGAIN");
    await on.getByRole("link", { name: "Look at the deliveries" }).click();
    await decide(on, "Try again: AGAIN to surgery", "Try again", "They say that it works now.");
    await within(() => partner.received.filter((id) => id === "AGAIN").length === 2, "it was sent again");
    await within(() => partner.received.includes("NEVER"), "the next of its lane was sent");
    await on.reload();
    await decide(on, "Skip: NEVER to surgery", "Skip it", "They have it by telephone.");
    await on.getByText("No delivery matches").waitFor();
  });

  it("decide together on a message that may be about somebody else", async () => {
    const wrong = { 5: "WHITLOCK^ARTHUR^^^MR^^L", 7: "19400101" };
    const held = anOruR01({ controlId: "WHOSE", patient: mrsOsei, pid: wrong, placer: "P3", filler: "F3" });
    assert.equal(await laboratory.send(held), "AE WHOSE");
    const [first, second] = [page(marsh), page(ashworth)];
    await first.goto("/links/holds");
    await first.getByText("another family name and another date of birth").first().click();
    await release(first, "Release it as it is", "Propose");
    await first.getByText("Your proposal is kept.").waitFor();
    await second.goto("/links/holds?proposed=true");
    await second.getByText("another family name and another date of birth").first().click();
    await release(second, "Confirm what Colin Marsh proposed", "Confirm");
    await second.getByText("Released:").waitFor();
    await within(() => partner.received.includes("WHOSE"), "what was released goes on to the surgery");
  });

  it("stop the link with a reason, which its senders notice, and start it again", async () => {
    const on = page(ashworth);
    await on.goto("/links");
    await decide(on, "Stop Pathology laboratory", "Stop the link", "They move their servers.");
    await on.getByText("stopped by Priya Ashworth: They move their servers.").waitFor();
    assert.equal(await laboratory.send(anOruR01({ controlId: "LOST" })), undefined);
    await decide(on, "Start Pathology laboratory", "Start the link", "They are done.");
    await on.getByText("Listening", { exact: true }).waitFor();
  });
});

async function decide(on: Page, button: string, submit: string, why: string): Promise<void> {
  await on.getByRole("button", { name: button, exact: true }).click();
  const drawer = on.getByRole("dialog");
  await drawer.getByLabel("Why").fill(why);
  await drawer.getByRole("button", { name: submit, exact: true }).click();
  await drawer.waitFor({ state: "detached" });
}

async function release(on: Page, choice: string, submit: string): Promise<void> {
  await on.getByRole("radio", { name: choice }).check();
  await on.getByLabel("Why").fill("The laboratory says that the name was mistyped.");
  await on.getByRole("button", { name: submit }).click();
}
