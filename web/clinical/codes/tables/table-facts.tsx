import type { GuideTableView } from "#departments/clinical/api";

/** Of the table that was chosen: what is translated by it, and whether it may be changed. */
export function TableFacts({ table }: { readonly table: GuideTableView }) {
  const { uses, isOpen } = table;
  const places = [...new Set(uses.map(({ from, element }) => `${from} to ${element}`))];
  return (
    <div className="worklist-note code-table-facts">
      <div>
        <p>
          {places.length === 0
            ? "Used inside of data types only."
            : `Translates ${places.slice(0, 4).join(", ")}${places.length > 4 ? ` and ${places.length - 4} more` : ""}.`}
        </p>
        {isOpen ? null : (
          <p>
            It cannot be changed: what it decides (a status, the kind of an identifier) is what gates and versions go
            by.
          </p>
        )}
      </div>
    </div>
  );
}
