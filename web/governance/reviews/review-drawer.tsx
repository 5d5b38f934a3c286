import { Button, Drawer, Radio, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type RelationshipView, type ReviewBody, reviewOutcomes } from "#access/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useReview } from "./review-queries.ts";

interface ReviewDrawerProps {
  readonly reviewed: RelationshipView;
  onClose(): void;
}

/** What a review of somebody's access came to. */
export function ReviewDrawer({ reviewed, onClose }: ReviewDrawerProps) {
  const [outcome, setOutcome] = useState("");
  const [note, setNote] = useState("");
  const request = useReview(reviewed.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { outcome, note: note.trim(), version: reviewed.version } as ReviewBody;
    const onSuccess = () => {
      announce("The review is kept.");
      onClose();
    };
    request.mutate(body, { onSuccess });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(460px, 100vw)"
      title={`Review: ${reviewed.actorName}`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="worklist-form" onSubmit={submit}>
        <p>
          {reviewed.reason.title}
          {reviewed.reason.text === "" ? "" : ": "}
          {reviewed.reason.text === "" ? null : <q>{reviewed.reason.text}</q>}
        </p>
        <Radio.Group label="What it came to" value={outcome} onChange={setOutcome}>
          <div className="reviews-outcomes">
            {Object.entries(reviewOutcomes).map(([value, label], at) => (
              <Radio key={value} value={value} label={label} data-autofocus={at === 0 ? true : undefined} />
            ))}
          </div>
        </Radio.Group>
        <Textarea
          label="Note"
          description="Kept with your name."
          value={note}
          maxLength={2_000}
          autosize
          minRows={3}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFailure error={request.error} />
        <Button type="submit" loading={request.isPending} disabled={outcome === ""}>
          Keep the review
        </Button>
      </form>
    </Drawer>
  );
}
