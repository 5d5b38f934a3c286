import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type DisclosureEntry, grounds, isSettled, type SheetView } from "#departments/information/api";
import { formatDate } from "../../parts/format/dates.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";
import { sheetQuery } from "../governance-queries.ts";
import { flagWords } from "../governance-words.ts";
import { keyOf } from "./entry-key.ts";
import { HeldDrawer } from "./held-drawer.tsx";
import { SheetDeeds } from "./sheet-deeds.tsx";

interface ReviewSheetProps {
  readonly id: string;
  readonly number: number;
}

/** The documents of one sheet, what is flagged on each, and what was decided. */
export function ReviewSheet({ id, number }: ReviewSheetProps) {
  const query = useQuery(sheetQuery(id, number));
  return (
    <Loaded query={query} label="Loading the sheet" rows={8}>
      {(sheet) => <Sheet id={id} sheet={sheet} />}
    </Loaded>
  );
}

function Sheet({ id, sheet }: { readonly id: string; readonly sheet: SheetView }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState<DisclosureEntry>();
  const toggle = (key: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  return (
    <>
      <SheetDeeds id={id} sheet={sheet} keys={[...chosen]} onDone={() => setChosen(new Set())} />
      <div className="table-frame">
        <table className="table table-stacks">
          <caption className="visually-hidden">Documents of this sheet</caption>
          <thead>
            <tr>
              <th scope="col">
                <Checkbox
                  aria-label="All of this sheet"
                  checked={chosen.size === sheet.entries.length}
                  onChange={(event) => setChosen(new Set(event.currentTarget.checked ? sheet.entries.map(keyOf) : []))}
                />
              </th>
              <th scope="col">Document</th>
              <th scope="col">Date</th>
              <th scope="col">Flagged</th>
              <th scope="col">Decided</th>
            </tr>
          </thead>
          <tbody>
            {sheet.entries.map((entry) => (
              <EntryRow
                key={keyOf(entry)}
                entry={entry}
                isChosen={chosen.has(keyOf(entry))}
                onChoose={(isChosen) => toggle(keyOf(entry), isChosen)}
                onShow={() => setShown(entry)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {shown === undefined ? null : (
        <HeldDrawer id={id} sheet={sheet} entry={shown} onClose={() => setShown(undefined)} />
      )}
    </>
  );
}

interface EntryRowProps {
  readonly entry: DisclosureEntry;
  readonly isChosen: boolean;
  onChoose(isChosen: boolean): void;
  onShow(): void;
}

function EntryRow({ entry, isChosen, onChoose, onShow }: EntryRowProps) {
  return (
    <tr>
      <td>
        <Checkbox
          aria-label={`Choose ${entry.kind}: ${entry.title}`}
          checked={isChosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      </td>
      <th scope="row">
        <button type="button" className="governance-open" onClick={onShow}>
          {entry.title}
        </button>
        <span className="worklist-small">{entry.kind}</span>
      </th>
      <td className="nowrap">{entry.date === undefined ? "" : formatDate(entry.date)}</td>
      <td>
        <span className="governance-entry">
          {entry.flags.map((flag) => (
            <Tag key={flag} tone={flag === "serious-harm" ? "bad" : "warn"} icon="alert">
              {flagWords[flag]}
            </Tag>
          ))}
        </span>
      </td>
      <td>
        <Decided entry={entry} />
      </td>
    </tr>
  );
}

function Decided({ entry }: { readonly entry: DisclosureEntry }) {
  const { decision, confirmed } = entry;
  if (decision === undefined) return <span className="quiet">to review</span>;
  const words = decision.is === "give" ? "Given" : decision.is === "withhold" ? "Withheld" : "Given in part";
  const ground = decision.is === "withhold" ? grounds[decision.ground] : undefined;
  return (
    <>
      <Tag tone={isSettled(entry) ? "good" : "warn"} icon={isSettled(entry) ? "check" : "hold"}>
        {isSettled(entry) ? words : `${words}: a second person is needed`}
      </Tag>
      <span className="worklist-small">
        {decision.said.display}
        {confirmed === undefined ? "" : `, confirmed by ${confirmed.display}`}
        {ground === undefined ? "" : ` · ${ground}`}
      </span>
    </>
  );
}
