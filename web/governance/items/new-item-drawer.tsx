import { Button, Drawer, NativeSelect, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { PatientRow } from "#departments/clinical/api";
import { type ListDefinition, listNamed, lists } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useNewItem } from "../governance-queries.ts";
import { FieldInput } from "./field-input.tsx";
import { PatientPicker } from "./patient-picker.tsx";

interface NewItemDrawerProps {
  readonly area: ListDefinition["area"];
  readonly list: string | undefined;
  onClose(): void;
}

/** Begins an item; its clock starts with the moment it came. */
export function NewItemDrawer({ area, list: given, onClose }: NewItemDrawerProps) {
  const choices = lists.filter((list) => list.area === area);
  const [name, setName] = useState(given ?? choices[0]?.name ?? "");
  const [title, setTitle] = useState("");
  const [received, setReceived] = useState("");
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const [patient, setPatient] = useState<PatientRow>();
  const request = useNewItem();
  const navigate = useNavigate();
  const list = listNamed(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const order = {
      list: name,
      title: title.trim(),
      fields,
      ...(patient === undefined ? {} : { patient: `Patient/${patient.id}` }),
      ...(received === "" ? {} : { receivedAt: new Date(received).toISOString() }),
    };
    request.mutate(order, {
      onSuccess: ({ id, reference }) => {
        announce(`${reference} has begun.`);
        void navigate({ to: "/governance/items/$id", params: { id } });
      },
    });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(560px, 100vw)"
      title="New entry"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="worklist-form" onSubmit={submit}>
        <NativeSelect
          label="List"
          value={name}
          data={choices.map((choice) => ({ value: choice.name, label: choice.title }))}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Title"
          withAsterisk
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        {list === undefined || list.patient === "none" ? null : (
          <PatientPicker chosen={patient} onChoose={setPatient} />
        )}
        {list?.area === "requests" ? (
          <TextInput
            type="datetime-local"
            label="When it came"
            description="Left empty: now. The clock starts then."
            value={received}
            onChange={(event) => setReceived(event.currentTarget.value)}
          />
        ) : null}
        {list?.fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={fields[field.name] ?? ""}
            onChange={(value) => setFields({ ...fields, [field.name]: value })}
          />
        ))}
        <FormFailure error={request.error} />
        <Button type="submit" loading={request.isPending} disabled={title.trim() === ""}>
          Begin
        </Button>
      </form>
    </Drawer>
  );
}
