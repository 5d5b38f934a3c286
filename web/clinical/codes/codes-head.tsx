import { Link } from "@tanstack/react-router";
import { PageTabs } from "../../parts/page-tabs/page-tabs.tsx";
import { usePermission } from "../../shell/session/session.ts";
import "../../parts/worklist/worklist.css";
import "./codes.css";

/** The list of work and the figures about it, each for those who may see it. */
export function CodesHead({ note, title = "Unknown codes" }: { readonly note: string; readonly title?: string }) {
  const seesCodes = usePermission("messages.read");
  const seesCoverage = usePermission("links.see");
  return (
    <>
      <div className="page-head">
        <h1>{title}</h1>
        <p>{note}</p>
      </div>
      {seesCodes && seesCoverage ? (
        <PageTabs label="Codes">
          <Link to="/links/codes" activeOptions={{ exact: true, includeSearch: false }}>
            Worklist
          </Link>
          <Link to="/links/codes/coverage">Coverage</Link>
          <Link to="/links/codes/tables">Code tables</Link>
        </PageTabs>
      ) : null}
    </>
  );
}
