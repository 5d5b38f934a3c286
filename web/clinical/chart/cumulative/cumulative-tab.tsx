import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { Panel } from "#departments/clinical/api";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { cumulativeQuery, panelsQuery } from "../chart-queries.ts";
import { codeParameter } from "../codes.ts";
import { CumulativeGrid } from "./cumulative-grid.tsx";

const route = getRouteApi("/signed-in/patients/$id/cumulative");

/** One panel as laboratories print it: tests down, time across. */
export function CumulativeTab() {
  const { id } = route.useParams();
  const panels = useQuery(panelsQuery(id));
  return (
    <Loaded query={panels} label="Loading the panels">
      {(page) => <ChosenPanel id={id} choices={choicesFrom(page.panels)} />}
    </Loaded>
  );
}

interface PanelChoice {
  readonly value: string;
  readonly label: string;
}

function ChosenPanel({ id, choices }: { readonly id: string; readonly choices: readonly PanelChoice[] }) {
  const { panel = choices[0]?.value ?? "" } = route.useSearch();
  const navigate = route.useNavigate();
  const table = useQuery(cumulativeQuery(id, panel));
  return (
    <>
      <div className="chart-head">
        <h2>Cumulative results</h2>
        {choices.length === 0 ? null : (
          <NativeSelect
            size="xs"
            aria-label="Panel"
            value={panel}
            data={[...choices]}
            onChange={(event) => void navigate({ to: ".", search: { panel: event.currentTarget.value } })}
          />
        )}
      </div>
      {choices.length === 0 ? (
        <EmptyPanel icon="flask" title="No panels to put side by side">
          As soon as the laboratory has reported a panel with a code, its results line up here over time.
        </EmptyPanel>
      ) : (
        <Loaded query={table} label="Loading cumulative results">
          {(loaded) => <CumulativeGrid table={loaded} />}
        </Loaded>
      )}
    </>
  );
}

/** Each panel once, the one reported most often first. */
function choicesFrom(panels: readonly Panel[]): readonly PanelChoice[] {
  const counted = new Map<string, { label: string; count: number }>();
  for (const panel of panels) {
    const value = codeParameter(panel.name);
    if (value === undefined || panel.results.length === 0) continue;
    counted.set(value, { label: panel.name.text, count: (counted.get(value)?.count ?? 0) + 1 });
  }
  return [...counted]
    .toSorted(([, first], [, second]) => second.count - first.count)
    .map(([value, { label }]) => ({ value, label }));
}
