import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ReplayView } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { useReplayDeed } from "./replay-queries.ts";

/** Pausing takes no reason and can be taken back; stopping is for good, and says why. */
export function ReplayDeeds({ replay: { id, state } }: { readonly replay: ReplayView }) {
  const request = useReplayDeed(id);
  const [isStopping, setStopping] = useState(false);
  const [why, setWhy] = useState("");
  const stop = (event: FormEvent) => {
    event.preventDefault();
    if (why.trim().length >= 3) request.mutate({ is: "stop", body: { why: why.trim() } });
  };
  return (
    <>
      <div className="replay-actions">
        {state === "running" ? (
          <Button loading={request.isPending} onClick={() => request.mutate({ is: "pause", body: {} })}>
            Pause
          </Button>
        ) : null}
        {state === "paused" ? (
          <Button loading={request.isPending} onClick={() => request.mutate({ is: "resume", body: {} })}>
            Go on
          </Button>
        ) : null}
        {isStopping ? null : (
          <Button variant="default" onClick={() => setStopping(true)}>
            Stop for good
          </Button>
        )}
      </div>
      {isStopping ? (
        <form className="replay-form" onSubmit={stop}>
          <TextInput
            label="Why it is stopped"
            description="What was done stays done."
            value={why}
            maxLength={1_000}
            data-autofocus
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
          <div className="replay-actions">
            <Button type="submit" color="red" disabled={why.trim().length < 3} loading={request.isPending}>
              Stop
            </Button>
            <Button variant="default" onClick={() => setStopping(false)}>
              Do not stop
            </Button>
          </div>
        </form>
      ) : null}
      <FormFailure error={request.error} />
    </>
  );
}
