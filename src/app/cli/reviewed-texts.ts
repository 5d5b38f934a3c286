import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { failed, notFound, ok, type Result } from "#kernel";
import type { Invocation } from "./command.ts";

/** Texts that someone has read, one a line, in lower case; none where no file is named. Problem: `no-such-path`. */
export async function reviewedTexts(path: Invocation["options"][string]): Promise<Result<ReadonlySet<string>>> {
  if (typeof path !== "string") return ok(new Set());
  const text = await readFile(resolve(path), "utf8").catch(() => undefined);
  if (text === undefined) return failed(notFound("no-such-path", `There is no file ${path}.`));
  const lines = text.split(/\r?\n/).map((line) => line.trim().toLowerCase());
  return ok(new Set(lines.filter((line) => line !== "")));
}
