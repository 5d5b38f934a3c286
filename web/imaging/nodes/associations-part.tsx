import { useQuery } from "@tanstack/react-query";
import type { NodeView } from "#departments/clinical/api";
import { useNow } from "../../parts/clock/now.ts";
import { formatAgo } from "../../parts/format/dates.ts";
import { formatBytes, formatCount } from "../../parts/format/numbers.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { associationsQuery } from "../imaging-queries.ts";
import { ImagingTable } from "../imaging-table.tsx";

/** Who is connected by DICOM now, and what went over it. */
export function AssociationsPart({ nodes }: { readonly nodes: readonly NodeView[] }) {
  const query = useQuery(associationsQuery);
  const now = useNow();
  const named = new Map(nodes.map(({ aeTitle, description }) => [aeTitle, description]));
  return (
    <section aria-labelledby="associations">
      <h2 id="associations">Connected now</h2>
      <Loaded query={query} label="Loading who is connected" rows={2}>
        {({ isOpen, associations }) => {
          if (!isOpen) return <p className="quiet">The DICOM door is shut: nobody can connect.</p>;
          if (associations.length === 0)
            return <p className="quiet">Nobody is connected. This list follows by itself.</p>;
          return (
            <ImagingTable
              caption="Open associations"
              columns={["Node", "From", "Since", { number: "Received" }, { number: "Sent" }]}
            >
              {associations.map((open) => (
                <tr key={open.id}>
                  <th scope="row">
                    {open.callingAe} <span className="quiet">{named.get(open.callingAe)}</span>
                  </th>
                  <td>{open.remoteAddress}</td>
                  <td>{formatAgo(open.openedAt, now)}</td>
                  <td className="number" data-label="Received">
                    {formatCount(open.instancesReceived)} objects, {formatBytes(open.bytesReceived)}
                  </td>
                  <td className="number" data-label="Sent">
                    {formatCount(open.instancesSent)} objects
                  </td>
                </tr>
              ))}
            </ImagingTable>
          );
        }}
      </Loaded>
    </section>
  );
}
