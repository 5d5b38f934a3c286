import type { Segment } from "#standards/hl7v2";
import { type DraftedMessage, type DraftResource, draftMessage, type ReadyMaps } from "#standards/v2-to-fhir";
import { codingSystem } from "../coding-systems.ts";
import type { SegmentReader } from "../message-reader.ts";
import { Copies, type Copying } from "./copying.ts";
import type { Target } from "./join.ts";
import { type JsonObject, Sources } from "./sources.ts";

export interface DraftingSource {
  /** All of the message, in order. */
  readonly readers: readonly SegmentReader[];
  readonly offsetMinutesAt: (localTime: string) => number;
}

/** What rows make of a message. `wanted`: the fields whose rows are run; absent: all. */
export function draftedBy(
  maps: ReadyMaps,
  { readers, offsetMinutesAt }: DraftingSource,
  wanted?: ReadonlyMap<Segment, ReadonlySet<number>>,
): DraftedMessage {
  const localCodes = readers[0]?.origin.localCodes ?? "";
  return draftMessage(
    readers.map(({ segment }) => segment),
    {
      maps,
      ...(wanted === undefined ? {} : { wanted }),
      settings: { "keeps-messages": "no" },
      conversion: {
        offsetMinutesAt,
        codingSystem: (name) => codingSystem(name, { localCodes }),
        now: "",
        messageBase64: "",
      },
    },
  );
}

/** The drafts of a whole message, and how parts of them are copied into resources. */
export interface Drafted {
  readonly drafted: DraftedMessage;
  copyingInto(contained: JsonObject[] | undefined): Copying;
}

interface WholeSource extends DraftingSource {
  readonly targets: readonly Target[];
  /** `Patient/7c…` */
  readonly subject: string;
}

export function wholeDraft(maps: ReadyMaps, source: WholeSource): Drafted {
  const drafted = draftedBy(maps, source);
  const known = new Map<DraftResource, string>();
  for (const draft of drafted.drafts) {
    const target = targetOf(draft, source.targets);
    if (target !== undefined) known.set(draft, target.reference);
    else if (draft.type === "Patient") known.set(draft, source.subject);
  }
  const sources = new Sources(drafted, new Map());
  return {
    drafted,
    copyingInto: (contained) => ({ sources, copies: new Copies(), known, contained }),
  };
}

/** The resource of the typed mapping that a draft is about. */
export function targetOf({ type, segments }: DraftResource, targets: readonly Target[]): Target | undefined {
  return targets.find(({ where, resource }) => resource.resourceType === type && segments.has(where));
}
