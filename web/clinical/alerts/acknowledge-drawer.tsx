import { Button, Drawer, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { AlertView } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useAcknowledge } from "./alert-queries.ts";
import { ruleWords } from "./alert-words.ts";

/** As the server asks. */
const commentMin = 3;

interface AcknowledgeDrawerProps {
  readonly alert: AlertView;
  onClose(): void;
}

/** Says that one knows of it, and what is done about it; the alert goes on until what it is about is over. */
export function AcknowledgeDrawer({ alert, onClose }: AcknowledgeDrawerProps) {
  const [comment, setComment] = useState("");
  const request = useAcknowledge(alert.id);
  const { title, advice } = ruleWords[alert.rule];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = () => {
      announce("The alert is acknowledged.");
      onClose();
    };
    request.mutate({ action: "acknowledge", comment: comment.trim() }, { onSuccess: done });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(460px, 100vw)"
      title={`Acknowledge: ${title}, ${alert.subject ?? alert.link}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="worklist-form" onSubmit={submit}>
        <p className="alert-advice">{alert.text}</p>
        <p className="alert-advice">{advice}</p>
        <Textarea
          label="What is done about it"
          description="Kept with your name. The alert ends by itself when what it is about is over."
          value={comment}
          maxLength={2_000}
          autosize
          minRows={3}
          data-autofocus
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <FormFailure error={request.error} />
        <Button type="submit" loading={request.isPending} disabled={comment.trim().length < commentMin}>
          Acknowledge
        </Button>
      </form>
    </Drawer>
  );
}
