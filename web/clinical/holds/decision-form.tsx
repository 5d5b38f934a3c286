import { Button, Radio, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { DecidedView, HeldMessageView, MessageView, PatientRow } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { useMe } from "../../shell/session/session.ts";
import { type Choice, choicesOf, readyFor, submitWord } from "./choices.ts";
import { useDecide } from "./hold-queries.ts";
import { PatientChoice } from "./patient-choice.tsx";
import { Proposal } from "./proposal.tsx";
import { sentPerson } from "./sent-patient.ts";

/** As the server asks. */
const commentMin = 3;

interface DecisionFormProps {
  readonly hold: HeldMessageView;
  readonly message: MessageView;
  onDecided(decided: DecidedView): void;
}

/** Release, confirm or reject, with the reason that stays with the message. */
export function DecisionForm({ hold, message, onDecided }: DecisionFormProps) {
  const me = useMe();
  const choices = choicesOf(hold, me?.reference ?? "");
  const [chosen, setChosen] = useState<Choice>();
  const [patient, setPatient] = useState<PatientRow>();
  const [comment, setComment] = useState("");
  const request = useDecide(hold.id);
  const choice = choices.find(({ name }) => name === chosen);
  const ready = readyFor(choice, { patient, comment, commentMin });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (choice === undefined || !ready) return;
    const given = choice.name === "to-patient" && patient !== undefined ? { patient: patient.id } : {};
    const done = (decided: DecidedView) => {
      setChosen(undefined);
      setComment("");
      onDecided(decided);
    };
    request.mutate({ action: choice.action, comment: comment.trim(), ...given }, { onSuccess: done });
  };
  return (
    <section className="worklist-part worklist-decision" aria-labelledby="hold-decide">
      <h2 id="hold-decide">Decide</h2>
      {hold.proposal === undefined ? null : (
        <Proposal proposal={hold.proposal} isMine={hold.proposal.by === me?.reference} />
      )}
      <form className="worklist-form" onSubmit={submit}>
        <Radio.Group label="What becomes of it" value={chosen ?? ""} onChange={(value) => setChosen(value as Choice)}>
          <div className="hold-choices">
            {choices.map(({ name, label, note, disabled }) => (
              <Radio key={name} value={name} label={label} description={note} disabled={disabled} />
            ))}
          </div>
        </Radio.Group>
        {chosen === "to-patient" ? (
          <PatientChoice sent={sentPerson(message)} chosen={patient} onChoose={setPatient} />
        ) : null}
        <Textarea
          label="Why"
          description="Stays with the message: whom you asked, and what they said."
          value={comment}
          maxLength={2_000}
          minLength={commentMin}
          autosize
          minRows={2}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <FormFailure error={request.error} />
        <Button
          type="submit"
          disabled={!ready}
          loading={request.isPending}
          {...(chosen === "reject" ? { color: "red" } : {})}
        >
          {submitWord(choice)}
        </Button>
      </form>
    </section>
  );
}
