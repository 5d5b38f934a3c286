import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ItemView } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { formatDateTime } from "../../parts/format/dates.ts";
import { useItemOrder } from "../governance-queries.ts";

/** What people wrote down about it. */
export function NotesPart({ item }: { readonly item: ItemView }) {
  const [text, setText] = useState("");
  const order = useItemOrder(item.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate({ do: "note", version: item.version, text: text.trim() }, { onSuccess: () => setText("") });
  };
  return (
    <section className="worklist-part" aria-labelledby="item-notes">
      <h2 id="item-notes">Notes</h2>
      {item.notes.length === 0 ? <p className="quiet">No notes yet.</p> : null}
      <ul className="worklist-said">
        {item.notes.map((note) => (
          <li key={note.at}>
            {formatDateTime(note.at)} {note.display} <q>{note.text}</q>
          </li>
        ))}
      </ul>
      <form className="worklist-form" onSubmit={submit}>
        <Textarea
          label="New note"
          value={text}
          autosize
          minRows={2}
          maxLength={10_000}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FormFailure error={order.error} />
        <Button type="submit" size="xs" variant="default" loading={order.isPending} disabled={text.trim() === ""}>
          Keep note
        </Button>
      </form>
    </section>
  );
}
