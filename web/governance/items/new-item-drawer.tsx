import { Button, Drawer, NativeSelect, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { PatientRow } from "#departments/clinical/api";
import { type ListDefinition, listNamed, lists, type NewItem } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { PatientPicker } from "../../clinical/patients/patient-picker.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useNewItem } from "../governance-queries.ts";
import { FieldInput } from "./field-input.tsx";

interface NewItemDrawerProps {
  readonly area: ListDefinition["area"];
  readonly list: string | undefined;
  onClose(): void;
}

/** Begins an item; its clock starts with the moment it came. */
export function NewItemDrawer({ area, list: given, onClose }: NewItemDrawerProps) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(560px, 100vw)"
      title="New entry"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <NewItemForm choices={lists.filter((list) => list.area === area)} given={given} />
    </Drawer>
  );
}

interface Draft {
  readonly name: string;
  readonly title: string;
  /** As the browser's field gives it. */
  readonly received: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly patient?: PatientRow | undefined;
}

function orderOf({ name, title, received, fields, patient }: Draft): NewItem {
  return {
    list: name,
    title: title.trim(),
    fields,
    ...(patient === undefined ? {} : { patient: `Patient/${patient.id}` }),
    ...(received === "" ? {} : { receivedAt: new Date(received).toISOString() }),
  };
}

interface NewItemFormProps {
  readonly choices: readonly ListDefinition[];
  readonly given: string | undefined;
}

function NewItemForm({ choices, given }: NewItemFormProps) {
  const [draft, setDraft] = useState<Draft>({
    name: given ?? choices[0]?.name ?? "",
    title: "",
    received: "",
    fields: {},
  });
  const request = useNewItem();
  const navigate = useNavigate();
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    request.mutate(orderOf(draft), {
      onSuccess: ({ id, reference }) => {
        announce(`${reference} has begun.`);
        void navigate({ to: "/governance/items/$id", params: { id } });
      },
    });
  };
  return (
    <form className="worklist-form" onSubmit={submit}>
      <NativeSelect
        label="List"
        value={draft.name}
        data={choices.map((choice) => ({ value: choice.name, label: choice.title }))}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Title"
        withAsterisk
        maxLength={200}
        value={draft.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <ListFields draft={draft} onChange={change} />
      <FormFailure error={request.error} />
      <Button type="submit" loading={request.isPending} disabled={draft.title.trim() === ""}>
        Begin
      </Button>
    </form>
  );
}

interface ListFieldsProps {
  readonly draft: Draft;
  onChange(part: Partial<Draft>): void;
}

/** What the chosen list asks for. */
function ListFields({ draft, onChange }: ListFieldsProps) {
  const { name, received, fields, patient } = draft;
  const list = listNamed(name);
  return (
    <>
      {list === undefined || list.patient === "none" ? null : (
        <PatientPicker chosen={patient} onChoose={(chosen) => onChange({ patient: chosen })} />
      )}
      {list?.area === "requests" ? (
        <TextInput
          type="datetime-local"
          label="When it came"
          description="Left empty: now. The clock starts then."
          value={received}
          onChange={(event) => onChange({ received: event.currentTarget.value })}
        />
      ) : null}
      {list?.fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={fields[field.name] ?? ""}
          onChange={(value) => onChange({ fields: { ...fields, [field.name]: value } })}
        />
      ))}
    </>
  );
}
