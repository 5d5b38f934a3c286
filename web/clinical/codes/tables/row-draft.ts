import type { CodeRowChange, CodeRowView, GuideTableView } from "#departments/clinical/api";

/** What stands in the form. */
export interface RowDraft {
  readonly kind: CodeRowChange["kind"];
  /** A table of the guide. */
  readonly table: string;
  /** The coding system of senders' own codes, as it is written. */
  readonly from: string;
  readonly code: string;
  /** A link or sender; empty: all. */
  readonly whose: string;
  readonly system: string;
  readonly target: string;
  readonly display: string;
}

const emptyDraft: RowDraft = {
  kind: "own",
  table: "",
  from: "L",
  code: "",
  whose: "",
  system: "http://loinc.org",
  target: "",
  display: "",
};

/** A row that is there, to be changed or overridden; else an empty one of the table that is looked at. */
export function draftOf(row: CodeRowView | undefined, table: GuideTableView | undefined): RowDraft {
  if (row === undefined) {
    return table?.isOpen === true
      ? { ...emptyDraft, kind: "guide", table: table.name, system: table.system }
      : emptyDraft;
  }
  const { kind, code, target, sender, links = [] } = row;
  return {
    ...emptyDraft,
    kind,
    code,
    ...(kind === "guide" ? { table: row.table } : { from: row.table }),
    whose: sender ?? (links.length === 1 ? (links[0] ?? "") : ""),
    system: target?.system ?? emptyDraft.system,
    target: target?.code ?? "",
    display: target?.display ?? "",
  };
}

export function isWhole({ kind, table, from, code, target, system }: RowDraft): boolean {
  const names = kind === "guide" ? [table] : [from, system];
  return [...names, code, target].every((text) => text.trim() !== "");
}

/** As the server asks for it; `isOut`: the row is taken out. */
export function changeOf(draft: RowDraft, isOut: boolean): CodeRowChange {
  const [code, meaning, system, display] = [draft.code, draft.target, draft.system, draft.display].map((text) =>
    text.trim(),
  );
  const named = display === "" || display === undefined ? {} : { display };
  const whose = draft.whose;
  if (draft.kind === "guide") {
    const target = isOut
      ? null
      : { code: meaning ?? "", ...(system === "" || system === undefined ? {} : { system }), ...named };
    return { kind: "guide", table: draft.table, code: code ?? "", ...(whose === "" ? {} : { link: whose }), target };
  }
  const target = isOut ? null : { code: meaning ?? "", system: system ?? "", ...named };
  return {
    kind: "own",
    system: draft.from.trim(),
    code: code ?? "",
    ...(whose === "" ? {} : { sender: whose }),
    target,
  };
}
