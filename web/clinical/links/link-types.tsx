import { Link } from "@tanstack/react-router";
import type { LinkView } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import "../../parts/table/table.css";

const columns = ["total", "mapped", "stale", "held", "rejected"] as const;

/** Today's counts by type of message, folded away until asked for. */
export function LinkTypes({ link }: { readonly link: LinkView }) {
  if (link.types.length === 0) return null;
  return (
    <details className="link-types">
      <summary>By type of message</summary>
      <ScrollRegion className="link-types-scroll" label={`Messages of ${link.title} by type`}>
        <table className="table">
          <caption className="visually-hidden">Messages of {link.title} today, by type</caption>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col" className="number">
                Received
              </th>
              <th scope="col" className="number">
                Mapped
              </th>
              <th scope="col" className="number">
                Superseded
              </th>
              <th scope="col" className="number">
                Held
              </th>
              <th scope="col" className="number">
                Rejected
              </th>
            </tr>
          </thead>
          <tbody>
            {link.types.map(({ type, today }) => (
              <tr key={type}>
                <th scope="row">
                  <Link to="/links/messages" search={{ link: link.name, type }} className="table-link">
                    {type}
                  </Link>
                </th>
                {columns.map((column) => (
                  <td className="number" key={column}>
                    {formatCount(today[column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  );
}
