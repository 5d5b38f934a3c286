import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { Icon } from "../../parts/icon/icon.tsx";
import type { StudySearch } from "./study-search.ts";

interface StudyFiltersProps {
  readonly search: StudySearch;
  onSearch(search: StudySearch): void;
}

/** Source: PS3.3 C.7.3.1.1.1, those that hospitals have most. */
const modalities = ["CT", "MR", "CR", "DX", "US", "MG", "NM", "PT", "XA", "RF", "ES", "OT"];

const texts = [
  ["name", "Patient’s name"],
  ["id", "Patient’s number"],
  ["accession", "Accession number"],
  ["description", "Description"],
] as const;

/** What to look for; Enter, or leaving a field of choice, looks. */
export function StudyFilters({ search, onSearch }: StudyFiltersProps) {
  const [asked, setAsked] = useState<StudySearch>(search);
  useEffect(() => setAsked(search), [search]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(cleaned(asked));
  };
  const change = (key: keyof StudySearch, value: string) => setAsked({ ...asked, [key]: value });
  const choose = (key: keyof StudySearch, value: string) => onSearch(cleaned({ ...asked, [key]: value }));
  return (
    <search>
      <form className="studies-filters" onSubmit={submit}>
        {texts.map(([key, label]) => (
          <TextInput
            key={key}
            label={label}
            value={asked[key] ?? ""}
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => change(key, event.currentTarget.value)}
          />
        ))}
        <ModalityChoice chosen={asked.modality} onChoose={(modality) => choose("modality", modality)} />
        <TextInput
          type="date"
          label="From"
          value={asked.from ?? ""}
          onChange={(event) => change("from", event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label="To"
          value={asked.to ?? ""}
          onChange={(event) => change("to", event.currentTarget.value)}
        />
        <div className="studies-buttons">
          <Button type="submit" leftSection={<Icon name="search" size={15} />}>
            Find
          </Button>
          <Button
            variant="default"
            disabled={Object.keys(search).length === 0 && Object.keys(cleaned(asked)).length === 0}
            onClick={() => {
              setAsked({});
              onSearch({});
            }}
          >
            Clear
          </Button>
        </div>
      </form>
    </search>
  );
}

interface ModalityChoiceProps {
  readonly chosen: string | undefined;
  /** Empty: any. */
  onChoose(modality: string): void;
}

function ModalityChoice({ chosen, onChoose }: ModalityChoiceProps) {
  return (
    <Select
      label="Modality"
      data={modalities}
      value={chosen ?? null}
      clearable
      searchable
      clearButtonProps={{ "aria-label": "Any modality" }}
      onChange={(modality) => onChoose(modality ?? "")}
    />
  );
}

/** Without fields that are empty. */
function cleaned(asked: StudySearch): StudySearch {
  return Object.fromEntries(
    Object.entries(asked)
      .map(([key, value]) => [key, String(value).trim()])
      .filter(([, value]) => value !== ""),
  );
}
