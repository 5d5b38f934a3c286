import type { Json } from "#kernel";
import { type DraftedMessage, type DraftResource, type Mark, markOf } from "#standards/v2-to-fhir";
import type { SegmentReader } from "../message-reader.ts";
import type { Leftovers } from "./leftovers.ts";

export type JsonObject = Record<string, Json>;

/** A leftover value that rows have put somewhere into a draft. */
export interface Placed {
  readonly reader: SegmentReader;
  readonly value: Parameters<SegmentReader["join"]>[0];
  readonly mark: Mark;
  /** The typed mapping has read nothing of the repetition that it is in. */
  readonly isFree: boolean;
}

/** What rows have drafted, and which parts of it hold values that are left over. */
export class Sources {
  readonly drafts: readonly DraftResource[];
  readonly placed: readonly Placed[];
  readonly #byId: ReadonlyMap<string, DraftResource>;
  readonly #touched = new Map<object, Placed[]>();

  constructor({ drafts, marks }: DraftedMessage, left: Leftovers) {
    this.drafts = drafts;
    this.#byId = new Map(drafts.map((draft) => [`${draft.type}/${draft.id}`, draft]));
    this.placed = [...left].flatMap(([reader, values]) =>
      values.flatMap((value) => {
        const mark = markOf(value, marks);
        if (mark?.key === undefined) return [];
        return [{ reader, value, mark, isFree: !reader.isRead(value.place.field, value.place.repetition) }];
      }),
    );
    for (const each of this.placed) {
      const known = this.#touched.get(each.mark.holder);
      if (known === undefined) this.#touched.set(each.mark.holder, [each]);
      else known.push(each);
    }
  }

  /** The draft that a reference of another points at. */
  pointed(reference: Json | undefined): DraftResource | undefined {
    return typeof reference === "string" ? this.#byId.get(reference) : undefined;
  }

  /** The leftover values within a part of a draft, through references into what is no resource of its own. */
  within(json: Json | undefined, seen: Set<object> = new Set()): readonly Placed[] {
    if (typeof json !== "object" || json === null || seen.has(json)) return [];
    seen.add(json);
    if (Array.isArray(json)) return json.flatMap((each) => this.within(each, seen));
    const own = this.#touched.get(json) ?? [];
    const beyond = this.pointed((json as JsonObject).reference);
    const inner = Object.values(json as JsonObject).flatMap((each) => this.within(each, seen));
    const pointed = beyond !== undefined && supporting.has(beyond.type) ? this.within(beyond.json, seen) : [];
    return [...own, ...inner, ...pointed];
  }

  /** The same of one member. */
  at(holder: JsonObject, key: string): readonly Placed[] {
    const own = (this.#touched.get(holder) ?? []).filter(({ mark }) => mark.key === key);
    return [...own, ...this.within(holder[key])];
  }
}

/** Who and what has a part in care: a message from elsewhere does not make them, they are told of where they are named. */
export const supporting: ReadonlySet<string> = new Set([
  ...["Practitioner", "PractitionerRole", "Organization", "Location", "Device", "DeviceDefinition", "RelatedPerson"],
  ...["Substance", "Medication", "Endpoint", "HealthcareService", "Group"],
]);
