import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { FormFailure } from "../access/form-message.tsx";
import { sendJson } from "../parts/request/request.ts";
import { Loaded } from "../parts/state-panel/loaded.tsx";
import { sessionsQuery } from "./account-queries.ts";
import { SessionList } from "./session-list.tsx";
import { useProved } from "./use-proved.tsx";

/** One's own sessions; another one that looks strange is ended here. */
export function SessionSection() {
  const sessions = useQuery(sessionsQuery);
  const end = useProved((id: string) => sendJson("DELETE", `/api/access/account/sessions${id === "" ? "" : `/${id}`}`));
  return (
    <section className="account-section" aria-labelledby="account-sessions">
      <h2 id="account-sessions">Where you are signed in</h2>
      <p>End what you do not know, and then change your password.</p>
      <FormFailure error={end.error} />
      {end.prompt}
      <Loaded query={sessions} label="Loading your sessions" rows={2}>
        {(list) => (
          <>
            <SessionList sessions={list} pending={end.isPending} onEnd={(id) => end.run(id)} />
            {list.some(({ isThis }) => !isThis) ? (
              <div className="account-actions">
                <Button variant="default" loading={end.isPending} onClick={() => end.run("")}>
                  End all others
                </Button>
              </div>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
