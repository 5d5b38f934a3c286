import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReplayView } from "#departments/clinical/api";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { PreviewReport } from "./preview-report.tsx";
import { ReplayFacts } from "./replay-facts.tsx";
import { ReplayHead } from "./replay-head.tsx";
import { ReplayMessages } from "./replay-messages.tsx";
import { previewQuery, replayQuery } from "./replay-queries.ts";
import { StartForm } from "./start-form.tsx";

const route = getRouteApi("/signed-in/links/replay/$id");

/** One replay: its preview, its start, how far it is. */
export function ReplayPage() {
  const { id } = route.useParams();
  const query = useQuery(replayQuery(id));
  const mayReplay = usePermission("messages.replay");
  return (
    <div className="page">
      <ReplayHead note="What one replay would change, and how far it is" />
      <Loaded query={query} label="Loading the replay" rows={8}>
        {(replay) => (
          <div className="replay">
            <ReplayFacts replay={replay} mayReplay={mayReplay} />
            {replay.state === "previewing" || replay.state === "failed" ? null : (
              <Previewed replay={replay} mayReplay={mayReplay} />
            )}
          </div>
        )}
      </Loaded>
    </div>
  );
}

function Previewed({ replay, mayReplay }: { readonly replay: ReplayView; readonly mayReplay: boolean }) {
  const { id, into, state } = replay;
  const preview = useQuery(previewQuery(id));
  return (
    <>
      <Loaded query={preview} label="Loading the preview" rows={6}>
        {(found) => <PreviewReport preview={found} into={into} />}
      </Loaded>
      {state === "previewed" && mayReplay ? <StartForm replay={replay} /> : null}
      {state === "previewed" || state === "paused" ? <ReplayMessages id={id} /> : null}
    </>
  );
}
