import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import type { FoundPatients } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import { foundPatientsQuery, searchTextMin } from "./patient-queries.ts";
import { PatientTable } from "./patient-table.tsx";
import "./patients.css";

const route = getRouteApi("/signed-in/patients");

/** The search with room for every match. What was asked stays in the browser's history and out of the address. */
export function PatientsPage() {
  const q = useLocation({ select: (location) => location.state.searchText }) ?? "";
  const query = useInfiniteQuery(foundPatientsQuery(q));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Patients</h1>
      </div>
      <SearchForm q={q} />
      {q.length < searchTextMin ? (
        <EmptyPanel icon="patients" title="Find a patient">
          Type a name, an NHS number, a hospital number or a date of birth, or several of them: “osei 12-Mar-1961”.
          Press / on any page to search.
        </EmptyPanel>
      ) : (
        <Loaded query={query} label="Searching" rows={8}>
          {({ pages }) => (
            <div className="list" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
              <Found pages={pages} />
              <MoreRows query={query} label="Show more patients" />
            </div>
          )}
        </Loaded>
      )}
    </div>
  );
}

function SearchForm({ q }: { readonly q: string }) {
  const [text, setText] = useState(q);
  const navigate = route.useNavigate();
  useEffect(() => setText(q), [q]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: "/patients", state: { searchText: text.trim() } });
  };
  return (
    <search>
      <form className="patients-form" onSubmit={submit}>
        <TextInput
          className="patients-field"
          label="Name, NHS number, hospital number or date of birth"
          leftSection={<Icon name="search" size={16} />}
          value={text}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit">Find</Button>
      </form>
    </search>
  );
}

function Found({ pages }: { readonly pages: readonly FoundPatients[] }) {
  const patients = pages.flatMap((page) => page.patients);
  const [first] = pages;
  return (
    <>
      <div className="patients-read-as" role="status">
        {first === undefined ? null : (
          <p>
            {countText(patients.length, pages.at(-1)?.next !== undefined)} for {first.readAs}
          </p>
        )}
        {first?.remarks.map((remark) => (
          <p className="patients-remark" key={remark}>
            <Icon name="alert" size={15} /> {remark}
          </p>
        ))}
      </div>
      {patients.length === 0 ? (
        <EmptyPanel icon="search" title="No patient found">
          Check the spelling or the number, try fewer words, or search by date of birth. A patient whom you may not see
          is not listed.
        </EmptyPanel>
      ) : (
        <PatientTable patients={patients} />
      )}
    </>
  );
}

function countText(count: number, more: boolean): string {
  if (count === 0) return "Nobody found";
  if (more) return `The first ${count} patients`;
  return count === 1 ? "1 patient" : `${count} patients`;
}
