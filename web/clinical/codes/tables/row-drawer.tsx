import { Button, Drawer, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { CodeRowView, CodeTablesView } from "#departments/clinical/api";
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
  const [draft, setDraft] = useState(() =>
    draftOf(
      row,
      tables.guide.find(({ name }) => name === table),
    ),
  );
  const [why, setWhy] = useState("");
  const request = useChangeRow();
  const isReady = why.trim().length >= whyMin;
  const isOfSetUp = row?.file !== undefined;
  const send = (isOut: boolean) => {
    const done = ({ version }: { readonly version: number }) => {
      announce(`Version ${version} of the set-up runs now.`);
      onClose();
    };
    const order = {
      basedOn: tables.version,
      why: why.trim(),
      row: changeOf(isOut && row ? draftOf(row, undefined) : draft, isOut),
    };
    request.mutate(order, { onSuccess: done });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && isWhole(draft)) send(false);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(460px, 100vw)"
      title={row === undefined ? "Add a row" : `What ${row.code} means`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
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
          It is checked with the golden messages and deployed at once: the next message is mapped by it. Results that
          are in the record stay as they are, but for codes of the worklist.
        </p>
        <FormFailure error={request.error} />
        <div className="code-buttons">
          <Button type="submit" disabled={!isReady || !isWhole(draft)} loading={request.isPending}>
            Deploy
          </Button>
          {isOfSetUp ? (
            <Button variant="default" disabled={!isReady || request.isPending} onClick={() => send(true)}>
              Take this row out
            </Button>
          ) : null}
        </div>
      </form>
    </Drawer>
  );
}
