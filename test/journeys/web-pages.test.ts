/**
 * Every page of the web app, on a desktop and on a phone, light and dark, over recorded replies.
 * Source: WCAG 2.2 level AA, by axe-core; Content Security Policy Level 3.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "playwright-core";
import { accessibilityFaults, screens, sidewaysPx, type Visited, visit } from "./browser.ts";
import { chromium, recordedApp } from "./recorded-app.ts";

type Person = "lindqvist" | "baker" | "admin" | "amadi" | "ferreira";

/** Address, who looks, and a heading that shows that the page is there. */
const pages: readonly (readonly [path: string, person: Person | undefined, heading: string])[] = [
  ["/sign-in", undefined, "Sign in"],
  ["/set-password#baker.secret", undefined, "Choose your password"],
  ["/", "lindqvist", "Newest results"],
  ["/", "baker", "Messages that need a person"],
  ["/patients", "lindqvist", "Patients"],
  ["/patients/osei", "lindqvist", "Timeline"],
  ["/patients/osei/results", "baker", "Full blood count"],
  ["/patients/osei/results?trend=http%3A%2F%2Floinc.org%7C2823-3", "lindqvist", "Potassium"],
  ["/patients/osei/cumulative", "lindqvist", "Cumulative results"],
  ["/patients/osei/orders", "lindqvist", "Orders"],
  ["/patients/osei/images", "lindqvist", "Images"],
  ["/viewer", "lindqvist", "Images"],
  ["/viewer/studies/1.2.826.0.1.3680043.10.1400.1", "lindqvist", "Images: CT thorax"],
  ["/patients/osei/documents", "lindqvist", "Documents"],
  ["/patients/osei/consent", "lindqvist", "What the patient said"],
  ["/patients/whitlock", "lindqvist", "WHITLOCK, Arthur (Mr)"],
  ["/patients/closed", "lindqvist", "PRENTICE, Eleanor (Ms)"],
  ["/patients/sealed", "lindqvist", "HOLLOWAY, Marcus (Mr)"],
  ["/patients/baby/results", "lindqvist", "ADEYEMI, Baby"],
  ["/links", "baker", "Westhaven Pathology"],
  ["/links/alerts", "baker", "How the links stand"],
  ["/links/alerts?state=past", "admin", "Alerts"],
  ["/links/messages", "baker", "Messages"],
  ["/links/messages/m1", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=raw", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=deliveries", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=parsed", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=resources", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=acknowledgement", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=not-mapped", "baker", "ORU^R01"],
  ["/links/messages/m3?tab=history", "baker", "ORU^R01"],
  ["/links/holds", "baker", "Held messages"],
  ["/links/holds/m5", "baker", "Decide"],
  ["/links/deliveries", "baker", "Destinations"],
  ["/links/books", "baker", "Books"],
  ["/links/figures?days=7", "baker", "What stood in the way"],
  ["/links/codes", "baker", "Unknown codes"],
  ["/links/codes/c1", "baker", "What does it mean?"],
  ["/links/codes/c2", "baker", "Is that what it means?"],
  ["/links/codes/c3", "baker", "What was said about it"],
  ["/links/codes/coverage", "baker", "WINPATH at WESTHAVEN"],
  ["/links/codes/tables", "baker", "Code tables"],
  ["/links/replay", "baker", "New replay"],
  ["/links/replay/r1", "baker", "Start it"],
  ["/links/replay/r2", "baker", "Which destinations are touched"],
  ["/links/replay/shadow", "baker", "New shadow run"],
  ["/links/replay/shadow/s1", "baker", "What would be different"],
  ["/links/set-up", "baker", "Westhaven Pathology"],
  ["/links/set-up?version=1", "baker", "Roll back to version 1"],
  ["/links/set-up/edit", "baker", "Different from what runs now"],
  ["/links/set-up/history", "baker", "Links set-up"],
  ["/links/simulator", "baker", "New run"],
  ["/links/simulator/s2?with=s1", "baker", "What came out"],
  ["/links/simulator/s3", "baker", "Under way"],
  ["/explorer", "lindqvist", "Saved searches"],
  ["/explorer/Observation", "lindqvist", "Observation"],
  ["/explorer/Observation/k-22", "baker", "Where this came from"],
  ["/explorer/Observation/k-22?tab=json", "lindqvist", "Potassium"],
  ["/explorer/Observation/k-22?tab=history", "lindqvist", "Differences"],
  ["/explorer/Observation/k-22?tab=references", "lindqvist", "Potassium"],
  ["/validation", "lindqvist", "Validation"],
  ["/governance", "amadi", "What is due"],
  ["/governance/requests", "amadi", "Requests"],
  ["/governance/items/g1", "amadi", "Timeline"],
  ["/governance/retention", "amadi", "Disposals"],
  ["/governance/evidence", "amadi", "Evidence"],
  ["/governance/opt-outs", "amadi", "National data opt-outs"],
  ["/governance/reviews", "amadi", "Access to review"],
  ["/governance/access", "amadi", "What each role may do"],
  ["/governance/audit", "amadi", "Audit"],
  ["/governance/who-looked?patient=Patient%2Fosei", "amadi", "People"],
  ["/governance/findings", "amadi", "Tom Osei, 23-Nov-2026"],
  ["/images", "ferreira", "What needs a person"],
  ["/images/waiting", "ferreira", "MRI head"],
  ["/images/aside", "ferreira", "Kept aside"],
  ["/images/hidden", "ferreira", "Hidden images"],
  ["/images/studies/1.2.826.0.1.3680043.10.1400.1", "ferreira", "What happened to it"],
  ["/images/exports", "ferreira", "Exports"],
  ["/images/sending", "ferreira", "Sending"],
  ["/images/rules", "ferreira", "stroke-to-network"],
  ["/images/worklist", "ferreira", "Modality worklist"],
  ["/images/nodes", "ferreira", "READING1"],
  ["/images/storage", "ferreira", "By month and modality"],
  ["/images/retention", "ferreira", "Deletion of 23-Nov-2026"],
  ["/users", "admin", "Users"],
  ["/set-password", "admin", "Change your password"],
  ["/account", "lindqvist", "Where you are signed in"],
  ["/service-accounts", "admin", "Ward tablets"],
  ["/applications", "admin", "Applications"],
  ["/about", "lindqvist", "About Corridor"],
  ["/no-such-page", "lindqvist", "Page not found"],
];

/**
 * In this order, so that a page is loaded once and then turned from one into the next. In the dark nothing but the colours is
 * other, and on a phone they are the same.
 */
const looks = [
  { screen: "desktop", colourScheme: "light", looksFor: "everything" },
  { screen: "desktop", colourScheme: "dark", looksFor: "colours" },
  { screen: "phone", colourScheme: "light", looksFor: "all but colours" },
] as const;

describe("Every page of the web app", { skip: chromium.skip }, () => {
  const app = recordedApp();
  let now: { readonly person: Person | undefined; readonly visited: Visited } | undefined;
  const visitOf = async (person: Person | undefined) => {
    if (now !== undefined && now.person === person) return now.visited;
    await now?.visited.leave();
    const user = person === undefined ? {} : { user: { username: person, password: "password" } };
    now = { person, visited: await visit({ browser: app.browser, address: app.api.address, ...user }) };
    return now.visited;
  };

  // One person after the other, so that each signs in once.
  const byPerson = [...Map.groupBy(pages, ([, person]) => person).values()].flat();
  for (const [path, person, heading] of byPerson) {
    const reader = person ?? "nobody";
    it(`${path} as ${reader} is accessible, fits, and keeps the policy, light, dark and on a phone`, async () => {
      const { page, complaints, elsewhere } = await visitOf(person);
      const [complained, asked] = [complaints.length, elsewhere.length];
      await turn(page, looks[0]);
      await page.goto(path);
      await page.getByRole("heading", { name: heading }).first().waitFor();
      const faults: string[] = [];
      for (const each of looks) {
        await turn(page, each);
        await settled(page);
        const found = [...(await accessibilityFaults(page, each.looksFor)), ...(await widthFaults(page))];
        faults.push(...found.map((fault) => `${each.screen}, ${each.colourScheme}: ${fault}`));
      }
      assert.deepEqual(faults, []);
      assert.deepEqual(complaints.slice(complained), []);
      assert.deepEqual(elsewhere.slice(asked), []);
    });
  }
});

async function turn(page: Page, { screen, colourScheme }: (typeof looks)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: colourScheme });
  await page.setViewportSize(screens[screen]);
}

/** Waits until the page has settled into how it looks now. */
async function settled(page: Page): Promise<void> {
  // Twice: what is measured at the first frame is drawn by the second.
  for (let frame = 0; frame < 2; frame += 1) await page.evaluate("new Promise(requestAnimationFrame)");
  await page.evaluate(transitionsEnd);
  // The first of those that are left, so it waits for all.
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
}

/** Colours glide from one look into the next; a spinner has no end and is not waited for. */
const transitionsEnd = `Promise.allSettled(
  document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime < Infinity).map((each) => each.finished))`;

async function widthFaults(page: Page): Promise<readonly string[]> {
  const px = await sidewaysPx(page);
  return px === 0 ? [] : [`${px} px wider than the screen`];
}
