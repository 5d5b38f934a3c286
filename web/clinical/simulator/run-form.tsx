import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { SimulatorView } from "#departments/clinical/api";
import { instant } from "#kernel";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { hospitalClock } from "../../parts/clock/hospital-clock.ts";
import { now } from "../../parts/clock/now.ts";
import { ExpectedFields } from "./expected-fields.tsx";
import { PaceFields } from "./pace-fields.tsx";
import { isComplete, newDraft, orderOf, type RunDraft } from "./run-draft.ts";
import { useStartRun } from "./simulator-queries.ts";
import { TrafficFields } from "./traffic-fields.tsx";

/** Asks for a run, begins it, and goes to its page. */
export function RunForm({ simulator }: { readonly simulator: SimulatorView }) {
  const addresses = addressesOf(simulator);
  const [draft, setDraft] = useState<RunDraft>(() => ({
    ...newDraft,
    target: addresses[0]?.value ?? "",
    date: yesterday(),
  }));
  const navigate = useNavigate();
  const starting = useStartRun();
  const request = useMutation({ mutationFn: async () => starting.mutateAsync(await orderOf(draft)) });
  const change = (changes: Partial<RunDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const start = (event: FormEvent) => {
    event.preventDefault();
    request.mutate(undefined, {
      onSuccess: ({ id }) => {
        announce("The run has begun.");
        void navigate({ to: "/links/simulator/$id", params: { id } });
      },
    });
  };
  return (
    <form className="simulator-form" onSubmit={start}>
      <fieldset className="simulator-group">
        <legend>Played against</legend>
        <NativeSelect
          label="Address"
          description="Links of this Corridor, and what CORRIDOR_SIMULATOR_TARGETS allows."
          value={draft.target}
          data={addresses}
          onChange={(event) => change({ target: event.currentTarget.value })}
        />
        <Checkbox
          label="Wait for what MSH-15 and MSH-16 ask for"
          checked={draft.enhanced}
          onChange={(event) => change({ enhanced: event.currentTarget.checked })}
        />
      </fieldset>
      <TrafficFields draft={draft} onChange={change} />
      <PaceFields draft={draft} onChange={change} />
      <ExpectedFields draft={draft} onChange={change} />
      <div className="simulator-start">
        <FormFailure error={request.error} />
        <Button type="submit" loading={request.isPending} disabled={!isComplete(draft)}>
          Play
        </Button>
      </div>
    </form>
  );
}

const dayMs = 86_400_000;

/** The newest day that is over: results of the future are held. */
function yesterday(): string {
  return hospitalClock().day(instant(now() - dayMs));
}

function addressesOf({ own, allowed }: SimulatorView) {
  return [
    ...own.map(({ title, address }) => ({ value: `mllp://${address}`, label: `${title}, ${address}` })),
    ...allowed.map((address) => ({ value: address, label: address })),
  ];
}
