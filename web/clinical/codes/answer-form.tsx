import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import type { CodeView } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { Icon } from "../../parts/icon/icon.tsx";
import { useMe } from "../../shell/session/session.ts";
import { useDecideCode } from "./code-queries.ts";
import { commentMax, commentMin } from "./comment-length.ts";

/** Approve or refuse what somebody else proposed; the one who did sees that another person is needed. */
export function AnswerForm({ code }: { readonly code: CodeView }) {
  const me = useMe();
  const [comment, setComment] = useState("");
  const request = useDecideCode(code.id);
  if (code.proposal?.by === me?.reference)
    return (
      <p className="worklist-note" role="status">
        <Icon name="patients" size={18} />
        <span>Your proposal is kept. Somebody else has to approve it before it is used.</span>
      </p>
    );
  const ready = comment.trim().length >= commentMin;
  const answer = (action: "approve" | "refuse") => request.mutate({ action, comment: comment.trim() });
  return (
    <section className="worklist-part worklist-decision" aria-labelledby="code-answer">
      <h2 id="code-answer">Is that what it means?</h2>
      <p>
        {code.proposal?.target === undefined
          ? "Approved, the code stays as it was sent and leaves this list."
          : "Approved, it goes into the map of this sender: held messages go on, and recorded results get the code."}
      </p>
      <Textarea
        label="Why"
        description="How you have checked it. It stays with the code."
        value={comment}
        minLength={commentMin}
        maxLength={commentMax}
        autosize
        minRows={2}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <FormFailure error={request.error} />
      <div className="code-buttons">
        <Button disabled={!ready} loading={request.isPending} onClick={() => answer("approve")}>
          Approve
        </Button>
        <Button variant="default" disabled={!ready || request.isPending} onClick={() => answer("refuse")}>
          Refuse
        </Button>
      </div>
    </section>
  );
}
