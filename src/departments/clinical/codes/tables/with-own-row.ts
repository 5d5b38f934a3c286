import type { JsonObject } from "#kernel";
import type { CodeRowChange } from "../../api/code-tables.ts";
import type { ConfigurationFile } from "../../api/configuration.ts";
import { everySender } from "../table-maps.ts";
import { ChangedFiles, rowsIn } from "./changed-files.ts";
import { plainSystem } from "./own-rows.ts";

type OwnChange = Extract<CodeRowChange, { readonly kind: "own" }>;

/**
 * The files with what a code of senders' own means for all of them, or for one: a row of a table. What tables of the same
 * sender said of it before is taken out, and a table without a row with it. Pure.
 */
export function withOwnRow(
  files: readonly ConfigurationFile[],
  change: OwnChange & { readonly because: string },
): readonly ConfigurationFile[] {
  const changed = new ChangedFiles(files);
  const { code, target, because, sender = everySender } = change;
  const isOfChange = (json: JsonObject) =>
    json.sender === sender && plainSystem(String(json.from)) === plainSystem(change.system);
  for (const { path, json } of changed.of("codes").filter((table) => isOfChange(table.json))) {
    const rows = rowsIn(json);
    const others = rows.filter((row) => row.from !== code);
    if (others.length === rows.length) continue;
    const goesBack = target !== null && json.to === target.system;
    if (others.length === 0 && !goesBack) changed.remove(path);
    else changed.set(path, { ...json, rows: others });
  }
  if (target === null) return changed.all;
  const table = changed.of("codes").find(({ json }) => isOfChange(json) && json.to === target.system);
  const { system: to, code: meaning, display } = target;
  const row = { from: code, to: meaning, ...(display === undefined ? {} : { display }), because };
  if (table !== undefined) changed.set(table.path, { ...table.json, rows: [...rowsIn(table.json), row] });
  else changed.set(pathFor(changed, sender), { title: titleOf(change), sender, from: change.system, to, rows: [row] });
  return changed.all;
}

function titleOf({ system, sender }: OwnChange): string {
  const whose = sender === undefined ? "every sender" : sender.split("|").join(" at ");
  return system === "units" ? `Units of ${whose}` : `Codes of ${whose}`;
}

/** `codes/pathlab-meadowlab-2.json`. */
function pathFor(changed: ChangedFiles, sender: string): string {
  const plain = sender
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 32);
  const taken = new Set(changed.of("codes").map(({ name }) => name));
  const name = sender === everySender ? "trust" : plain || "sender";
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? name : `${name}-${number}`;
    if (!taken.has(numbered)) return `codes/${numbered}.json`;
  }
}
