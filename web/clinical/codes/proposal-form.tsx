import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CodeView, TargetCode } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { suggestionsQuery, useDecideCode } from "./code-queries.ts";
import { commentMax, commentMin } from "./comment-length.ts";
import { type Choice, chosenMeaning, systemsFor } from "./meaning.ts";
import { MeaningChoice } from "./meaning-choice.tsx";

/** What the terminology suggests, a code of one's own, or that there is none; and why. A second person then answers. */
export function ProposalForm({ code }: { readonly code: CodeView }) {
  const query = useQuery(suggestionsQuery(code.id));
  const [choice, setChoice] = useState<Choice>();
  const [typed, setTyped] = useState<TargetCode>({ system: systemsFor(code.field)[0] ?? "", code: "" });
  const [comment, setComment] = useState("");
  const request = useDecideCode(code.id);
  const meaning = chosenMeaning(choice, query.data?.suggestions ?? [], typed);
  const ready = meaning !== undefined && comment.trim().length >= commentMin;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const target = meaning === "none" ? {} : { target: meaning };
    request.mutate({ action: "propose", comment: comment.trim(), ...target });
  };
  return (
    <section className="worklist-part worklist-decision" aria-labelledby="code-meaning">
      <h2 id="code-meaning">What does it mean?</h2>
      <form className="worklist-form" onSubmit={submit}>
        <Loaded query={query} label="Loading suggestions" rows={4}>
          {({ suggestions }) => (
            <MeaningChoice
              field={code.field}
              suggestions={suggestions}
              choice={choice}
              typed={typed}
              onChoose={setChoice}
              onType={setTyped}
            />
          )}
        </Loaded>
        <Textarea
          label="Why"
          description="What you have looked at, and whom you asked. A second person reads it before approving."
          value={comment}
          minLength={commentMin}
          maxLength={commentMax}
          autosize
          minRows={2}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <FormFailure error={request.error} />
        <Button type="submit" disabled={!ready} loading={request.isPending}>
          Propose
        </Button>
      </form>
    </section>
  );
}
