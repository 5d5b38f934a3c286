import { Link } from "@tanstack/react-router";
import { PageTabs } from "../../parts/page-tabs/page-tabs.tsx";
import { usePermission } from "../../shell/session/session.ts";
import "../../parts/worklist/worklist.css";
import "./codes.css";

/** The list of work and the figures about it, each for those who may see it. */
export function CodesHead({ note }: { readonly note: string }) {
  const seesCodes = usePermission("messages.read");
  const seesCoverage = usePermission("links.see");
  return (
    <>
      <div className="page-head">
        <h1>Unknown codes</h1>
        <p>{note}</p>
      </div>
      {seesCodes && seesCoverage ? (
        <PageTabs label="Unknown codes">
          <Link to="/links/codes" activeOptions={{ exact: true, includeSearch: false }}>
            Worklist
          </Link>
          <Link to="/links/codes/coverage">Coverage</Link>
        </PageTabs>
      ) : null}
    </>
  );
}
