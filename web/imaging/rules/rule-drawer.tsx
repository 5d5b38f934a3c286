import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ImageRouteView, NodeView } from "#departments/clinical/api";
import { RuleForm } from "../rule-form.tsx";
import { SyntaxChoice } from "../syntax-choice.tsx";
import { bodyOf, draftOf, type RuleDraft } from "./rule-draft.ts";
import { triggerWords } from "./rule-words.ts";

interface RuleDrawerProps {
  /** Undefined for a new one. */
  readonly rule: ImageRouteView | undefined;
  readonly nodes: readonly NodeView[];
  onClose(): void;
}

/** Writes a rule. */
export function RuleDrawer({ rule, nodes, onClose }: RuleDrawerProps) {
  const [draft, setDraft] = useState(() => draftOf(rule));
  return (
    <RuleForm
      name={rule?.id}
      path={`/rules/${encodeURIComponent(draft.id.trim())}`}
      body={bodyOf(draft)}
      isReady={/^[A-Za-z0-9.-]{1,64}$/.test(draft.id.trim()) && draft.to.length > 0}
      onClose={onClose}
    >
      <RuleAsks draft={draft} isNew={rule === undefined} onChange={setDraft} />
      <RuleTargets draft={draft} nodes={nodes} onChange={setDraft} />
    </RuleForm>
  );
}

interface RulePartProps {
  readonly draft: RuleDraft;
  onChange(draft: RuleDraft): void;
}

type TextField =
  | "id"
  | "description"
  | "sources"
  | "modalities"
  | "bodyParts"
  | "descriptions"
  | "from"
  | "until"
  | "priors";

/** Which studies it is about. An empty field asks for nothing. */
function RuleAsks({ draft, isNew, onChange }: RulePartProps & { readonly isNew: boolean }) {
  const text = (field: TextField, label: string, description?: string) => (
    <RuleText draft={draft} onChange={onChange} field={field} label={label} description={description} />
  );
  return (
    <>
      {isNew ? text("id", "Name", "Letters, digits and hyphens: stroke-to-network") : null}
      {text("description", "What it is for")}
      <NativeSelect
        label="When"
        value={draft.trigger}
        data={Object.entries(triggerWords).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...draft, trigger: value === "admitted" || value === "booked" ? value : "received" })
        }
      />
      <p className="quiet">An empty field asks for nothing. Several words, with commas: one of them is enough.</p>
      <div className="imaging-pair">
        {text("modalities", "Modalities", "CT, MR")}
        {text("sources", "Sent by", "AE titles")}
      </div>
      <div className="imaging-pair">
        {text("bodyParts", "Body parts", "HEAD, CHEST")}
        {text("descriptions", "Description has")}
      </div>
      <div className="imaging-pair">
        <RuleText draft={draft} onChange={onChange} field="from" label="Only from" type="time" />
        <RuleText draft={draft} onChange={onChange} field="until" label="Until" type="time" />
      </div>
    </>
  );
}

function RuleTargets({ draft, nodes, onChange }: RulePartProps & { readonly nodes: readonly NodeView[] }) {
  const called = nodes.filter(({ host, web, id }) => (host ?? web) !== undefined || draft.to.includes(id));
  return (
    <>
      <Checkbox.Group label="To" value={[...draft.to]} onChange={(to) => onChange({ ...draft, to })}>
        <div className="imaging-form imaging-flags">
          {called.length === 0 ? <p className="quiet">No node can be sent to yet.</p> : null}
          {called.map(({ id, aeTitle, description }) => (
            <Checkbox key={id} value={id} label={description === "" ? aeTitle : `${aeTitle}: ${description}`} />
          ))}
        </div>
      </Checkbox.Group>
      <SyntaxChoice
        value={draft.transferSyntax}
        onChange={(transferSyntax) => onChange({ ...draft, transferSyntax })}
      />
      <RuleText
        draft={draft}
        onChange={onChange}
        field="priors"
        type="number"
        label="Earlier studies of the patient that go along"
        description="Up to 20; empty: none"
      />
      <Checkbox
        label="Earlier studies of the same modality alone"
        checked={draft.sameModality}
        onChange={(event) => onChange({ ...draft, sameModality: event.currentTarget.checked })}
      />
      <Checkbox
        label="The rule is on"
        checked={draft.isOn}
        onChange={(event) => onChange({ ...draft, isOn: event.currentTarget.checked })}
      />
    </>
  );
}

interface RuleTextProps extends RulePartProps {
  readonly field: TextField;
  readonly label: string;
  readonly description?: string | undefined;
  readonly type?: "text" | "time" | "number";
}

function RuleText({ draft, onChange, field, label, description, type = "text" }: RuleTextProps) {
  return (
    <TextInput
      label={label}
      description={description ?? null}
      type={type}
      value={draft[field]}
      {...(type === "number" ? { min: 1, max: 20 } : { maxLength: 500 })}
      autoComplete="off"
      onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
    />
  );
}
