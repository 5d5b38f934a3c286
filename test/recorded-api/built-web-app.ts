import { ensureWebApp, webRoot } from "#app";
import { expectOk } from "#kernel";

/** The folder of the web app as Corridor serves it, built unless it is built from the files as they are. */
export async function builtWebApp(): Promise<string> {
  expectOk(await ensureWebApp());
  return webRoot;
}
