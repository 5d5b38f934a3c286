import type { DocumentReference } from "#standards/fhir";
import type { SegmentReader } from "../messages/message-reader.ts";

type Status = Pick<DocumentReference, "status" | "docStatus">;

/** Table 0271, document completion status. */
const docStatuses: Readonly<Record<string, DocumentReference["docStatus"]>> = {
  DI: "preliminary",
  DO: "preliminary",
  IN: "preliminary",
  IP: "preliminary",
  PA: "preliminary",
  AU: "final",
  LA: "final",
};

/** Table 0273, document availability status. */
const statuses: Readonly<Record<string, DocumentReference["status"]>> = {
  AV: "current",
  UN: "current",
  OB: "superseded",
  CA: "entered-in-error",
};

/** TXA-17 and TXA-19; a document that is withdrawn (T11) was in error, whatever they say. Source: v2-to-FHIR TXA-17, TXA-19. */
export function letterStatus(txa: SegmentReader, event: string): Status {
  const completion = known(txa, { field: 17, table: docStatuses });
  const availability = known(txa, { field: 19, table: statuses });
  const status = event === "T11" ? "entered-in-error" : (availability ?? "current");
  return completion === undefined ? { status } : { status, docStatus: completion };
}

function known<T>(
  txa: SegmentReader,
  { field, table }: { readonly field: number; readonly table: Readonly<Record<string, T>> },
): T | undefined {
  const code = txa.peek(field) ?? "";
  if (!Object.hasOwn(table, code)) return undefined;
  txa.text(field);
  return table[code];
}
