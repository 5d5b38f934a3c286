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

/** What somebody has open, and what was noticed meanwhile. */
export interface Visited {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors and policy violations, as the browser's console tells them. */
  readonly complaints: readonly string[];
  /** Every address outside Corridor that a page asked for. */
  readonly elsewhere: readonly string[];
  /** Ends the visit and leaves the page clean, for the next one to the same address. */
  leave(): Promise<void>;
}

interface Noticed {
  complaints: string[];
  elsewhere: string[];
}

interface OpenPage {
  readonly address: string;
  readonly page: Page;
  /** Of the visit that has the page now. */
  readonly noticed: Noticed;
}

/** Pages that were left: to open another costs a second of processor time, most of it for the same program again. */
const leftPages = new WeakMap<Browser, OpenPage[]>();

/** A page in which nothing stems from another test. */
export async function visit({ browser, address, screen = "desktop", colourScheme, user }: Visit): Promise<Visited> {
  const opened = takeLeftPage(browser, address) ?? (await openPage(browser, address));
  const { page, noticed } = opened;
  const context = page.context();
  const [complaints, elsewhere]: [string[], string[]] = [[], []];
  Object.assign(noticed, { complaints, elsewhere });
  await page.setViewportSize(screens[screen]);
  await page.emulateMedia({ colorScheme: colourScheme ?? null });
  if (user !== undefined) {
    const reply = await context.request.post("/api/access/sign-in", { data: user, headers: { "x-corridor": "1" } });
    if (!reply.ok()) throw new Error(`Signing in as ${user.username} was answered with ${reply.status()}.`);
  }
  const leave = async () => {
    await clean(opened);
    leftPages.set(browser, [...(leftPages.get(browser) ?? []), opened]);
  };
  return { context, page, complaints, elsewhere, leave };
}

function takeLeftPage(browser: Browser, address: string): OpenPage | undefined {
  const left = leftPages.get(browser) ?? [];
  const found = left.find((each) => each.address === address);
  leftPages.set(
    browser,
    left.filter((each) => each !== found),
  );
  return found;
}

async function openPage(browser: Browser, address: string): Promise<OpenPage> {
  const context = await browser.newContext({ baseURL: address, locale: "en-GB", timezoneId: "Europe/London" });
  const page = await context.newPage();
  const noticed: Noticed = { complaints: [], elsewhere: [] };
  page.on("pageerror", (error) => noticed.complaints.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    // A refused request is no fault of a page.
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) noticed.complaints.push(text);
  });
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(about|data|blob):/.test(url)) noticed.elsewhere.push(url);
  });
  return { address, page, noticed };
}

/** On a picture of the same address: nothing of the web app runs, and the next page needs no process of its own. */
async function clean({ page }: OpenPage): Promise<void> {
  await page.goto("/favicon.svg");
  await page.evaluate("localStorage.clear(); sessionStorage.clear();");
  await page.context().clearCookies();
}

interface AxeFinding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Rules whose findings axe never calls more than moderate. */
const lesser = [
  "aria-allowed-role",
  "empty-table-header",
  "form-field-multiple-labels",
  "heading-order",
  "image-redundant-alt",
  "landmark-banner-is-top-level",
  "landmark-complementary-is-top-level",
  "landmark-contentinfo-is-top-level",
  "landmark-main-is-top-level",
  "landmark-no-duplicate-banner",
  "landmark-no-duplicate-contentinfo",
  "landmark-no-duplicate-main",
  "landmark-one-main",
  "landmark-unique",
  "page-has-heading-one",
  "presentation-role-conflict",
  "region",
  "skip-link",
  "table-duplicate-name",
];

/** Serious and critical findings of axe on what is shown now, a line each: WCAG 2.2 level A and AA. */
export async function accessibilityFaults(
  page: Page,
  only: "everything" | "colours" | "all but colours" = "everything",
) {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(await readFile(axePath, "utf8"));
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const runOnly = only === "colours" ? { type: "rule", values: ["color-contrast"] } : { type: "tag", values: tags };
  const without = only === "all but colours" ? [...lesser, "color-contrast"] : lesser;
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
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
