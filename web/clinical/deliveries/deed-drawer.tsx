import { Button, Drawer, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { type Deed, useDeed } from "./delivery-queries.ts";

interface DeedWords {
  readonly title: string;
  readonly means: string;
  readonly submit: string;
  readonly done: string;
}

const words: Readonly<Record<Deed["is"], DeedWords>> = {
  retry: {
    title: "Try again",
    means: "It is sent at once. If it is taken, its lane goes on.",
    submit: "Try again",
    done: "It is tried again.",
  },
  skip: {
    title: "Skip this delivery",
    means:
      "This message is never sent there, and its lane goes on without it. Whoever needs it must get it another way.",
    submit: "Skip it",
    done: "It is skipped.",
  },
  pause: {
    title: "Pause",
    means: "Nothing more is sent there until somebody resumes it. What waits is kept, in its order.",
    submit: "Pause",
    done: "It is paused.",
  },
  cancel: {
    title: "Let everything go that waits",
    means: "None of these messages is sent to anybody instead. Whoever needs them must get them another way.",
    submit: "Let them go",
    done: "What waited is let go.",
  },
  "send-to": {
    title: "Send to another destination",
    means: "All that waits goes to the other destination, in its order. What that has already is let go.",
    submit: "Send them there",
    done: "What waited goes to the other destination.",
  },
  stop: {
    title: "Stop",
    means:
      "Its messages are not taken until somebody starts it again: their senders keep them, or hear that nobody listens. What was taken goes on to its destinations.",
    submit: "Stop the link",
    done: "The link is stopped.",
  },
  start: {
    title: "Start",
    means: "It takes messages again, within a second.",
    submit: "Start the link",
    done: "The link starts.",
  },
  resume: {
    title: "Resume",
    means: "What waits is sent, in its order.",
    submit: "Resume",
    done: "It is resumed.",
  },
};

interface DeedDrawerProps {
  readonly deed: Deed;
  onClose(): void;
}

/** Asks why, and does it. */
export function DeedDrawer({ deed, onClose }: DeedDrawerProps) {
  const [comment, setComment] = useState("");
  const request = useDeed(deed);
  const { title, means, submit, done } = words[deed.is];
  const send = (event: FormEvent) => {
    event.preventDefault();
    const finish = () => {
      announce(done);
      onClose();
    };
    request.mutate(comment.trim(), { onSuccess: finish });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(460px, 100vw)"
      title={
        <span className="deed-title">
          {title}: {deed.title}
        </span>
      }
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="deed-form" onSubmit={send}>
        <p>{means}</p>
        <Textarea
          label="Why"
          description="Kept with your name."
          value={comment}
          maxLength={1_000}
          autosize
          minRows={3}
          data-autofocus
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <FormFailure error={request.error} />
        <div className="deed-actions">
          <Button
            type="submit"
            loading={request.isPending}
            disabled={comment.trim() === ""}
            {...(deed.is === "skip" || deed.is === "stop" ? { color: "red" } : {})}
          >
            {submit}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
