import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type RefObject, useState } from "react";
import { useDebounced } from "../../parts/debounce/use-debounced.ts";
import { searchTextMin, suggestionsQuery } from "../patients/patient-queries.ts";
import { activeAfter, moveForKey, type PointedRow, stillPointed } from "./list-keys.ts";

/** Key of the last row. No patient's id has a blank in it. */
const allPatients = "all patients";

/** What is typed, what it finds, which row is active, and where a choice leads. */
export function usePatientSearch(field: RefObject<HTMLInputElement | null>) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [pointed, setPointed] = useState<PointedRow | undefined>(undefined);
  const navigate = useNavigate();
  const asked = useDebounced(text.trim(), 150);
  const query = useQuery(suggestionsQuery(asked));
  const isAsked = asked.length >= searchTextMin;
  const patients = isAsked ? (query.data?.patients ?? []) : [];
  // The last row leads to all that were found.
  const keys = isAsked ? [...patients.map((patient) => patient.id), allPatients] : [];
  const rows = keys.length;
  const active = stillPointed(pointed, keys);
  const setActive = (row: number) => setPointed({ row, key: keys[row] ?? allPatients });

  const leave = () => {
    setOpen(false);
    setPointed(undefined);
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
  const onType = (typed: string) => {
    setText(typed);
    setPointed(undefined);
    setOpen(true);
  };
  return {
    text,
    asked,
    query,
    patients,
    active,
    shown: open && rows > 0,
    setActive,
    setOpen,
    choose,
    onKeyDown,
    onType,
  };
}
