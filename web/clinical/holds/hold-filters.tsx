import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { HoldsPage } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { usePermission } from "../../shell/session/session.ts";
import { linksQuery } from "../links/link-queries.ts";
import type { HoldFilter } from "./hold-queries.ts";

const route = getRouteApi("/signed-in/links/holds");

interface HoldFiltersProps {
  readonly filter: HoldFilter;
  readonly page: HoldsPage;
}

/** Each reason with how many it holds; a message may have several. And the link it came over. */
export function HoldFilters({ filter, page }: HoldFiltersProps) {
  const { reason: _reason, proposed, ...rest } = filter;
  return (
    <search className="hold-filters" aria-label="Held messages">
      <ul className="hold-reasons" aria-label="Reasons">
        <li>
          <Link to="/links/holds" search={rest} className="hold-reason" activeOptions={{ exact: true }} replace>
            Every reason
          </Link>
        </li>
        {page.proposed === 0 && proposed === undefined ? null : (
          <li>
            <Link
              to="/links/holds"
              search={{ ...rest, proposed: "true" }}
              className="hold-reason"
              activeOptions={{ exact: true }}
              replace
            >
              Waits for a second person <span className="hold-reason-count tabular">{formatCount(page.proposed)}</span>
            </Link>
          </li>
        )}
        {page.reasons.map(({ code, title, count }) => (
          <li key={code}>
            <Link
              to="/links/holds"
              search={{ ...rest, reason: code }}
              className="hold-reason"
              activeOptions={{ exact: true }}
              replace
            >
              {title} <span className="hold-reason-count tabular">{formatCount(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <LinkChoice filter={filter} />
    </search>
  );
}

function LinkChoice({ filter }: { readonly filter: HoldFilter }) {
  const navigate = route.useNavigate();
  const { data } = useQuery({ ...linksQuery, enabled: usePermission("links.see") });
  const names = new Map(data?.links.map((link) => [link.name, link.title]));
  if (filter.link !== undefined && !names.has(filter.link)) names.set(filter.link, filter.link);
  const choose = (link: string) => {
    const { link: _before, ...rest } = filter;
    void navigate({ to: ".", search: link === "" ? rest : { ...rest, link }, replace: true });
  };
  return (
    <NativeSelect
      label="Link"
      size="xs"
      value={filter.link ?? ""}
      data={[{ value: "", label: "All links" }, ...[...names].map(([value, label]) => ({ value, label }))]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
