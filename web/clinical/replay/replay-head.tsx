import { Link } from "@tanstack/react-router";
import { PageTabs } from "../../parts/page-tabs/page-tabs.tsx";
import "./replay.css";

/** What is done once more, and what would be otherwise. */
export function ReplayHead({ note }: { readonly note: string }) {
  return (
    <>
      <div className="page-head">
        <h1>Replay</h1>
        <p>{note}</p>
      </div>
      <PageTabs label="Replay">
        <Link to="/links/replay" activeOptions={{ exact: true, includeSearch: false }}>
          Replays
        </Link>
        <Link to="/links/replay/shadow">Shadow runs</Link>
      </PageTabs>
    </>
  );
}
