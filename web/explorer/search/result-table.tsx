import { Link } from "@tanstack/react-router";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import type { Resource } from "../fhir/bundle.ts";
import { isRecord } from "../fhir/outcome.ts";
import { valuesAlong } from "../values/members.ts";
import { resourceTitle } from "../values/resource-title.ts";
import { ValueLine } from "../values/value-line.tsx";
import "../../parts/table/table.css";

export interface FoundResource {
  readonly resource: Resource;
  /** It came with a match, and is none itself. */
  readonly isIncluded: boolean;
}

interface ResultTableProps {
  readonly type: string;
  readonly resources: readonly FoundResource[];
  readonly columns: readonly string[];
  readonly isStale: boolean;
}

export function ResultTable({ type, resources, columns, isStale }: ResultTableProps) {
  return (
    <div className="table-frame list" data-stale={isStale}>
      <table className="table table-stacks results-list">
        <caption className="visually-hidden">{type} resources found</caption>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody>
          {resources.map((found) => (
            <Row key={`${found.resource.resourceType}/${found.resource.id}`} {...found} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ resource, isIncluded, columns }: FoundResource & { readonly columns: readonly string[] }) {
  const { resourceType = "", id = "" } = resource;
  const changed = isRecord(resource.meta) ? resource.meta.lastUpdated : undefined;
  return (
    <tr>
      <th scope="row">
        <Link to="/explorer/$type/$id" params={{ type: resourceType, id }} className="table-link">
          {resourceTitle(resource)}
        </Link>
        {isIncluded ? <Tag tone="plain">included {resourceType}</Tag> : null}
        <span className="results-id" title={id}>
          {id}
        </span>
      </th>
      {columns.map((column) => (
        <td key={column} data-column={column}>
          <Cell resource={resource} path={column} />
        </td>
      ))}
      <td className="nowrap tabular quiet">{typeof changed === "string" ? formatDateTime(changed) : ""}</td>
    </tr>
  );
}

/** Values beyond these are only counted: the resource's own page has them all. */
const cellValuesMax = 3;

function Cell({ resource, path }: { readonly resource: Resource; readonly path: string }) {
  const values = valuesAlong(resource.resourceType ?? "", resource, path);
  return (
    <>
      {values.slice(0, cellValuesMax).map(({ type, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the values of an element may be the same twice
        <span className="results-value" key={index}>
          <ValueLine type={type} value={value} />
        </span>
      ))}
      {values.length > cellValuesMax ? <span className="quiet">and {values.length - cellValuesMax} more</span> : null}
    </>
  );
}
