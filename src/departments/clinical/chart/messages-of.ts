import type { Provenance } from "#standards/fhir";
import { linkMessageKind } from "../messages/link-message.ts";
import { relative } from "./resource-map.ts";

/** By what was written (`DiagnosticReport/7c`): ids of the messages it came from, in the order of the provenances. */
export function messageIds(provenances: readonly Provenance[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const provenance of provenances) {
    const messages = (provenance.entity ?? []).flatMap((entity) => messageId(entity.what.reference) ?? []);
    for (const { reference } of provenance.target) {
      const target = relative(reference ?? "");
      const known = found.get(target) ?? [];
      found.set(target, [...known, ...messages.filter((id) => !known.includes(id))]);
    }
  }
  return found;
}

function messageId(reference: string | undefined): string | undefined {
  const [kind, id] = relative(reference ?? "").split("/");
  return kind === linkMessageKind ? id : undefined;
}
