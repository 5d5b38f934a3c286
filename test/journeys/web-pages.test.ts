/**
 * Every page of the web app, on a desktop and on a phone, light and dark, over recorded replies.
 * Source: WCAG 2.2 level AA, by axe-core; Content Security Policy Level 3.
 */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { type BuiltWebApp, buildWebApp } from "../recorded-api/built-web-app.ts";
import { type RecordedApi, serveRecordedApi } from "../recorded-api/server.ts";
import { requireTool } from "../tools.ts";
import { accessibilityFaults, launchBrowser, sidewaysPx, visit } from "./browser.ts";

const chromium = requireTool("chromium");

type Person = "lindqvist" | "baker" | "admin";

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
  ["/patients/osei/documents", "lindqvist", "Documents"],
  ["/patients/whitlock", "lindqvist", "WHITLOCK, Arthur (Mr)"],
  ["/patients/baby/results", "lindqvist", "ADEYEMI, Baby"],
  ["/links", "baker", "Westhaven Pathology"],
  ["/links/alerts", "baker", "How the links stand"],
  ["/links/alerts?state=past", "admin", "Alerts"],
  ["/links/messages", "baker", "Messages"],
  ["/links/messages/m1", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=parsed", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=resources", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=acknowledgement", "baker", "ORU^R01"],
  ["/links/messages/m1?tab=not-mapped", "baker", "ORU^R01"],
  ["/links/messages/m3?tab=history", "baker", "ORU^R01"],
  ["/links/holds", "baker", "Held messages"],
  ["/links/holds/m5", "baker", "Decide"],
  ["/links/deliveries", "baker", "Destinations"],
  ["/links/books", "baker", "Books"],
  ["/links/codes", "baker", "Unknown codes"],
  ["/links/codes/c1", "baker", "What does it mean?"],
  ["/links/codes/c2", "baker", "Is that what it means?"],
  ["/links/codes/c3", "baker", "What was said about it"],
  ["/links/codes/coverage", "baker", "WINPATH at WESTHAVEN"],
  ["/links/set-up", "baker", "Westhaven Pathology"],
  ["/links/set-up?version=1", "baker", "Roll back to version 1"],
  ["/links/set-up/history", "baker", "Links set-up"],
  ["/explorer", "lindqvist", "Saved searches"],
  ["/explorer/Observation", "lindqvist", "Observation"],
  ["/explorer/Observation/k-22", "baker", "Where this came from"],
  ["/explorer/Observation/k-22?tab=json", "lindqvist", "Potassium"],
  ["/explorer/Observation/k-22?tab=history", "lindqvist", "Differences"],
  ["/explorer/Observation/k-22?tab=references", "lindqvist", "Potassium"],
  ["/validation", "lindqvist", "Validation"],
  ["/users", "admin", "Users"],
  ["/set-password", "admin", "Change your password"],
  ["/about", "lindqvist", "About Corridor"],
  ["/no-such-page", "lindqvist", "Page not found"],
];

const looks = [
  { screen: "desktop", colourScheme: "light" },
  { screen: "desktop", colourScheme: "dark" },
  { screen: "phone", colourScheme: "light" },
] as const;

describe("Every page of the web app", { skip: chromium.skip }, () => {
  let webApp: BuiltWebApp;
  let api: RecordedApi;
  let browser: Browser;
  before(async () => {
    webApp = await buildWebApp();
    api = await serveRecordedApi({ webRoot: webApp.webRoot });
    browser = await launchBrowser(chromium.path);
  });
  after(async () => {
    await browser?.close();
    await api?.stop();
    await webApp?.remove();
  });

  for (const { screen, colourScheme } of looks) {
    for (const [path, person, heading] of pages) {
      const reader = person ?? "nobody";
      it(`${path} as ${reader} on a ${screen}, ${colourScheme}, is accessible, fits, and keeps the policy`, async () => {
        const user = person === undefined ? {} : { user: { username: person, password: "password" } };
        const address = api.address;
        const { context, page, complaints, elsewhere } = await visit({
          browser,
          address,
          screen,
          colourScheme,
          ...user,
        });
        await page.goto(path);
        await page.getByRole("heading", { name: heading }).first().waitFor();
        // The first of those that are left, so it waits for all.
        await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
        assert.deepEqual(await accessibilityFaults(page), []);
        assert.equal(await sidewaysPx(page), 0);
        assert.deepEqual(complaints, []);
        assert.deepEqual(elsewhere, []);
        await context.close();
      });
    }
  }
});
