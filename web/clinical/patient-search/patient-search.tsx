import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import { useDebounced } from "../../parts/debounce/use-debounced.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { searchTextMin, suggestionsQuery } from "../patients/patient-queries.ts";
import { activeAfter, moveForKey } from "./list-keys.ts";
import "./patient-search.css";
import { optionId, Suggestions } from "./suggestions.tsx";
import { useSearchShortcut } from "./use-search-shortcut.ts";

/** The search of the header: one field for names, NHS numbers, hospital numbers and dates of birth. */
export function PatientSearch() {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const asked = useDebounced(text.trim(), 150);
  const query = useQuery(suggestionsQuery(asked));
  const patients = asked.length < searchTextMin ? [] : (query.data?.patients ?? []);
  const rows = asked.length < searchTextMin ? 0 : patients.length + 1;
  useSearchShortcut(field);

  const leave = () => {
    setOpen(false);
    setActive(-1);
    setText("");
    field.current?.blur();
  };
  const choose = (row: number) => {
    const patient = patients[row];
    const q = text.trim();
    if (patient === undefined && q.length < searchTextMin) return;
    leave();
    if (patient === undefined) void navigate({ to: "/patients", state: { searchText: q } });
    else void navigate({ to: "/patients/$id", params: { id: patient.id } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveForKey(event.key);
    if (move === undefined) return;
    if (move === "choose") return choose(active);
    if (move === "close") return open ? setOpen(false) : leave();
    if (rows === 0 || (active < 0 && (move === "first" || move === "last"))) return;
    event.preventDefault();
    setOpen(true);
    setActive(activeAfter(move, active, rows));
  };
  const shown = open && rows > 0;

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
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(-1);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <span className="patient-search-key" aria-hidden="true">
        /
      </span>
      <Suggestions
        shown={shown}
        query={query}
        patients={patients}
        text={asked}
        active={active}
        onPoint={setActive}
        onChoose={choose}
      />
    </search>
  );
}
