import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, headless: true, args: quiet });
}

/** The screens that a page must fit. */
export const screens = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

export interface Visit {
  readonly browser: Browser;
  /** `http://127.0.0.1:40123`. */
  readonly address: string;
  readonly screen?: keyof typeof screens;
  readonly colourScheme?: "light" | "dark";
  /** Whose session the browser starts with; without one nobody is signed in. */
  readonly user?: { readonly username: string; readonly password: string };
}

/** A browser of its own: nothing in it stems from another test. */
export async function visit({ browser, address, screen = "desktop", colourScheme, user }: Visit) {
  const context = await browser.newContext({
    baseURL: address,
    viewport: screens[screen],
    locale: "en-GB",
    timezoneId: "Europe/London",
    ...(colourScheme === undefined ? {} : { colorScheme: colourScheme }),
  });
  if (user !== undefined) {
    const reply = await context.request.post("/api/access/sign-in", { data: user, headers: { "x-corridor": "1" } });
    if (!reply.ok()) throw new Error(`Signing in as ${user.username} was answered with ${reply.status()}.`);
  }
  const page = await context.newPage();
  return { context, page, complaints: complaintsOf(page), elsewhere: requestsElsewhere(context, address) };
}

/** Errors and policy violations, as the browser's console tells them; a refused request is no fault of a page. */
function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) complaints.push(text);
  });
  return complaints;
}

/** Every address outside Corridor that a page asked for. */
function requestsElsewhere(context: BrowserContext, address: string): readonly string[] {
  const elsewhere: string[] = [];
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:") && !url.startsWith("blob:")) elsewhere.push(url);
  });
  return elsewhere;
}

interface AxeFinding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Serious and critical findings of axe on what is shown now, a line each: WCAG 2.2 level A and AA. */
export async function accessibilityFaults(
  page: Page,
  only: "everything" | "colours" | "all but colours" = "everything",
) {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(await readFile(axePath, "utf8"));
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const runOnly = only === "colours" ? { type: "rule", values: ["color-contrast"] } : { type: "tag", values: tags };
  const rules = only === "all but colours" ? { "color-contrast": { enabled: false } } : {};
  const { violations } = (await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(runOnly)}, rules: ${JSON.stringify(rules)}, resultTypes: ["violations"] })`,
  )) as { violations: readonly AxeFinding[] };
  return violations
    .filter((finding) => finding.impact === "serious" || finding.impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`));
}

/**
 * Waits until an expression is true in the page. Playwright's own way puts the expression together inside the page, which
 * the page's policy forbids.
 */
export async function untilTrue(page: Page, expression: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while ((await page.evaluate(expression)) !== true) {
    if (Date.now() > deadline) throw new Error(`Never true in the page: ${expression}`);
    await page.waitForTimeout(25);
  }
}

/** How many pixels a page is wider than its screen; 0 when nobody has to scroll sideways. */
export async function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}

/** What a reader sees of a part of a page, lines and cells kept apart. */
export async function shownText(part: Locator): Promise<string> {
  await part.waitFor();
  return (await part.allInnerTexts()).join("\n");
}
