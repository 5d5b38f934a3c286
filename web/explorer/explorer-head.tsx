import { Select } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { Icon } from "../parts/icon/icon.tsx";
import { useSearchableTypes } from "./fhir/capability-query.ts";

/** The name of the page and the type it is about, to be changed. */
export function ExplorerHead({ type }: { readonly type?: string }) {
  const types = useSearchableTypes();
  const navigate = useNavigate();
  return (
    <div className="explorer-head">
      <div className="page-head">
        <h1>{type ?? "Explorer"}</h1>
        <p>Resources of the record as FHIR has them</p>
      </div>
      <Select
        className="explorer-type"
        label="Resource type"
        placeholder="Choose, or type a few letters"
        searchable
        nothingFoundMessage="No type of this name that you may search"
        comboboxProps={{ withinPortal: true }}
        maxDropdownHeight={360}
        data={type === undefined || types.includes(type) ? types : [type, ...types]}
        value={type ?? null}
        onChange={(chosen) => {
          if (chosen !== null) void navigate({ to: "/explorer/$type", params: { type: chosen } });
        }}
      />
      {type === undefined ? null : (
        <Link to="/explorer" className="explorer-home">
          <Icon name="chevron-left" size={15} /> All types and saved searches
        </Link>
      )}
    </div>
  );
}
