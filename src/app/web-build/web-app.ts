import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { failed, ok, type Result, unavailable } from "#kernel";
import { isWebAppCurrent } from "./sources.ts";

export { webRoot } from "./sources.ts";

/** Builds the web app unless it is built from the files as they are. Problem: `web-app-not-built`. */
export async function ensureWebApp(): Promise<Result<"built" | "current">> {
  if (await isWebAppCurrent()) return ok("current");
  const child = spawn(process.execPath, [join(import.meta.dirname, "build.ts")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(0, 4_000);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return code === 0 ? ok("built") : failed(notBuilt(said));
}

function notBuilt(said: string) {
  const line = said.split("\n").find((text) => /error|EACCES|EROFS/i.test(text)) ?? said.split("\n")[0] ?? "";
  return unavailable(
    "web-app-not-built",
    `The web app could not be built (${line.trim()}): Corridor runs without it; try npm run build:web.`,
  );
}
