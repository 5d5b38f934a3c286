import { NativeSelect, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { type CodeTablesView, codeLayers } from "#departments/clinical/api";
import { useDebounced } from "../../../parts/debounce/use-debounced.ts";
import { formatCount } from "../../../parts/format/numbers.ts";
import { senderText } from "../code-words.ts";
import type { RowFilter } from "./table-queries.ts";
import { layerWords, tableTitle } from "./table-words.ts";

const route = getRouteApi("/signed-in/links/codes/tables");
const typingMs = 300;

interface TableFiltersProps {
  readonly filter: RowFilter;
  readonly tables: CodeTablesView | undefined;
}

/** Words, layer, table and sender; all of them part of the address. */
export function TableFilters({ filter, tables }: TableFiltersProps) {
  const navigate = route.useNavigate();
  const change = (field: keyof RowFilter, value: string) =>
    void navigate({
      to: ".",
      search: ({ [field]: _before, ...rest }) => (value === "" ? rest : { ...rest, [field]: value }),
      replace: true,
    });
  const guide = tables?.guide ?? [];
  return (
    <search className="worklist-filters" aria-label="Code tables">
      <Words q={filter.q ?? ""} onChange={(value) => change("q", value)} />
      <NativeSelect
        label="Whose word"
        size="xs"
        value={filter.layer ?? ""}
        data={[
          { value: "", label: "Everybody's" },
          ...codeLayers.map((value) => ({
            value,
            label: `${layerWords[value].choice}${tables === undefined ? "" : ` (${formatCount(tables.rows[value])})`}`,
          })),
        ]}
        onChange={(event) => change("layer", event.currentTarget.value)}
      />
      <NativeSelect
        label="Table"
        size="xs"
        className="code-table-choice"
        value={filter.table ?? ""}
        data={[
          { value: "", label: "Every table" },
          { value: "own", label: "Senders' own codes and units" },
          ...guide.map(({ name }) => ({ value: name, label: tableTitle(name, guide) })),
        ]}
        onChange={(event) => change("table", event.currentTarget.value)}
      />
      <NativeSelect
        label="Sender"
        size="xs"
        value={filter.sender ?? ""}
        data={[
          { value: "", label: "All senders" },
          ...(tables?.senders ?? []).map((value) => ({ value, label: senderText(value) })),
        ]}
        onChange={(event) => change("sender", event.currentTarget.value)}
      />
    </search>
  );
}

/** Asked for when whoever types pauses. */
function Words({ q, onChange }: { readonly q: string; onChange(value: string): void }) {
  const [typed, setTyped] = useState(q);
  const settled = useDebounced(typed.trim(), typingMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed asks for something else
  useEffect(() => {
    if (settled !== q) onChange(settled);
  }, [settled]);
  return (
    <TextInput
      className="code-words"
      label="Words or code"
      size="xs"
      type="search"
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
