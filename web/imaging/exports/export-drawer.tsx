import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ImageExportsPage } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { announce } from "../../parts/announcer/announcement.ts";
import { useImageDeed } from "../imaging-queries.ts";
import { FormButtons, ImagingDrawer } from "../reason-drawer.tsx";
import { bodyOf, type ExportDraft, emptyDraft, isReady } from "./export-draft.ts";
import { optionWords } from "./option-words.ts";
import { purposeWords } from "./purpose-words.ts";

interface ExportDrawerProps {
  readonly page: ImageExportsPage;
  onClose(): void;
}

/** Asks for an export: which studies, what for, and whether without what identifies people. */
export function ExportDrawer({ page, onClose }: ExportDrawerProps) {
  const [draft, setDraft] = useState<ExportDraft>({ ...emptyDraft, rules: page.rules[0] ?? "" });
  const request = useImageDeed();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const finish = () => {
      announce("The export is asked for.");
      onClose();
    };
    request.mutate({ method: "POST", path: "/exports", body: bodyOf(draft) }, { onSuccess: finish });
  };
  return (
    <ImagingDrawer title="Export studies" onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        <StudyFields draft={draft} onChange={setDraft} />
        <NativeSelect
          label="What for"
          description="For research and planning, who has opted out is left out."
          value={draft.purpose}
          data={Object.entries(purposeWords).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setDraft({ ...draft, purpose: event.currentTarget.value })}
        />
        <DeidentifyFields page={page} draft={draft} onChange={setDraft} />
        <FormFailure error={request.error} />
        <FormButtons submit="Export" isPending={request.isPending} isReady={isReady(draft)} onClose={onClose} />
      </form>
    </ImagingDrawer>
  );
}

interface FieldsProps {
  readonly draft: ExportDraft;
  onChange(draft: ExportDraft): void;
}

type TextField = "studies" | "patientId" | "accession" | "modality" | "from" | "to" | "project";

function StudyFields({ draft, onChange }: FieldsProps) {
  const text = (
    field: TextField,
    label: string,
    more: { readonly description?: string; readonly type?: "date" } = {},
  ) => (
    <TextInput
      label={label}
      description={more.description ?? null}
      type={more.type ?? "text"}
      value={draft[field]}
      maxLength={field === "studies" ? 10_000 : 64}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange({ ...draft, [field]: event.currentTarget.value })}
    />
  );
  return (
    <fieldset className="imaging-form imaging-flags">
      <legend>Which studies: all that meet everything that is filled in</legend>
      {text("patientId", "Patient’s number")}
      <div className="imaging-pair">
        {text("accession", "Accession number")}
        {text("modality", "Modality", { description: "CT, MR, US …" })}
      </div>
      <div className="imaging-pair">
        {text("from", "Study date from", { type: "date" })}
        {text("to", "to", { type: "date" })}
      </div>
      {text("studies", "And these", { description: "Study UIDs, with commas between" })}
    </fieldset>
  );
}

function DeidentifyFields({ page, draft, onChange }: FieldsProps & { readonly page: ImageExportsPage }) {
  return (
    <fieldset className="imaging-form imaging-flags">
      <legend>People</legend>
      <Checkbox
        label="Without what identifies people"
        description="By the rules of the DICOM standard’s profile; images with writing in them that no rule covers are left out."
        checked={draft.isDeidentified}
        onChange={(event) => onChange({ ...draft, isDeidentified: event.currentTarget.checked })}
      />
      {draft.isDeidentified ? (
        <>
          <div className="imaging-pair">
            <NativeSelect
              label="Rules"
              value={draft.rules}
              data={[...page.rules]}
              onChange={(event) => onChange({ ...draft, rules: event.currentTarget.value })}
            />
            <TextInput
              label="Project"
              description="Same project, same new numbers"
              value={draft.project}
              maxLength={64}
              autoComplete="off"
              onChange={(event) => onChange({ ...draft, project: event.currentTarget.value })}
            />
          </div>
          <OptionFields page={page} draft={draft} onChange={onChange} />
        </>
      ) : (
        <p className="imaging-why">The file will hold names and numbers of patients: it is yours to keep safe.</p>
      )}
    </fieldset>
  );
}

function OptionFields({ page, draft, onChange }: FieldsProps & { readonly page: ImageExportsPage }) {
  const { options } = draft;
  const toggled = (name: string, isOn: boolean) =>
    page.options.filter((each) => (each === name ? isOn : options?.includes(each)));
  return (
    <>
      <Checkbox
        label="Other options of the profile than those of the rules"
        checked={options !== undefined}
        onChange={(event) => onChange({ ...draft, options: event.currentTarget.checked ? [] : undefined })}
      />
      {options === undefined ? null : (
        <fieldset className="imaging-form imaging-flags imaging-options">
          <legend className="visually-hidden">Options of the profile</legend>
          {page.options.map((name) => (
            <Checkbox
              key={name}
              label={optionWords[name] ?? name}
              checked={options.includes(name)}
              onChange={(event) => onChange({ ...draft, options: toggled(name, event.currentTarget.checked) })}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
