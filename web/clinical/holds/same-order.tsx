import { Link } from "@tanstack/react-router";
import type { HeldMessageView, MessageRow } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";

/** The other held messages of the same order: those to decide on first, and those that follow. */
export function SameOrder({ hold }: { readonly hold: HeldMessageView }) {
  if (hold.state !== "held") return null;
  return (
    <section className="worklist-part" aria-labelledby="hold-order">
      <h2 id="hold-order">Messages of the same order</h2>
      {hold.earlier.length === 0 ? null : (
        <>
          <p className="hold-first">
            <Icon name="alert" size={16} /> Came before it and held too: decide on the first of them first.
          </p>
          <Rows rows={hold.earlier} />
        </>
      )}
      {hold.later.length === 0 ? (
        <p className="quiet">No later message waits behind it.</p>
      ) : (
        <>
          <p className="quiet">Later messages that are held too, in their order:</p>
          <Rows rows={hold.later} />
        </>
      )}
    </section>
  );
}

function Rows({ rows }: { readonly rows: readonly MessageRow[] }) {
  return (
    <ul className="worklist-said">
      {rows.map((row) => (
        <li key={row.id}>
          <Link to="/links/holds/$id" params={{ id: row.id }}>
            {formatDateTime(row.arrivedAt)}
          </Link>{" "}
          {row.type} {row.controlId} <span className="worklist-small">{row.reasons[0]?.message}</span>
        </li>
      ))}
    </ul>
  );
}
