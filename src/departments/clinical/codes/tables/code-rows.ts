import type { z } from "zod";
import { wordsOf } from "#terminology";
import type { CodeLayer, CodeRowView, codeRowsQuery } from "../../api/code-tables.ts";
import { codeLayers } from "../../api/code-tables.ts";
import type { PlainRow } from "./guide-rows.ts";

type Asked = Pick<z.infer<typeof codeRowsQuery>, "q" | "layer" | "table" | "sender">;

/** What all rows say of codes, with what goes before each. */
export class CodeRows {
  readonly #rows: readonly PlainRow[];
  readonly #byCode: ReadonlyMap<string, readonly PlainRow[]>;

  constructor(rows: readonly PlainRow[]) {
    this.#rows = rows;
    this.#byCode = Map.groupBy(rows, keyOf);
  }

  /** Those that are like this, by table and code, the highest layer first; of every table, the hospital's own before the guide's. */
  find(asked: Asked): readonly PlainRow[] {
    const words = wordsOf(asked.q ?? "");
    const found = this.#rows.filter((row) => isLike(row, asked) && hasWords(row, words)).toSorted(byTableAndCode);
    if (asked.table !== undefined) return found;
    const isGuide = ({ layer }: PlainRow) => layer === "official";
    return [...found.filter((row) => !isGuide(row)), ...found.filter(isGuide)];
  }

  view(row: PlainRow): CodeRowView {
    const others = this.#byCode.get(keyOf(row)) ?? [];
    const above = others.filter((other) => other !== row && goesBefore(other, row));
    return { ...row, overriddenBy: above.flatMap(whose) };
  }

  counts(): Readonly<Record<CodeLayer, number>> {
    const counts = { official: 0, uk: 0, trust: 0, approved: 0, sender: 0 };
    for (const { layer } of this.#rows) counts[layer] += 1;
    return counts;
  }
}

function keyOf({ kind, table, code }: PlainRow): string {
  return JSON.stringify([kind, table, kind === "guide" ? code.toUpperCase() : code]);
}

function goesBefore(other: PlainRow, row: PlainRow): boolean {
  if (codeLayers.indexOf(other.layer) <= codeLayers.indexOf(row.layer)) return false;
  return row.sender === undefined || other.sender === undefined || row.sender === other.sender;
}

function whose({ layer, sender, links }: PlainRow): CodeRowView["overriddenBy"] {
  const who = sender === undefined ? (links ?? []) : [sender];
  return who.length === 0 ? [{ layer }] : who.map((each) => ({ layer, who: each }));
}

function isLike(row: PlainRow, { layer, table, sender }: Asked): boolean {
  if (layer !== undefined && row.layer !== layer) return false;
  if (table !== undefined && (table === "own" ? row.kind !== "own" : row.kind !== "guide" || row.table !== table))
    return false;
  return sender === undefined || (row.kind === "own" && (row.sender === undefined || row.sender === sender));
}

function hasWords(row: PlainRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { code, text = "", target, table } = row;
  const own = wordsOf([code, text, target?.code ?? "", target?.display ?? "", table].join(" "));
  return words.every((word) => own.some((each) => each.startsWith(word)));
}

/** What the set-up and people say stands before what the guide has. */
function byTableAndCode(a: PlainRow, b: PlainRow): number {
  if (a.kind !== b.kind) return a.kind === "own" ? -1 : 1;
  return (
    compare(a.table, b.table) ||
    compare(a.code, b.code) ||
    codeLayers.indexOf(b.layer) - codeLayers.indexOf(a.layer) ||
    compare(a.sender ?? "", b.sender ?? "")
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
