import { Button, Drawer, NativeSelect, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type DisclosureEntry, type Ground, groundNames, grounds, type SheetView } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { heldQuery, useDisclosureDeed } from "../governance-queries.ts";
import { keyOf } from "./entry-key.ts";

interface HeldDrawerProps {
  readonly id: string;
  readonly sheet: SheetView;
  readonly entry: DisclosureEntry;
  onClose(): void;
}

/** One document as it is held, and which passages of it are withheld. */
export function HeldDrawer({ id, sheet, entry, onClose }: HeldDrawerProps) {
  const query = useQuery(heldQuery(id, keyOf(entry)));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(640px, 100vw)"
      title={`${entry.kind}: ${entry.title}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Loaded query={query} label="Loading the document" rows={8}>
        {({ lines }) => (
          <ScrollRegion label="The document as it is held" className="governance-lines">
            {lines.join("\n")}
          </ScrollRegion>
        )}
      </Loaded>
      <Redaction id={id} sheet={sheet} entry={entry} onClose={onClose} />
    </Drawer>
  );
}

function Redaction({ id, sheet, entry, onClose }: HeldDrawerProps) {
  const [text, setText] = useState("");
  const [why, setWhy] = useState("");
  const [ground, setGround] = useState<Ground>("third-party");
  const deed = useDisclosureDeed(id);
  const before = entry.decision?.is === "redact" ? entry.decision.passages : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [{ text: line.trim(), ground }]));
    const order = { do: "redact", passages: [...before, ...said] };
    const reason = why.trim() === "" ? {} : { why: why.trim() };
    const body = { sheet: sheet.number, version: sheet.version, keys: [keyOf(entry)], order, ...reason };
    const onSuccess = () => {
      announce("The passages are withheld.");
      onClose();
    };
    deed.mutate({ deed: "entries", body }, { onSuccess });
  };
  return (
    <form className="worklist-form" onSubmit={submit}>
      <h3>Withhold passages</h3>
      {before.length === 0 ? null : <p>Withheld so far: {before.map((passage) => `“${passage.text}”`).join(", ")}</p>}
      <Textarea
        label="Passages, one on each line, as they stand in the document"
        description="Taken out wherever they stand, in the print and in the FHIR file; embedded files go with them."
        value={text}
        autosize
        minRows={2}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <NativeSelect
        label="Ground"
        value={ground}
        data={groundNames.map((name) => ({ value: name, label: grounds[name] }))}
        onChange={(event) => setGround(event.currentTarget.value as Ground)}
      />
      <Textarea
        label="Reason, or the health professional's opinion"
        value={why}
        autosize
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <FormFailure error={deed.error} />
      <Button type="submit" loading={deed.isPending} disabled={text.trim() === ""}>
        Withhold these passages
      </Button>
    </form>
  );
}
