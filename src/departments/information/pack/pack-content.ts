import type { Context } from "#access";
import type { JsonObject } from "#kernel";
import { limits } from "#kernel";
import { keyText, parseBody, type Version } from "#record";
import type { DisclosureEntry } from "./disclosure.ts";
import { redacted } from "./redact.ts";

/** Why a pack cannot be made after all; the message is for people. */
export class PackStopped extends Error {}

/** One reviewed document with what may leave of it; nothing, where it is withheld. */
export interface PackedEntry {
  readonly entry: DisclosureEntry;
  readonly body?: JsonObject;
}

/**
 * The reviewed documents in their order, read a page at a time, as they may leave. Throws `PackStopped` where one is not what
 * was reviewed: nothing that nobody has looked at leaves.
 */
export async function* packedEntries(own: Context, entries: readonly DisclosureEntry[]): AsyncGenerator<PackedEntry> {
  for (let start = 0; start < entries.length; start += limits.disclosurePageMax) {
    const page = entries.slice(start, start + limits.disclosurePageMax);
    const read = await own.record.readMany(page.map(({ kind, id }) => ({ kind, id })));
    if (!read.ok) throw new PackStopped(read.problems[0].message);
    const versions = new Map(read.value.map((version) => [keyText(version), version]));
    for (const entry of page) yield packed(entry, versions.get(keyText(entry)));
  }
}

function packed(entry: DisclosureEntry, version: Version | undefined): PackedEntry {
  if (version?.version !== entry.version) throw new PackStopped(changed);
  const { decision } = entry;
  if (decision === undefined) throw new PackStopped(undecided);
  if (decision.is === "withhold") return { entry };
  const body = parseBody<JsonObject>(version);
  return { entry, body: decision.is === "redact" ? redacted(body, decision.passages) : body };
}

const changed = "A document has changed since it was reviewed: gather again and review what is new.";
const undecided = "A document has not been reviewed.";
