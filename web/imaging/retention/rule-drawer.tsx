import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { NodeView, RetentionRuleView } from "#departments/clinical/api";
import { RuleForm } from "../rule-form.tsx";
import { bodyOf, draftOf, isReady, type RetentionDraft } from "./rule-draft.ts";

interface RuleDrawerProps {
  /** Undefined for a new one. */
  readonly rule: RetentionRuleView | undefined;
  readonly nodes: readonly NodeView[];
  onClose(): void;
}

/** Writes a rule of how long studies are kept. */
export function RetentionRuleDrawer({ rule, nodes, onClose }: RuleDrawerProps) {
  const [draft, setDraft] = useState(() => draftOf(rule));
  return (
    <RuleForm
      name={rule?.id}
      path={`/retention/rules/${encodeURIComponent(draft.id.trim())}`}
      body={bodyOf(draft)}
      isReady={isReady(draft)}
      onClose={onClose}
    >
      <WhichStudies draft={draft} isNew={rule === undefined} onChange={setDraft} />
      <HowLong draft={draft} onChange={setDraft} />
      <WhatBesides draft={draft} nodes={nodes} onChange={setDraft} />
    </RuleForm>
  );
}

interface PartProps {
  readonly draft: RetentionDraft;
  onChange(draft: RetentionDraft): void;
}

function WhichStudies({ draft, isNew, onChange }: PartProps & { readonly isNew: boolean }) {
  const shared = { draft, onChange };
  return (
    <>
      {isNew ? (
        <DraftText {...shared} field="id" label="Name" description="Letters, digits and hyphens: general-radiology" />
      ) : null}
      <DraftText {...shared} field="description" label="What it is for" />
      <p className="quiet">An empty field asks for nothing. Several words, with commas: one of them is enough.</p>
      <div className="imaging-pair">
        <DraftText {...shared} field="modalities" label="Modalities" description="CT, MR" />
        <DraftText {...shared} field="descriptions" label="Description has" description="A part of the study's" />
      </div>
    </>
  );
}

function HowLong({ draft, onChange }: PartProps) {
  return (
    <>
      <div className="imaging-pair">
        <DraftText draft={draft} onChange={onChange} field="years" label="Years" type="number" />
        <NativeSelect
          label="Counted from"
          value={draft.from}
          data={[
            { value: "last-contact", label: "the patient's last contact" },
            { value: "study", label: "the day of the study" },
          ]}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...draft, from: value === "study" ? "study" : "last-contact" })
          }
        />
      </div>
      <DraftText
        draft={draft}
        onChange={onChange}
        field="childUntilAge"
        type="number"
        label="A child's at least to the age of"
        description="Who was younger than 18 on the day of the study. Empty: as long as others'"
      />
    </>
  );
}

function WhatBesides({ draft, nodes, onChange }: PartProps & { readonly nodes: readonly NodeView[] }) {
  const committing = nodes.filter(
    ({ id, host, commits }) => (host !== undefined && commits) || id === draft.secondArchive,
  );
  return (
    <>
      <Checkbox
        label="Not before the patient's health record need not be kept either"
        checked={draft.withRecord}
        onChange={(event) => onChange({ ...draft, withRecord: event.currentTarget.checked })}
      />
      <Checkbox
        label="Not before somebody has reported on it"
        checked={draft.keepsUnreported}
        onChange={(event) => onChange({ ...draft, keepsUnreported: event.currentTarget.checked })}
      />
      <NativeSelect
        label="Second archive"
        description="It gets the study, and has to commit to its storage before it is deleted here."
        value={draft.secondArchive}
        data={[{ value: "", label: "none" }, ...committing.map(({ id, aeTitle }) => ({ value: id, label: aeTitle }))]}
        onChange={(event) => onChange({ ...draft, secondArchive: event.currentTarget.value })}
      />
      <Checkbox
        label="The rule is on"
        checked={draft.isOn}
        onChange={(event) => onChange({ ...draft, isOn: event.currentTarget.checked })}
      />
    </>
  );
}

interface DraftTextProps extends PartProps {
  readonly field: "id" | "description" | "modalities" | "descriptions" | "years" | "childUntilAge";
  readonly label: string;
  readonly description?: string;
  readonly type?: "text" | "number";
}

function DraftText({ draft, onChange, field, label, description, type = "text" }: DraftTextProps) {
  return (
    <TextInput
      label={label}
      description={description ?? null}
      type={type}
      value={draft[field]}
      {...(type === "number" ? { min: 1, max: 150 } : { maxLength: 500 })}
      autoComplete="off"
      onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
    />
  );
}
