import { incorrect, type JsonObject } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import type { UnknownInMessage } from "../messages/link-message.ts";
import type { MappedCode } from "./code-map.ts";
import { unknownCodeKind } from "./unknown-code-id.ts";

export const unknownCodeStates = [
  "open", // somebody has to say what it means
  "proposed", // a second person has to approve
  "approved", // in the map; what waits or was recorded before is being worked on
  "mapped", // done
  "aside", // approved that there is no other code for it
] as const;

export type UnknownCodeState = (typeof unknownCodeStates)[number];

/** A code or unit of one sender that no map knew: the work of finding out what it means. */
export type UnknownCode = {
  /** `PATHLAB|MEADOWLAB`. */
  readonly sender: string;
  readonly field: UnknownInMessage["field"];
  readonly system: string;
  readonly code: string;
  readonly text?: string;
  /** Units that its results had, the first few. */
  readonly units: readonly string[];
  readonly state: UnknownCodeState;
  /** How often it has come. */
  readonly count: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Ids of the first messages that it came in. */
  readonly examples: readonly string[];
  readonly proposal?: CodeProposal;
  readonly decision?: CodeDecision;
  /** What the approval has changed. */
  readonly applied?: { readonly released: number; readonly recoded: number };
};

export type CodeDecision = {
  readonly by: string;
  readonly display: string;
  readonly at: string;
  readonly comment: string;
};

/** Without `target`: there is no other code for it. */
export type CodeProposal = CodeDecision & { readonly target?: MappedCode };

/** How the results of one sender on one day were coded as they arrived. */
export type CodeCoverage = {
  readonly sender: string;
  /** `2026-11-23`, of arrival, UTC. */
  readonly day: string;
  readonly results: number;
  readonly coded: number;
};

export const codeCoverageKind = "CodeCoverage";
/** How far the messages have been counted. Written with what they came to, so that nothing is counted twice. */
export const codeCursorKind = "CodeCursor";

const dayMs = 24 * 60 * 60_000;

export const codeKinds: readonly KindDefinition[] = [
  {
    kind: unknownCodeKind,
    check: ({ state, sender, code }) =>
      sound(unknownCodeStates.some((known) => known === state) && isText(sender) && isText(code), unknownCodeKind),
    index: (body) => {
      const { state, sender, field, lastSeenAt, count } = body as unknown as UnknownCode;
      const seenMs = Date.parse(lastSeenAt);
      return {
        ...noEntries,
        keys: [`state=${state}`, `sender=${sender}`, `field=${field}`],
        dates: [{ parameter: "seen", fromMs: seenMs, toMs: seenMs + 1 }],
        numbers: [{ parameter: "count", low: count, high: count }],
      };
    },
  },
  {
    kind: codeCoverageKind,
    check: ({ sender, day }) => sound(isText(sender) && isText(day), codeCoverageKind),
    index: (body) => {
      const { sender, day } = body as unknown as CodeCoverage;
      const fromMs = Date.parse(day);
      return {
        ...noEntries,
        keys: [`sender=${sender}`],
        dates: [{ parameter: "day", fromMs, toMs: fromMs + dayMs }],
      };
    },
  },
  {
    kind: codeCursorKind,
    check: ({ position }: JsonObject) => sound(Number.isSafeInteger(position), codeCursorKind),
    index: () => noEntries,
  },
];

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function sound(isSound: boolean, kind: string) {
  return isSound ? [] : [incorrect("element-invalid", "An element is missing or not sound.", { where: kind })];
}
