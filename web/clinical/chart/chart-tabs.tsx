import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { OpenEncounter } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";

const tabs = [
  { to: "/patients/$id", label: "Summary" },
  { to: "/patients/$id/results", label: "Results" },
  { to: "/patients/$id/cumulative", label: "Cumulative" },
  { to: "/patients/$id/orders", label: "Orders" },
  { to: "/patients/$id/images", label: "Images" },
  { to: "/patients/$id/documents", label: "Documents" },
  { to: "/patients/$id/consent", label: "Consent" },
] as const;

interface ChartTabsProps {
  readonly id: string;
  readonly encounter: OpenEncounter | undefined;
}

/** Pages of one chart; each has an address of its own. On the right: where the patient is now. */
export function ChartTabs({ id, encounter }: ChartTabsProps) {
  const place = encounter === undefined ? undefined : [encounter.kind, encounter.location].filter(Boolean).join(", ");
  const nav = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => {
    // On a narrow screen the tabs are wider than it is.
    if (path !== "") nav.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest" });
  }, [path]);
  return (
    <div className="chart-tabs">
      <nav aria-label="Chart" ref={nav}>
        <ul>
          {tabs.map((tab) => (
            <li key={tab.label}>
              <Link
                to={tab.to}
                params={{ id }}
                className="chart-tab"
                activeOptions={{ exact: true, includeSearch: false }}
              >
                {tab.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {place === undefined ? null : (
        <p className="chart-place">
          <Icon name="bed" size={16} /> {place}
        </p>
      )}
    </div>
  );
}
