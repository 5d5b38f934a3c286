import { useRef } from "react";
import { Icon } from "../../parts/icon/icon.tsx";
import "./patient-search.css";
import { optionId, Suggestions } from "./suggestions.tsx";
import { usePatientSearch } from "./use-patient-search.ts";
import { useSearchShortcut } from "./use-search-shortcut.ts";

/** The search of the header: one field for names, NHS numbers, hospital numbers and dates of birth. */
export function PatientSearch() {
  const field = useRef<HTMLInputElement>(null);
  const search = usePatientSearch(field);
  const { shown, active } = search;
  useSearchShortcut(field);
  return (
    <search className="patient-search">
      <Icon name="search" size={17} />
      <input
        ref={field}
        className="patient-search-field"
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-label="Find a patient"
        aria-expanded={shown}
        aria-controls="patient-search-list"
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? optionId(active) : undefined}
        placeholder="Find a patient: name, number or date of birth"
        maxLength={200}
        value={search.text}
        onChange={(event) => search.onType(event.currentTarget.value)}
        onFocus={() => search.setOpen(true)}
        onBlur={() => search.setOpen(false)}
        onKeyDown={search.onKeyDown}
      />
      <span className="patient-search-key" aria-hidden="true">
        /
      </span>
      <Suggestions
        shown={shown}
        query={search.query}
        patients={search.patients}
        text={search.asked}
        active={active}
        onPoint={search.setActive}
        onChoose={search.choose}
      />
    </search>
  );
}
