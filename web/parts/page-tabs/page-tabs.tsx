import type { ReactNode } from "react";
import "./page-tabs.css";

interface PageTabsProps {
  readonly label: string;
  /** Links, each to a page with an address of its own. */
  readonly children: ReactNode;
}

/** Pages that belong together, side by side; the one that is open is underlined. */
export function PageTabs({ label, children }: PageTabsProps) {
  return (
    <nav className="page-tabs" aria-label={label}>
      {children}
    </nav>
  );
}
