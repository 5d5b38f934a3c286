import { Button, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { countOf } from "../../parts/format/numbers.ts";
import { useRollBack } from "./set-up-queries.ts";

/** As the server asks. */
const whyMax = 1_000;

interface RollBackFormProps {
  readonly version: number;
  /** Paths of the files that differ from what runs now. */
  readonly changed: readonly string[];
}

/** Going back takes a reason, and says beforehand which files it changes. */
export function RollBackForm({ version, changed }: RollBackFormProps) {
  const navigate = useNavigate();
  const [why, setWhy] = useState("");
  const request = useRollBack();
  const ready = why.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const done = () => {
      announce(`Version ${version} runs again.`);
      void navigate({ to: "/links/set-up" });
    };
    request.mutate({ version, why: why.trim() }, { onSuccess: done });
  };
  return (
    <section className="set-up-card set-up-roll-back" aria-labelledby="set-up-roll-back">
      <h2 id="set-up-roll-back">Roll back to version {version}</h2>
      {changed.length === 0 ? (
        <p>Its files are the same as those that run now.</p>
      ) : (
        <>
          <p>It becomes the newest version. {countOf(changed.length, "file")} would differ from what runs now:</p>
          <ul className="set-up-paths">
            {changed.map((path) => (
              <li key={path} className="fixed-width">
                {path}
              </li>
            ))}
          </ul>
        </>
      )}
      <form className="set-up-form" onSubmit={submit}>
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
        <Button type="submit" disabled={!ready} loading={request.isPending}>
          Roll back
        </Button>
      </form>
    </section>
  );
}
