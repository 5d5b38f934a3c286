import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import "./table.css";

interface MoreRowsProps<Page> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page>>;
  readonly label: string;
}

/** Fetches the next page of a list; absent on the last. */
export function MoreRows<Page>({ query, label }: MoreRowsProps<Page>) {
  if (!query.hasNextPage) return null;
  return (
    <div className="table-more">
      <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {label}
      </Button>
    </div>
  );
}
