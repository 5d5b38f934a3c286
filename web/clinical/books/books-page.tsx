import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { BooksPage as Books, BookView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { linksQuery } from "../links/link-queries.ts";
import { BookBars } from "./book-bars.tsx";
import { BookFilters } from "./book-filters.tsx";
import { booksQuery } from "./book-queries.ts";
import { BookTable } from "./book-table.tsx";
import "./books.css";

const route = getRouteApi("/signed-in/links/books");

/** What has become of every message: for each link and day, received is the sum of all the rest. */
export function BooksPage() {
  const filter = route.useSearch();
  const [recount, setRecount] = useState(false);
  const query = useQuery(booksQuery(filter, recount));
  return (
    <div className="page">
      <div className="page-head">
        <h1>Books</h1>
        <p>What became of every message: received is the sum of all the rest</p>
      </div>
      <BookFilters filter={filter}>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="refresh" size={15} />}
          loading={recount && query.isFetching}
          onClick={() => (recount ? void query.refetch() : setRecount(true))}
        >
          Count the record again
        </Button>
      </BookFilters>
      <Loaded query={query} label="Loading the books" rows={8}>
        {(page) => (
          <div className="list books" aria-busy={query.isPlaceholderData} data-stale={query.isPlaceholderData}>
            <BooksOf page={page} />
          </div>
        )}
      </Loaded>
    </div>
  );
}

function BooksOf({ page }: { readonly page: Books }) {
  if (page.books.length === 0)
    return (
      <EmptyPanel icon="order" title="No message came in on these days">
        Choose other days, or another link.
      </EmptyPanel>
    );
  const links = [...new Set(page.books.map((book) => book.link))];
  return (
    <>
      <Balance books={page.books} at={page.at} />
      {links.map((link) => (
        <LinkBooks key={link} link={link} books={page.books.filter((book) => book.link === link)} />
      ))}
      <p className="quiet">
        Received, recorded, filtered, held and rejected open the messages of that day. Delivered opens those of the day
        that were taken. Parked, under way and skipped open the deliveries that stand so now, of any day.
      </p>
    </>
  );
}

/** The one thing to know first. */
function Balance({ books, at }: { readonly books: readonly BookView[]; readonly at: string }) {
  const broken = books.filter((book) => !book.balances).length;
  const isCounted = books.every((book) => book.counted !== undefined);
  const checked = isCounted ? ", and so does the record counted again" : "";
  return (
    <p className="books-balance" data-balances={broken === 0} role="status">
      <Icon name={broken === 0 ? "check-round" : "alert"} size={18} />
      {broken === 0 ? `The books balance${checked}.` : `${broken} of ${books.length} days do not balance.`}
      <span className="tabular">{formatDateTime(at)}</span>
    </p>
  );
}

function LinkBooks({ link, books }: { readonly link: string; readonly books: readonly BookView[] }) {
  const { data } = useQuery({ ...linksQuery, enabled: usePermission("links.see") });
  const title = data?.links.find(({ name }) => name === link)?.title ?? link;
  const headingId = `books-${link}`;
  return (
    <section className="book" aria-labelledby={headingId}>
      <h2 id={headingId}>{title}</h2>
      <BookBars title={title} books={books} />
      <BookTable title={title} books={books} />
    </section>
  );
}
