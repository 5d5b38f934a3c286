/** The web app over recorded replies, in a real browser: one for all tests of a file, gone after them. */
import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Browser, Page, Request } from "playwright-core";
import { builtWebApp } from "../recorded-api/built-web-app.ts";
import { type RecordedApi, serveRecordedApi } from "../recorded-api/server.ts";
import { requireTool } from "../tools.ts";
import { launchBrowser, visit } from "./browser.ts";

export const chromium = requireTool("chromium");

export interface RecordedApp {
  readonly browser: Browser;
  readonly api: RecordedApi;
}

/** Within a `describe`; what it gives is there once its tests run. */
export function recordedApp(): RecordedApp {
  let browser: Browser | undefined;
  let api: RecordedApi | undefined;
  before(async () => {
    api = await serveRecordedApi({ webRoot: await builtWebApp() });
    browser = await launchBrowser(chromium.path);
  });
  after(async () => {
    await browser?.close();
    await api?.stop();
  });
  return {
    get browser() {
      return there(browser);
    },
    get api() {
      return there(api);
    },
  };
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("the web app is not open yet, or not any more");
  return part;
}

export interface Opened {
  readonly page: Page;
  /** Method and address of each request to the FHIR door. */
  readonly asked: readonly string[];
}

/** A page for somebody, with nothing of another test in it; nothing may complain, and nothing may be asked of another address. */
export async function openPage(
  { browser, api }: RecordedApp,
  { username, path }: { readonly username: string; readonly path: string },
  act: (opened: Opened) => Promise<void>,
): Promise<void> {
  const user = { username, password: "password" };
  const { page, complaints, elsewhere, leave } = await visit({ browser, address: api.address, user });
  const asked: string[] = [];
  page.on("request", (request: Request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith("/fhir")) asked.push(`${request.method()} ${pathname}${decodeURIComponent(search)}`);
  });
  try {
    await page.goto(path);
    await act({ page, asked });
    assert.deepEqual([complaints, elsewhere], [[], []]);
  } finally {
    await leave();
  }
}
