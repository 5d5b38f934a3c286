import { ActionIcon } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SavedSearchView } from "#access/api";
import { announce } from "../../parts/announcer/announcement.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { issuesOf } from "../fhir/outcome.ts";
import { IssueList } from "../issue-list.tsx";
import { writeAddress } from "../search/query-text.ts";
import { forget, savedKey, savedQuery } from "./saved-queries.ts";

/** One's own and those that others share. */
export function SavedSearches() {
  const query = useQuery(savedQuery);
  return (
    <section aria-labelledby="saved-searches" className="saved">
      <h2 id="saved-searches">Saved searches</h2>
      <Loaded query={query} label="Loading saved searches" rows={3}>
        {({ searches }) =>
          searches.length === 0 ? (
            <p className="quiet">None yet. Search a type, then choose “Save this search”.</p>
          ) : (
            <ul className="saved-list">
              {searches.map((search) => (
                <SavedItem key={search.id} search={search} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function SavedItem({ search }: { readonly search: SavedSearchView }) {
  const client = useQueryClient();
  const forgetting = useMutation({
    mutationFn: () => forget(search.id),
    onSuccess: () => {
      announce(`${search.name} is deleted.`);
      return client.invalidateQueries({ queryKey: savedKey });
    },
  });
  const { type, query, columns } = search;
  return (
    <li className="saved-item">
      <div className="saved-what">
        <Link
          to="/explorer/$type"
          params={{ type }}
          state={{ explored: { type, query, ...(columns.length === 0 ? {} : { columns }) } }}
          className="table-link"
        >
          {search.name}
        </Link>
        {search.own && search.shared ? <Tag tone="accent">shared</Tag> : null}
        {search.sharedBy === undefined ? null : <span className="quiet">shared by {search.sharedBy}</span>}
        <code className="saved-address">{writeAddress({ type, query })}</code>
        {forgetting.error === null ? null : <IssueList issues={issuesOf(forgetting.error)} />}
      </div>
      {search.own ? (
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-label={`Delete ${search.name}`}
          loading={forgetting.isPending}
          onClick={() => forgetting.mutate()}
        >
          <Icon name="close" size={16} />
        </ActionIcon>
      ) : null}
    </li>
  );
}
