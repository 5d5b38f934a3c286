import { Button, NumberInput, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ReplayView } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { useReplayDeed } from "./replay-queries.ts";

/** As the server asks. */
const whyMax = 1_000;
const whyMin = 3;
const perSecondDefault = 10;
const perSecondMax = 500;

/** Whoever starts a replay says why, and how fast. */
export function StartForm({ replay: { id, total = 0 } }: { readonly replay: ReplayView }) {
  const [why, setWhy] = useState("");
  const [perSecond, setPerSecond] = useState(perSecondDefault);
  const request = useReplayDeed(id);
  const ready = why.trim().length >= whyMin;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const done = () => announce("The replay has started.");
    request.mutate({ is: "start", body: { why: why.trim(), perSecond } }, { onSuccess: done });
  };
  return (
    <section className="replay-card" data-important="true" aria-labelledby="replay-start">
      <h2 id="replay-start">Start it</h2>
      <form className="replay-form" onSubmit={submit}>
        <Textarea
          label="Why"
          description="Stays with the replay and in the audit log, with your name."
          value={why}
          maxLength={whyMax}
          autosize
          minRows={2}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <NumberInput
          label="Messages a second"
          value={perSecond}
          min={1}
          max={perSecondMax}
          clampBehavior="strict"
          allowDecimal={false}
          maw={200}
          onChange={(value) => setPerSecond(Number(value) || 1)}
        />
        <FormFailure error={request.error} />
        <div className="replay-actions">
          <Button type="submit" disabled={!ready} loading={request.isPending}>
            Replay {countOf(total, "message")}
          </Button>
          <span className="replay-note">{durationWords(total, perSecond)}</span>
        </div>
      </form>
    </section>
  );
}

/** `Takes about 3 minutes.` */
function durationWords(total: number, perSecond: number): string {
  const seconds = Math.ceil(total / perSecond);
  if (seconds < 60) return "Takes less than a minute.";
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120
    ? `Takes about ${countOf(minutes, "minute")}.`
    : `Takes about ${Math.round(minutes / 60)} hours.`;
}
