/** `node test/recorded-api/screenshots.ts`: takes the pictures of docs/screenshots again, from the recorded replies. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser, type screens, visit } from "../journeys/browser.ts";
import { requireTool } from "../tools.ts";
import { builtWebApp } from "./built-web-app.ts";
import { serveRecordedApi } from "./server.ts";

interface Picture {
  readonly name: string;
  readonly path: string;
  readonly person: "lindqvist" | "baker";
  readonly heading: string;
  readonly screen?: keyof typeof screens;
  readonly colourScheme?: "light" | "dark";
  readonly act?: (page: Page) => Promise<void>;
}

const trendPath = "/patients/osei/results?trend=http%3A%2F%2Floinc.org%7C2823-3";

const pictures: readonly Picture[] = [
  { name: "chart", path: "/patients/osei/results", person: "baker", heading: "Full blood count" },
  {
    name: "trend",
    path: trendPath,
    person: "lindqvist",
    heading: "Potassium",
    colourScheme: "dark",
    act: async (page) => {
      await page.getByRole("application").press("End");
      await page.keyboard.press("ArrowLeft");
    },
  },
  { name: "links", path: "/links", person: "baker", heading: "Westhaven Pathology" },
  { name: "message", path: "/links/messages/m1?tab=parsed", person: "baker", heading: "ORU^R01" },
  { name: "way", path: "/links/messages/m1", person: "baker", heading: "ORU^R01" },
  { name: "alerts", path: "/links/alerts", person: "baker", heading: "How the links stand" },
  { name: "set-up", path: "/links/set-up/edit", person: "baker", heading: "Different from what runs now" },
  {
    name: "explorer",
    path: "/explorer/Observation",
    person: "lindqvist",
    heading: "Observation",
    act: async (page) => {
      await page.getByLabel("Request").fill("/fhir/Observation?subject:Patient.name=osei&date=ge2026-11&_sort=-date");
      await page.getByLabel("Request").press("Enter");
      await page.getByRole("link", { name: "Potassium" }).waitFor();
    },
  },
  { name: "differences", path: "/explorer/Observation/k-22?tab=history", person: "lindqvist", heading: "Differences" },
  { name: "phone", path: "/patients/osei", person: "lindqvist", heading: "Timeline", screen: "phone" },
];

const chromium = requireTool("chromium");
if (chromium.skip !== false) throw new Error(chromium.skip);
const folder = join(import.meta.dirname, "../../docs/screenshots");
await mkdir(folder, { recursive: true });
const api = await serveRecordedApi({ webRoot: await builtWebApp() });
const browser = await launchBrowser(chromium.path);
try {
  for (const picture of pictures) await take(picture);
} finally {
  await browser.close();
  await api.stop();
}

async function take({ name, path, person, heading, screen, colourScheme = "light", act }: Picture): Promise<void> {
  const user = { username: person, password: "password" };
  const { context, page } = await visit({
    browser,
    address: api.address,
    user,
    colourScheme,
    ...(screen === undefined ? {} : { screen }),
  });
  await page.goto(path);
  await page.getByRole("heading", { name: heading }).first().waitFor();
  // The first of those that are left, so it waits for all.
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
  await act?.(page);
  // Fonts and the drawing of a canvas come a moment after the page.
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}
