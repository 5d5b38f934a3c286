import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GivenAccessView } from "#access/api";
import { FormFailure } from "../access/form-message.tsx";
import { formatDateTime } from "../parts/format/dates.ts";
import { getJson, sendJson } from "../parts/request/request.ts";
import { Loaded } from "../parts/state-panel/loaded.tsx";
import { accountKey } from "./account-queries.ts";

const applicationsQuery = queryOptions({
  queryKey: [...accountKey, "applications"],
  queryFn: ({ signal }) => getJson<readonly GivenAccessView[]>("/api/access/account/applications", signal),
});

/** What one has let applications do in one's name, and taking it back. */
export function ApplicationsSection() {
  const client = useQueryClient();
  const given = useQuery(applicationsQuery);
  const end = useMutation({
    mutationFn: (id: string) => sendJson("DELETE", `/api/access/account/applications/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: accountKey }),
  });
  return (
    <section className="account-section" aria-labelledby="account-applications">
      <h2 id="account-applications">Applications you have given access</h2>
      <FormFailure error={end.error} />
      <Loaded query={given} label="Loading your applications" rows={2}>
        {(list) =>
          list.length === 0 ? (
            <p>None.</p>
          ) : (
            <ul className="account-list">
              {list.map((each) => (
                <Given key={each.id} given={each} pending={end.isPending} onEnd={() => end.mutate(each.id)} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

interface GivenProps {
  readonly given: GivenAccessView;
  readonly pending: boolean;
  onEnd(): void;
}

function Given({ given, pending, onEnd }: GivenProps) {
  const { application, owner, sentences, begun, expires, offline } = given;
  return (
    <li>
      <span>
        <strong>{application}</strong> {owner === "" ? null : `from ${owner}`}
        <br />
        {sentences.join("; ")}
        <br />
        <span className="quiet">
          Since {formatDateTime(begun)}, until {formatDateTime(expires)}
          {offline ? ", also while you are away" : " or until you sign out"}
        </span>
      </span>
      <Button
        size="xs"
        variant="default"
        disabled={pending}
        aria-label={`Take back what ${application} was given on ${formatDateTime(begun)}`}
        onClick={onEnd}
      >
        Take back
      </Button>
    </li>
  );
}
