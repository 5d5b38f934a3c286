import { NativeSelect } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { AlertsPage } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { LinkChoice } from "../links/link-choice.tsx";
import type { AlertFilter } from "./alert-queries.ts";
import { ruleWords } from "./alert-words.ts";

const route = getRouteApi("/signed-in/links/alerts");

interface AlertFiltersProps {
  readonly filter: AlertFilter;
  readonly page: AlertsPage;
}

/** Open ones, those that nobody knows of yet, and the past; by what is missing, and by link. */
export function AlertFilters({ filter, page }: AlertFiltersProps) {
  const { state: _state, ...rest } = filter;
  const navigate = route.useNavigate();
  const change = (field: "rule" | "link", value: string | undefined) => {
    const { [field]: _before, ...others } = filter;
    void navigate({ to: ".", search: value === undefined ? others : { ...others, [field]: value }, replace: true });
  };
  const states = [
    { search: rest, word: "Open", count: page.open },
    { search: { ...rest, state: "new" }, word: "Nobody knows of it yet", count: page.unacknowledged },
    { search: { ...rest, state: "past" }, word: "Past", count: undefined },
  ];
  return (
    <search className="worklist-filters" aria-label="Alerts">
      <ul className="worklist-pills" aria-label="State">
        {states.map(({ search, word, count }) => (
          <li key={word}>
            <Link to="/links/alerts" search={search} className="worklist-pill" activeOptions={{ exact: true }} replace>
              {word} {count === undefined ? null : <strong className="tabular">{formatCount(count)}</strong>}
            </Link>
          </li>
        ))}
      </ul>
      <NativeSelect
        label="What is missing"
        size="xs"
        value={filter.rule ?? ""}
        data={[
          { value: "", label: "Anything" },
          ...Object.entries(ruleWords).map(([value, { title }]) => ({ value, label: title })),
        ]}
        onChange={(event) => change("rule", event.currentTarget.value || undefined)}
      />
      <LinkChoice link={filter.link} onChoose={(link) => change("link", link)} />
    </search>
  );
}
