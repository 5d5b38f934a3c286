import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type ExplainQuery, explainedActions, explainQuery } from "#access/api";
import { actionWords } from "./access-words.ts";

/** Who, what and which document. */
export function ExplainForm({ onAsk }: { onAsk(query: ExplainQuery): void }) {
  const [username, setUsername] = useState("");
  const [action, setAction] = useState<string>("read");
  const [document, setDocument] = useState("");
  const query = explainQuery.safeParse({ username, action, document: document.trim() });
  const isWrong = document !== "" && !explainQuery.shape.document.safeParse(document.trim()).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (query.success) onAsk(query.data);
  };
  return (
    <form className="access-form" onSubmit={submit}>
      <TextInput
        label="User name"
        value={username}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <NativeSelect
        label="May they"
        value={action}
        data={explainedActions.map((value) => ({ value, label: actionWords[value] }))}
        onChange={(event) => setAction(event.currentTarget.value)}
      />
      <TextInput
        label="This document or patient"
        placeholder="Patient/… or Observation/…"
        value={document}
        maxLength={130}
        autoComplete="off"
        spellCheck={false}
        error={isWrong ? "A kind, a slash and an id: Patient/123" : undefined}
        onChange={(event) => setDocument(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!query.success}>
        Ask
      </Button>
    </form>
  );
}
