import { Menu } from "@mantine/core";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { DecisionView, LaunchableView, LaunchBody } from "#access/api";
import { Icon } from "../../../parts/icon/icon.tsx";
import { getJson, sendJson } from "../../../parts/request/request.ts";

const launchesQuery = queryOptions({
  queryKey: ["access", "launches"],
  queryFn: ({ signal }) => getJson<readonly LaunchableView[]>("/api/access/launches", signal),
  staleTime: 60_000,
});

interface ChartApplicationsProps {
  readonly patient: string;
  readonly encounter: string | undefined;
}

/** Applications that can be started for the patient of the chart; nothing where there is none. */
export function ChartApplications({ patient, encounter }: ChartApplicationsProps) {
  const applications = useQuery(launchesQuery);
  const start = useMutation({
    mutationFn: (body: LaunchBody) => sendJson<DecisionView>("POST", "/api/access/launches", body),
    onSuccess: ({ leadsTo }) => window.location.assign(leadsTo),
  });
  const list = applications.data ?? [];
  if (list.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className="banner-toggle banner-applications">
          Applications <Icon name="chevron-down" size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {list.map(({ id, name, purpose }) => (
          <Menu.Item
            key={id}
            leftSection={<Icon name="external" size={15} />}
            onClick={() =>
              start.mutate({ application: id, patient, ...(encounter === undefined ? {} : { encounter }) })
            }
          >
            {name}
            {purpose === "" ? null : <span className="quiet"> {purpose}</span>}
          </Menu.Item>
        ))}
        {start.error === null ? null : <Menu.Label role="alert">{start.error.message}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
