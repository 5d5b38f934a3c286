import { Button, Checkbox, NativeSelect, Radio, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ConsentChoice, ConsentEffectView, ConsentSubject, RoleView } from "#access/api";
import { FormFailure, FormNote } from "../../../access/form-message.tsx";
import { rolesQuery } from "../../../access/users/user-queries.ts";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { usePreview, useRecord } from "./consent-queries.ts";

const subjects: readonly { readonly value: ConsentSubject; readonly label: string }[] = [
  { value: "everything", label: "The whole record" },
  { value: "results", label: "Results and what was asked for them" },
  { value: "documents", label: "Letters and other documents" },
  { value: "problems", label: "Problems, allergies and procedures" },
  { value: "medicines", label: "Medicines and immunisations" },
  { value: "images", label: "Images" },
  { value: "visits", label: "Visits and appointments" },
];

const first: ConsentChoice = { decision: "deny", roles: [], subject: "everything" };

/** Who, which part and until when; it is shown what would change before anything is recorded. */
export function ConsentForm({ id }: { readonly id: string }) {
  const [choice, setChoice] = useState(first);
  const [preview, record] = [usePreview(id), useRecord(id)];
  const change = (part: Partial<ConsentChoice>) => {
    setChoice((before) => ({ ...before, ...part }));
    preview.reset();
    record.reset();
  };
  return (
    <section aria-labelledby="consent-record">
      <h2 id="consent-record" className="consent-head">
        Record what the patient says
      </h2>
      <form
        className="consent-form"
        onSubmit={(event) => {
          event.preventDefault();
          preview.mutate(choice);
        }}
      >
        <Choices choice={choice} onChange={change} />
        <FormFailure error={preview.error ?? record.error} />
        <div className="consent-actions">
          <Button type="submit" variant="default" loading={preview.isPending}>
            Show what would change
          </Button>
          <Button
            onClick={() => record.mutate(choice, { onSuccess: () => preview.reset() })}
            disabled={preview.data === undefined}
            loading={record.isPending}
          >
            Record
          </Button>
        </div>
        {preview.data === undefined ? null : <Effects effects={preview.data} />}
        {record.isSuccess ? <FormNote>It is recorded, and counts from now on.</FormNote> : null}
      </form>
    </section>
  );
}

interface ChoicesProps {
  readonly choice: ConsentChoice;
  onChange(part: Partial<ConsentChoice>): void;
}

function Choices({ choice, onChange }: ChoicesProps) {
  const roles = useQuery(rolesQuery);
  const until = (value: string) => onChange({ until: value === "" ? undefined : value });
  return (
    <>
      <Radio.Group
        label="What is said"
        value={choice.decision}
        onChange={(value) => onChange({ decision: value === "permit" ? "permit" : "deny" })}
      >
        <div className="consent-radios">
          <Radio value="deny" label="They may not see it" />
          <Radio value="permit" label="They may see it" />
        </div>
      </Radio.Group>
      <Loaded query={roles} label="Loading roles" rows={3}>
        {(list) => <Roles roles={list} chosen={choice.roles} onChange={(chosen) => onChange({ roles: chosen })} />}
      </Loaded>
      <div className="consent-pair">
        <NativeSelect
          label="Which part"
          description="Of the record"
          data={[...subjects]}
          value={choice.subject}
          onChange={({ currentTarget }) => onChange({ subject: currentTarget.value as ConsentSubject })}
        />
        <TextInput
          type="date"
          label="Until, its last day"
          description="Empty: until it is taken back"
          value={choice.until ?? ""}
          onChange={({ currentTarget }) => until(currentTarget.value)}
        />
      </div>
    </>
  );
}

/** Of those who read charts; others see nothing of one anyway. */
const departments = ["Clinical care", "Clinical informatics", "Information management"];

interface RolesProps {
  readonly roles: readonly RoleView[];
  readonly chosen: readonly string[];
  onChange(chosen: string[]): void;
}

function Roles({ roles, chosen, onChange }: RolesProps) {
  return (
    <fieldset className="consent-roles">
      <legend>Who (none chosen: everybody)</legend>
      <Checkbox.Group value={[...chosen]} onChange={onChange}>
        <div className="consent-role-list">
          {roles
            .filter(({ department }) => departments.includes(department))
            .map(({ name, title }) => (
              <Checkbox key={name} value={name} label={title} size="sm" />
            ))}
        </div>
      </Checkbox.Group>
    </fieldset>
  );
}

function Effects({ effects }: { readonly effects: readonly ConsentEffectView[] }) {
  if (effects.length === 0)
    return <FormNote>Nobody would see less than now: nothing that is on this record is concerned.</FormNote>;
  return (
    <div role="status" className="consent-effects">
      <p>By this alone they would no longer see:</p>
      <ul>
        {effects.map(({ role, closed }) => (
          <li key={role}>
            <strong>{role}</strong>: {closed.map(({ kind, count, of }) => `${kind} ${count} of ${of}`).join(", ")}
          </li>
        ))}
      </ul>
    </div>
  );
}
