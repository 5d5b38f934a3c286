import { useQuery } from "@tanstack/react-query";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { ReplayForm } from "./replay-form.tsx";
import { ReplayHead } from "./replay-head.tsx";
import { replaysQuery } from "./replay-queries.ts";
import { ReplayTable } from "./replay-table.tsx";

/** Messages that are to be taken, or sent on, once more; and those that were. */
export function ReplaysPage() {
  const query = useQuery(replaysQuery);
  const mayReplay = usePermission("messages.replay");
  return (
    <div className="page">
      <ReplayHead note="Take messages once more, or send them on once more, after seeing what that changes" />
      <div className="replay">
        {mayReplay ? (
          <section className="replay-section" aria-labelledby="replay-new">
            <h2 id="replay-new">New replay</h2>
            <ReplayForm />
          </section>
        ) : null}
        <section className="replay-section" aria-labelledby="replays">
          <h2 id="replays">Replays, newest first</h2>
          <Loaded query={query} label="Loading replays" rows={4}>
            {({ replays }) =>
              replays.length === 0 ? (
                <EmptyPanel icon="refresh" title="Nothing was replayed yet">
                  A replay stays here with who started it, why, and what it came to.
                </EmptyPanel>
              ) : (
                <ReplayTable replays={replays} />
              )
            }
          </Loaded>
        </section>
      </div>
    </div>
  );
}
