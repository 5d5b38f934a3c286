import { Button, NativeSelect, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type ItemView, listNamed, type StepName, steps } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useItemOrder } from "../governance-queries.ts";

/** What may be done with it now; a step that needs a reason asks for it. */
export function StepsPart({ item }: { readonly item: ItemView }) {
  const [chosen, setChosen] = useState<StepName>();
  if (item.possible.length === 0) return null;
  return (
    <section className="worklist-part worklist-decision" aria-labelledby="item-steps">
      <h2 id="item-steps">What next</h2>
      <div className="governance-steps">
        {item.possible.map((name) => (
          <Button
            key={name}
            size="xs"
            variant={chosen === name ? "filled" : "default"}
            aria-pressed={chosen === name}
            onClick={() => setChosen(name)}
          >
            {steps[name].title}
          </Button>
        ))}
      </div>
      {chosen === undefined ? null : <StepForm key={chosen} item={item} step={chosen} />}
    </section>
  );
}

function StepForm({ item, step }: { readonly item: ItemView; readonly step: StepName }) {
  const [why, setWhy] = useState("");
  const [outcome, setOutcome] = useState("");
  const order = useItemOrder(item.id);
  const { title, needsWhy = false, needsOutcome = false, why: asked = "Comment" } = steps[step];
  const outcomes = needsOutcome ? (listNamed(item.list)?.outcomes ?? []) : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate(
      {
        do: "step",
        step,
        version: item.version,
        ...(why.trim() === "" ? {} : { why: why.trim() }),
        ...(outcome === "" ? {} : { outcome }),
      },
      { onSuccess: () => announce(`${title}: done.`) },
    );
  };
  const isMissing = (needsWhy && why.trim() === "") || (outcomes.length > 0 && outcome === "");
  return (
    <form className="worklist-form" onSubmit={submit}>
      {outcomes.length === 0 ? null : (
        <NativeSelect
          label="Outcome"
          withAsterisk
          value={outcome}
          data={[{ value: "", label: "Choose" }, ...outcomes]}
          onChange={(event) => setOutcome(event.currentTarget.value)}
        />
      )}
      <Textarea
        label={asked}
        withAsterisk={needsWhy}
        value={why}
        autosize
        minRows={2}
        maxLength={10_000}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <FormFailure error={order.error} />
      <Button type="submit" loading={order.isPending} disabled={isMissing}>
        {title}
      </Button>
    </form>
  );
}
