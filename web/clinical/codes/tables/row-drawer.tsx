import { Button, Drawer, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { CodeRowChange, CodeRowView, CodeTablesView } from "#departments/clinical/api";
import { FormFailure } from "../../../access/form-message.tsx";
import { announce } from "../../../parts/announcer/announcement.ts";
import { changeOf, draftOf, isWhole } from "./row-draft.ts";
import { RowFields } from "./row-fields.tsx";
import { useChangeRow } from "./table-queries.ts";

/** As the server asks. */
const [whyMin, whyMax] = [3, 900];

interface RowDrawerProps {
  /** Absent: a new one. */
  readonly row: CodeRowView | undefined;
  /** The table that is looked at. */
  readonly table: string | undefined;
  readonly tables: CodeTablesView;
  onClose(): void;
}

/** What a code means for all or for one, and why; it is deployed at once. */
export function RowDrawer({ row, table, tables, onClose }: RowDrawerProps) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(460px, 100vw)"
      title={row === undefined ? "Add a row" : `What ${row.code} means`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <RowForm row={row} table={table} tables={tables} onClose={onClose} />
    </Drawer>
  );
}

function RowForm({ row, table, tables, onClose }: RowDrawerProps) {
  const [draft, setDraft] = useState(() =>
    draftOf(
      row,
      tables.guide.find(({ name }) => name === table),
    ),
  );
  const [why, setWhy] = useState("");
  const request = useChangeRow();
  const isReady = why.trim().length >= whyMin;
  const send = (change: CodeRowChange) => {
    const done = ({ version }: { readonly version: number }) => {
      announce(`Version ${version} of the set-up runs now.`);
      onClose();
    };
    request.mutate({ basedOn: tables.version, why: why.trim(), row: change }, { onSuccess: done });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && isWhole(draft)) send(changeOf(draft, false));
  };
  return (
    <form className="worklist-form" onSubmit={submit}>
      <RowFields draft={draft} tables={tables} isNew={row === undefined} onChange={setDraft} />
      <Textarea
        label="Why"
        description="Stays with the row and in the history of the set-up."
        value={why}
        maxLength={whyMax}
        autosize
        minRows={2}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <p className="quiet code-row-note">
        It is checked with the golden messages and deployed at once: the next message is mapped by it. Results that are
        in the record stay as they are, but for codes of the worklist.
      </p>
      <FormFailure error={request.error} />
      <div className="code-buttons">
        <Button type="submit" disabled={!isReady || !isWhole(draft)} loading={request.isPending}>
          Deploy
        </Button>
        <TakeOut row={row} isReady={isReady && !request.isPending} onTakeOut={send} />
      </div>
    </form>
  );
}

interface TakeOutProps {
  readonly row: CodeRowView | undefined;
  readonly isReady: boolean;
  onTakeOut(change: CodeRowChange): void;
}

/** For rows of the set-up: as they stand, whatever has been typed. */
function TakeOut({ row, isReady, onTakeOut }: TakeOutProps) {
  if (row?.file === undefined) return null;
  return (
    <Button variant="default" disabled={!isReady} onClick={() => onTakeOut(changeOf(draftOf(row, undefined), true))}>
      Take this row out
    </Button>
  );
}
