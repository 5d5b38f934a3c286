import { Link } from "@tanstack/react-router";
import { PageTabs } from "../../parts/page-tabs/page-tabs.tsx";
import { usePermission } from "../../shell/session/session.ts";
import "./set-up.css";

/** What runs now, and how it came to be. */
export function SetUpHead({ note }: { readonly note: string }) {
  const mayEdit = usePermission("links.configure");
  return (
    <>
      <div className="page-head">
        <h1>Links set-up</h1>
        <p>{note}</p>
      </div>
      <PageTabs label="Links set-up">
        <Link to="/links/set-up" activeOptions={{ exact: true, includeSearch: false }}>
          Configuration
        </Link>
        {mayEdit ? <Link to="/links/set-up/edit">Edit</Link> : null}
        <Link to="/links/set-up/history">History</Link>
      </PageTabs>
    </>
  );
}
