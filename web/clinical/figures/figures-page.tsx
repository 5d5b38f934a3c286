import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { now } from "../../parts/clock/now.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { daysUntil } from "../codes/coverage/coverage-days.ts";
import { linksQuery } from "../links/link-queries.ts";
import { csvAddress, type FiguresFilter, type FiguresSpan, figuresQuery } from "./figure-queries.ts";
import { FiguresReport } from "./figures-report.tsx";
import "./figures.css";

const route = getRouteApi("/signed-in/links/figures");

const spans = [
  { value: "7", label: "The last 7 days" },
  { value: "30", label: "The last 30 days" },
  { value: "90", label: "The last 90 days" },
];

/** What came in and went out over the links, how long it took, and what stood in its way. */
export function FiguresPage() {
  const filter = route.useSearch();
  const days = spans.find(({ value }) => value === filter.days)?.value ?? "30";
  const shown = daysUntil(now(), Number(days));
  const span: FiguresSpan = {
    from: shown[0] ?? "",
    to: shown.at(-1) ?? "",
    ...(filter.link === undefined ? {} : { link: filter.link }),
  };
  const query = useQuery(figuresQuery(span));
  const links = useQuery({ ...linksQuery, enabled: usePermission("links.see") });
  const titles = new Map(links.data?.links.map(({ name, title }) => [name, title]));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Figures</h1>
        <p>What came in and went out, how long it took, and what stood in its way</p>
      </div>
      <Filters filter={filter} days={days} titles={titles} csv={csvAddress(span)} />
      <Loaded query={query} label="Loading the figures" rows={8}>
        {(page) => (
          <div className="figures" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
            <FiguresReport page={page} titles={titles} />
          </div>
        )}
      </Loaded>
    </div>
  );
}

interface FiltersProps {
  readonly filter: FiguresFilter;
  readonly days: string;
  /** By name of the link. */
  readonly titles: ReadonlyMap<string, string>;
  readonly csv: string;
}

function Filters({ filter, days, titles, csv }: FiltersProps) {
  const navigate = route.useNavigate();
  const change = (field: keyof FiguresFilter, value: string) => {
    const { [field]: _before, ...rest } = filter;
    void navigate({ to: ".", search: value === "" ? rest : { ...rest, [field]: value }, replace: true });
  };
  const named = new Map(titles);
  if (filter.link !== undefined && !named.has(filter.link)) named.set(filter.link, filter.link);
  return (
    <search className="figures-filters" aria-label="Figures">
      <NativeSelect
        label="Link"
        size="xs"
        value={filter.link ?? ""}
        data={[{ value: "", label: "All links" }, ...[...named].map(([value, label]) => ({ value, label }))]}
        onChange={(event) => change("link", event.currentTarget.value)}
      />
      <NativeSelect
        label="Days"
        size="xs"
        value={days}
        data={spans}
        onChange={(event) => change("days", event.currentTarget.value)}
      />
      <Button
        component="a"
        href={csv}
        download
        size="xs"
        variant="default"
        leftSection={<Icon name="download" size={15} />}
      >
        Download as CSV
      </Button>
    </search>
  );
}
