import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { EmptyPanel } from "../parts/state-panel/empty-panel.tsx";
import { LoadingPanel } from "../parts/state-panel/loading-panel.tsx";
import { ExplorerHead } from "./explorer-head.tsx";
import { searchableQuery, useSearchableTypes } from "./fhir/capability-query.ts";
import { SavedSearches } from "./saved/saved-searches.tsx";
import "./explorer.css";

/** What people look at most, as far as they may. */
const often = [
  "Patient",
  "Encounter",
  "Observation",
  "DiagnosticReport",
  "ServiceRequest",
  "Specimen",
  "DocumentReference",
  "ImagingStudy",
  "AllergyIntolerance",
  "Condition",
  "MedicationRequest",
  "Practitioner",
  "Organization",
  "Location",
  "Provenance",
  "AuditEvent",
  "ValueSet",
  "StructureDefinition",
];

/** The way in: saved searches, and the types one may search. */
export function ExplorerPage() {
  const types = useSearchableTypes();
  const known = useQuery(searchableQuery);
  const first = often.filter((type) => types.includes(type));
  return (
    <div className="page">
      <ExplorerHead />
      <SavedSearches />
      <section aria-labelledby="explorer-types" className="explorer-types">
        <h2 id="explorer-types">Types</h2>
        {types.length === 0 && known.data === undefined ? <LoadingPanel label="Loading the types" rows={4} /> : null}
        {known.data?.types.length === 0 ? (
          <EmptyPanel icon="search" title="Nothing to search">
            None of your roles may search resources.
          </EmptyPanel>
        ) : null}
        <TypeLinks types={first} />
        {types.length > first.length ? (
          <details className="explorer-others">
            <summary>All {types.length} types that you may search</summary>
            <TypeLinks types={types} />
          </details>
        ) : null}
      </section>
    </div>
  );
}

function TypeLinks({ types }: { readonly types: readonly string[] }) {
  return (
    <ul className="explorer-type-list">
      {types.map((type) => (
        <li key={type}>
          <Link to="/explorer/$type" params={{ type }} className="explorer-type-link">
            {type}
          </Link>
        </li>
      ))}
    </ul>
  );
}
