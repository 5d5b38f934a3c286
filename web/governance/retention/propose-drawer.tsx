import { Button, Drawer, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { RetentionRow } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useFocusBack } from "../../parts/focus/use-focus-back.ts";
import { useDisposal } from "../governance-queries.ts";

interface ProposeDrawerProps {
  readonly row: RetentionRow;
  onClose(): void;
}

/** Proposes a disposal; somebody else decides. */
export function ProposeDrawer({ row, onClose }: ProposeDrawerProps) {
  useFocusBack();
  const [why, setWhy] = useState("");
  const request = useDisposal();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = () => {
      announce("The disposal is proposed.");
      onClose();
    };
    request.mutate({ body: { patient: row.patient, why: why.trim() } }, { onSuccess });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(460px, 100vw)"
      title={`Propose disposal: ${row.name}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="worklist-form" onSubmit={submit}>
        <p>
          {row.title}. A second person decides; then everything that is held about the patient is erased for good, with
          every earlier version, and a certificate says what.
        </p>
        <Textarea
          label="What was reviewed, and why it need not be kept"
          withAsterisk
          value={why}
          autosize
          minRows={3}
          data-autofocus
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <FormFailure error={request.error} />
        <Button type="submit" loading={request.isPending} disabled={why.trim() === ""}>
          Propose
        </Button>
      </form>
    </Drawer>
  );
}
