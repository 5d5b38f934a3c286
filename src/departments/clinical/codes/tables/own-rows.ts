import type { CodeRowView } from "../../api/code-tables.ts";
import type { TargetCode } from "../../api/codes.ts";
import type { CodeTable } from "../../configuration/data-files.ts";
import { codingSystem, codingSystemName, localCodesOf } from "../../messages/coding-systems.ts";
import { present } from "../../messages/present.ts";
import { unitsOf } from "../coded-plan.ts";
import { type SenderMap, senderOf } from "../sender-map.ts";
import { everySender } from "../table-maps.ts";
import type { UnknownCode } from "../unknown-code.ts";
import type { PlainRow } from "./guide-rows.ts";

export interface OwnCodes {
  readonly tables: readonly CodeTable[];
  /** What people have approved. */
  readonly maps: readonly SenderMap[];
  /** Codes of the worklist that have a meaning by now, with the ids of the work. */
  readonly counted: readonly { readonly id: string; readonly unknown: UnknownCode }[];
  /** The file that a table is of. */
  fileOf(table: string): string;
}

/** What is said of senders' own codes and units, what counts for every sender first. */
export function ownRows({ tables, maps, counted, fileOf }: OwnCodes): readonly PlainRow[] {
  const work = new Map(counted.map((each) => [workKey(each.unknown), each]));
  const approved = maps.flatMap((map) => approvedRows(map, work));
  const written = tables.flatMap((table) => tableRows(table, { work, file: fileOf(table.name) }));
  const isForAll = ({ layer }: PlainRow) => layer === "trust";
  return [...written.filter(isForAll), ...approved, ...written.filter((row) => !isForAll(row))];
}

type Work = ReadonlyMap<string, OwnCodes["counted"][number]>;

function workKey({ sender, system, code }: Pick<UnknownCode, "sender" | "system" | "code">): string {
  return JSON.stringify([sender, writtenSystem(system, sender), code]);
}

/** `L` for the codes of a sender's own, however it calls them; `units`; else the name that messages have for a system. */
export function writtenSystem(system: string, sender: string): string {
  return system === unitsOf(sender) ? "units" : (codingSystemName(system) ?? system);
}

/** Names of coding systems that are the same to us: `99LAB` is `L`. */
export function plainSystem(from: string): string {
  if (from === "units") return from;
  return codingSystemName(codingSystem(from, { localCodes: localCodesOf(everySender) })) ?? from;
}

function tableRows(
  { sender, from, to, rows }: CodeTable,
  { work, file }: { readonly work: Work; readonly file: string },
): readonly PlainRow[] {
  const isForAll = sender === everySender;
  return rows.map(({ from: code, to: meaning, display, because }) => {
    const table = plainSystem(from);
    const known = isForAll ? undefined : work.get(JSON.stringify([sender, table, code]));
    return present<PlainRow>({
      kind: "own",
      table,
      code,
      text: known?.unknown.text,
      target: targetOf(to, { code: meaning, display }),
      layer: isForAll ? "trust" : "sender",
      sender: isForAll ? undefined : sender,
      file,
      because,
      counted: known && countedView(known),
    });
  });
}

function approvedRows(map: SenderMap, work: Work): readonly PlainRow[] {
  const sender = senderOf(map);
  if (sender === undefined) return [];
  return (map.group ?? []).flatMap(({ source, target, element }) =>
    element.map(({ code, display, target: [meaning] }) => {
      const table = writtenSystem(source, sender);
      const known = work.get(JSON.stringify([sender, table, code]));
      const has = target !== undefined && meaning?.code !== undefined;
      return present<PlainRow>({
        kind: "own",
        table,
        code,
        text: display,
        target: has ? targetOf(target, { code: meaning.code, display: meaning.display }) : undefined,
        layer: "approved",
        sender,
        because: known?.unknown.decision?.comment,
        counted: known && countedView(known),
      });
    }),
  );
}

function countedView({ id, unknown: { count, lastSeenAt } }: OwnCodes["counted"][number]): CodeRowView["counted"] {
  return { id, count, lastSeenAt };
}

function targetOf(
  system: string,
  { code, display }: { readonly code: string; readonly display: string | undefined },
): TargetCode {
  return { system, code, ...(display === undefined ? {} : { display }) };
}
