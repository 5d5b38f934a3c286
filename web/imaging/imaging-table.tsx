import type { ReactNode } from "react";
import "../parts/table/table.css";

/** A heading, a number's, or one for screen readers alone: `{ hidden: "What to do" }`. */
export type Column = string | { readonly number: string } | { readonly hidden: string };

interface ImagingTableProps {
  /** What it is, for who cannot see it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Short figures, which fit a phone as they are; other rows become a few lines there. */
  readonly isFigures?: boolean;
  /** Of the frame. */
  readonly className?: string;
  /** The rows. */
  readonly children: ReactNode;
}

/** The one shape of the tables of images: in a frame that scrolls, its rows a few lines each on a phone. */
export function ImagingTable({ caption, columns, isFigures = false, className = "", children }: ImagingTableProps) {
  return (
    <div className={`table-frame ${className}`.trim()}>
      <table className={isFigures ? "table" : "table table-stacks imaging-table"}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading key={JSON.stringify(column)} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function Heading({ column }: { readonly column: Column }) {
  if (typeof column === "string") return <th scope="col">{column}</th>;
  if ("number" in column)
    return (
      <th scope="col" className="number">
        {column.number}
      </th>
    );
  return (
    <th scope="col">
      <span className="visually-hidden">{column.hidden}</span>
    </th>
  );
}
