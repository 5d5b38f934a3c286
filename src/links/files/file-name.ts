import { createHash } from "node:crypto";
import { limits } from "#kernel";

/**
 * The name of the file that a message becomes: its control id, with each byte that is no letter, digit, dash or underscore
 * (nor a dot inside) written as `%2F`, so that no two ids share a name; a long one ends in its hash. `extension` is taken
 * as it is: `.hl7`.
 */
export function fileNameOf(controlId: string, extension: string): string {
  const safe = controlId === "" ? "%" : Array.from(Buffer.from(controlId, "utf8"), escaped).join("");
  const suffix = extension === "" || extension.startsWith(".") ? extension : `.${extension}`;
  if (safe.length <= limits.fileNameCharactersMax) return `${safe}${suffix}`;
  const hash = createHash("sha256").update(controlId).digest("hex").slice(0, 32);
  return `${safe.slice(0, limits.fileNameCharactersMax - hash.length - 1)}%${hash}${suffix}`;
}

/** A dot may not be first: such files are hidden, and `..` is a folder. */
function escaped(byte: number, at: number): string {
  const sign = String.fromCharCode(byte);
  if (/[A-Za-z0-9_-]/.test(sign) || (sign === "." && at > 0)) return sign;
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** `*.hl7`: a star is any characters, a question mark one, all else itself. Hidden files only where the pattern is of one. */
export function fileNamePattern(pattern: string): (name: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "su");
  return (name) => expression.test(name) && (!name.startsWith(".") || pattern.startsWith("."));
}
