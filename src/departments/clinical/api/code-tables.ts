import { z } from "zod";
import type { TargetCode } from "./codes.ts";
import type { IsoInstant } from "./page.ts";

/** Whose word a row is, the last before the first: the guide, Corridor's British layer, the trust, one link or sender. */
export const codeLayers = [
  "official", // the v2-to-FHIR guide
  "uk", // comes with Corridor
  "trust", // the set-up, for every link or sender
  "approved", // two people, on the page of unknown codes; of one sender
  "sender", // the set-up, for one link or sender
] as const;
export type CodeLayer = (typeof codeLayers)[number];

const name = z.string().trim().min(1).max(200);

export const codeRowsQuery = z.object({
  /** Words, each of which a row has in its code, its meaning or the name of its table, or one that begins so. */
  q: z.string().trim().max(200).optional(),
  layer: z.enum(codeLayers).optional(),
  /** A table of the guide: `AdministrativeSex`; `own`: senders' own codes and units. */
  table: name.optional(),
  /** Rows that count for this sender: `PATHLAB|MEADOWLAB`. */
  sender: name.optional(),
  /** How many to pass over. */
  from: z.coerce.number().int().min(0).max(10_000_000).optional(),
  count: z.coerce.number().int().min(1).max(200).optional(),
});

const display = z.string().trim().min(1).max(500);
const code = z.string().trim().min(1).max(200);
const system = z.string().trim().min(1).max(200);

export const codeRowBody = z.strictObject({
  /** The version of the set-up that was looked at; 0: nothing was deployed. */
  basedOn: z.int().min(0),
  why: z.string().trim().min(3).max(900),
  row: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("guide"),
      /** `AdministrativeSex`. */
      table: name,
      /** As it is sent. */
      code,
      /** For one link; left out: for all. */
      link: name.exactOptional(),
      /** `null`: the row of the set-up is taken out, and what is below counts again. */
      target: z.strictObject({ code, system: system.exactOptional(), display: display.exactOptional() }).nullable(),
    }),
    z.strictObject({
      kind: z.literal("own"),
      /** The coding system as the sender writes it, `L` where it writes none; `units`. */
      system: name,
      code,
      /** For one sender, `PATHLAB|MEADOWLAB`; left out: for all. */
      sender: name.exactOptional(),
      target: z.strictObject({ code, system, display: display.exactOptional() }).nullable(),
    }),
  ]),
});

export type CodeRowChange = Readonly<z.infer<typeof codeRowBody>>["row"];

export interface CodeTablesView {
  /** Of the set-up; 0: nothing was deployed. */
  readonly version: number;
  /** Those of the guide, by name. */
  readonly guide: readonly GuideTableView[];
  readonly links: readonly { readonly name: string; readonly title: string }[];
  /** Those whose codes are known or have been counted. */
  readonly senders: readonly string[];
  /** How many rows each layer has. */
  readonly rows: Readonly<Record<CodeLayer, number>>;
}

export interface GuideTableView {
  /** `AdministrativeSex`. */
  readonly name: string;
  /** `HL70001`. */
  readonly table: string;
  /** Of most of its meanings. */
  readonly system: string;
  readonly rows: number;
  /** What is translated by it, and the element that the meaning goes into. */
  readonly uses: readonly { readonly from: string; readonly element: string }[];
  /** Where the element has these codes alone. */
  readonly codes?: readonly string[];
  /** The set-up may change it. */
  readonly isOpen: boolean;
}

export interface CodeRowsPage {
  /** Of the set-up that they are of; 0: nothing was deployed. */
  readonly version: number;
  readonly rows: readonly CodeRowView[];
  readonly total: number;
  /** `from` of the next page. */
  readonly next?: number;
}

export interface CodeRowView {
  readonly kind: CodeRowChange["kind"];
  /** A table of the guide; of senders' own codes, the coding system as it is written, `L` or `units`. */
  readonly table: string;
  /** As it is sent. */
  readonly code: string;
  /** What the sender calls it. */
  readonly text?: string;
  /** Absent: there is no other code for it. */
  readonly target?: TargetCode;
  readonly layer: CodeLayer;
  /** The links that it counts for, where these are not all. */
  readonly links?: readonly string[];
  /** The sender that it counts for, where it is one. */
  readonly sender?: string;
  /** `mappings/trust.json`: where the set-up has it. */
  readonly file?: string;
  readonly because?: string;
  /** What goes before it, and for whom: a link or sender, or all. */
  readonly overriddenBy: readonly { readonly layer: CodeLayer; readonly who?: string }[];
  /** How often it came before it had a meaning, and the work that it was. */
  readonly counted?: { readonly id: string; readonly count: number; readonly lastSeenAt: IsoInstant };
}
