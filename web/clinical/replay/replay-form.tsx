import { Button, Checkbox, Radio } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { ReplayInto } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { type ChoiceTexts, choiceOf, MessageChoiceFields, noChoice } from "./message-choice.tsx";
import { useAskReplay } from "./replay-queries.ts";
import { intoWords } from "./replay-words.ts";

const intos = ["record", "destinations", "both"] as const satisfies readonly ReplayInto[];

/** Chooses messages and what is to be done with them. What it asks for is a preview: nothing is replayed yet. */
export function ReplayForm() {
  const navigate = useNavigate();
  const request = useAskReplay();
  const [texts, setTexts] = useState<ChoiceTexts>(noChoice);
  const [into, setInto] = useState<ReplayInto>("record");
  const [again, setAgain] = useState(false);
  const [isRenamed, setRenamed] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sending = into === "record" ? {} : { again, controlIds: isRenamed ? "new" : "same" };
    request.mutate(
      { choice: choiceOf(texts), into, ...sending },
      { onSuccess: ({ id }) => void navigate({ to: "/links/replay/$id", params: { id } }) },
    );
  };
  return (
    <form className="replay-card replay-form" onSubmit={submit} aria-label="New replay">
      <fieldset>
        <legend>Which messages</legend>
        <MessageChoiceFields texts={texts} onChange={(name, text) => setTexts({ ...texts, [name]: text })} />
      </fieldset>
      <Radio.Group label="Replay them" value={into} onChange={(value) => setInto(value as ReplayInto)}>
        <div className="replay-choices">
          {intos.map((each) => (
            <Radio key={each} value={each} label={intoWords[each]} />
          ))}
        </div>
      </Radio.Group>
      {into === "record" ? null : (
        <div className="replay-choices">
          <Checkbox
            checked={again}
            onChange={(event) => setAgain(event.currentTarget.checked)}
            label="Send again what a destination has unchanged"
          />
          <Checkbox
            checked={isRenamed}
            onChange={(event) => setRenamed(event.currentTarget.checked)}
            label="Under new control IDs"
          />
        </div>
      )}
      <FormFailure error={request.error} />
      <div className="replay-actions">
        <Button type="submit" loading={request.isPending}>
          Preview
        </Button>
        <span className="replay-note">Nothing is replayed before you have seen what would change.</span>
      </div>
    </form>
  );
}
