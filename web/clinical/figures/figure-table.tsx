import { useId } from "react";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import "../../parts/table/table.css";

interface FigureTableProps {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly FigureRow[];
  /** Said where there is no row. */
  readonly none: string;
  readonly note?: string;
}

export interface FigureRow {
  readonly name: string;
  readonly values: readonly string[];
}

/** A name and its numbers a row. */
export function FigureTable({ title, columns, rows, none, note }: FigureTableProps) {
  const id = useId();
  const [named, ...numbers] = columns;
  return (
    <section className="figures-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {rows.length === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <ScrollRegion className="table-frame figures-scroll" label={title}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{named}</th>
                {numbers.map((column) => (
                  <th key={column} scope="col" className="number">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, values }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {values.map((value, at) => (
                    <td key={numbers[at]} className="number">
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {note === undefined ? null : <p className="quiet">{note}</p>}
    </section>
  );
}
