import { Button, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { ConfigurationFile, DeploymentView } from "#departments/clinical/api";
import { FormFailure } from "../../../access/form-message.tsx";
import { announce } from "../../../parts/announcer/announcement.ts";
import { useDeploy } from "./edit-queries.ts";

/** As the server asks. */
const whyMax = 1_000;

interface DeployFormProps {
  readonly files: readonly ConfigurationFile[];
  /** The version that was edited; somebody may have deployed another one meanwhile. */
  readonly basedOn: number;
  /** Something is different, and the check has nothing to mend. */
  readonly isReady: boolean;
}

/** Makes the draft what runs, with the reason that stays in the history. */
export function DeployForm({ files, basedOn, isReady }: DeployFormProps) {
  const navigate = useNavigate();
  const [why, setWhy] = useState("");
  const request = useDeploy();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || why.trim() === "") return;
    const done = ({ version }: DeploymentView) => {
      announce(`Version ${version} runs now.`);
      void navigate({ to: "/links/set-up" });
    };
    request.mutate({ files, why: why.trim(), ...(basedOn === 0 ? {} : { basedOn }) }, { onSuccess: done });
  };
  return (
    <section className="worklist-part worklist-decision" aria-labelledby="edit-deploy">
      <h2 id="edit-deploy">Deploy</h2>
      <form className="worklist-form" onSubmit={submit}>
        <Textarea
          label="Why"
          description="Stays in the history. Links whose intake is the same keep their connections."
          value={why}
          maxLength={whyMax}
          autosize
          minRows={2}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <FormFailure error={request.error} />
        <Button type="submit" disabled={!isReady || why.trim() === ""} loading={request.isPending}>
          Deploy
        </Button>
      </form>
    </section>
  );
}
