import { getRouteApi, Link } from "@tanstack/react-router";
import type { HoldsPage } from "#departments/clinical/api";
import { formatCount } from "../../parts/format/numbers.ts";
import { LinkChoice } from "../links/link-choice.tsx";
import type { HoldFilter } from "./hold-queries.ts";

const route = getRouteApi("/signed-in/links/holds");

interface HoldFiltersProps {
  readonly filter: HoldFilter;
  readonly page: HoldsPage;
}

/** Each reason with how many it holds; a message may have several. And the link it came over. */
export function HoldFilters({ filter, page }: HoldFiltersProps) {
  const { reason: _reason, proposed, ...rest } = filter;
  const navigate = route.useNavigate();
  const choose = (link: string | undefined) => {
    const { link: _before, ...others } = filter;
    void navigate({ to: ".", search: link === undefined ? others : { ...others, link }, replace: true });
  };
  return (
    <search className="worklist-filters" aria-label="Held messages">
      <ul className="worklist-pills" aria-label="Reasons">
        <li>
          <Link to="/links/holds" search={rest} className="worklist-pill" activeOptions={{ exact: true }} replace>
            Every reason
          </Link>
        </li>
        {page.proposed === 0 && proposed === undefined ? null : (
          <li>
            <Link
              to="/links/holds"
              search={{ ...rest, proposed: "true" }}
              className="worklist-pill"
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
              className="worklist-pill"
              activeOptions={{ exact: true }}
              replace
            >
              {title} <span className="hold-reason-count tabular">{formatCount(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <LinkChoice link={filter.link} onChoose={choose} />
    </search>
  );
}
