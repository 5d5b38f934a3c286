import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FormFailure } from "../access/form-message.tsx";
import { sendJson } from "../parts/request/request.ts";
import { Loaded } from "../parts/state-panel/loaded.tsx";
import { accountKey, sessionsQuery } from "./account-queries.ts";
import { SessionList } from "./session-list.tsx";

/** One's own sessions; another one that looks strange is ended here. */
export function SessionSection() {
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string) => sendJson("DELETE", `/api/access/account/sessions${id === "" ? "" : `/${id}`}`),
    onSettled: () => client.invalidateQueries({ queryKey: accountKey }),
  });
  return (
    <section className="account-section" aria-labelledby="account-sessions">
      <h2 id="account-sessions">Where you are signed in</h2>
      <p>End what you do not know, and then change your password.</p>
      <FormFailure error={end.error} />
      <Loaded query={sessions} label="Loading your sessions" rows={2}>
        {(list) => (
          <>
            <SessionList sessions={list} pending={end.isPending} onEnd={(id) => end.mutate(id)} />
            {list.some(({ isThis }) => !isThis) ? (
              <div className="account-actions">
                <Button variant="default" loading={end.isPending} onClick={() => end.mutate("")}>
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
