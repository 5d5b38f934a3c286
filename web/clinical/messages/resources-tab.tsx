import { Link } from "@tanstack/react-router";
import type { WrittenView } from "#departments/clinical/api";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import "../../parts/table/table.css";

/** Every version that the message wrote into the record. */
export function ResourcesTab({ resources }: { readonly resources: readonly WrittenView[] }) {
  if (resources.length === 0)
    return (
      <EmptyPanel icon="document" title="Nothing was written">
        This message changed nothing in the record. The state above says why.
      </EmptyPanel>
    );
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Resources that this message wrote</caption>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            <th scope="col">What it is</th>
            <th scope="col">Effect</th>
            <th scope="col" className="number">
              Version
            </th>
          </tr>
        </thead>
        <tbody>
          {resources.map((resource) => (
            <tr key={resource.url}>
              <th scope="row">
                <Link
                  to="/explorer/$type/$id"
                  params={{ type: resource.kind, id: resource.id }}
                  search={{ version: String(resource.version) }}
                  className="table-link"
                >
                  {resource.kind}
                </Link>
              </th>
              <td>{resource.text}</td>
              <td>{resource.effect === "created" ? "Created" : "Updated"}</td>
              <td className="number">{resource.version}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
