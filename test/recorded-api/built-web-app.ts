import { expectOk } from "#kernel";
import { ensureWebApp, webRoot } from "../../src/app/web-build/web-app.ts";

/** The folder of the web app as Corridor serves it, built unless it is built from the files as they are. */
export async function builtWebApp(): Promise<string> {
  expectOk(await ensureWebApp());
  return webRoot;
}
