import { Link } from "@tanstack/react-router";
import type { BookView } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import { ScrollRegion } from "../../parts/scroll-region/scroll-region.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";
import { type BookColumn, bookColumns } from "./book-columns.ts";

interface BookTableProps {
  readonly title: string;
  readonly books: readonly BookView[];
}

/** One row a day; each number opens what it counts. */
export function BookTable({ title, books }: BookTableProps) {
  return (
    <ScrollRegion className="table-frame" label={`The books of ${title}`}>
      <table className="table book-table">
        <caption className="visually-hidden">The books of {title}, newest day first</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" className="number">
              Received
            </th>
            {bookColumns.map(({ name, title: column }) => (
              <th key={name} scope="col" className="number">
                {column}
              </th>
            ))}
            <th scope="col">Balance</th>
          </tr>
        </thead>
        <tbody>
          {books.map((book) => (
            <Row key={book.day} book={book} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Row({ book }: { readonly book: BookView }) {
  return (
    <tr>
      <th scope="row" className="nowrap">
        {formatDate(book.day)}
      </th>
      <td className="number">
        <Link to="/links/messages" search={dayOf(book)}>
          {formatCount(book.received)}
        </Link>
      </td>
      {bookColumns.map(({ name }) => (
        <td key={name} className="number" data-column={name}>
          {book[name] === 0 ? <span className="quiet">0</span> : <Opened book={book} column={name} />}
        </td>
      ))}
      <td>
        <Balance book={book} />
      </td>
    </tr>
  );
}

/** The states in which the messages of a column are. */
const messageStates: Readonly<Partial<Record<BookColumn, string>>> = {
  delivered: "mapped,stale,routed",
  recorded: "mapped,stale,routed",
  filtered: "filtered",
  held: "held",
  rejected: "rejected",
};

const deliveryStates: Readonly<Partial<Record<BookColumn, string>>> = {
  partly: "cancelled",
  parked: "parked",
  underWay: "queued",
  skipped: "cancelled",
};

function Opened({ book, column }: { readonly book: BookView; readonly column: BookColumn }) {
  const text = formatCount(book[column]);
  const ofDeliveries = deliveryStates[column];
  if (ofDeliveries !== undefined)
    return (
      <Link to="/links/deliveries" search={{ state: ofDeliveries, link: book.link, day: book.day }}>
        {text}
      </Link>
    );
  const state = messageStates[column];
  return (
    <Link to="/links/messages" search={{ ...dayOf(book), ...(state === undefined ? {} : { state }) }}>
      {text}
    </Link>
  );
}

function dayOf({ link, day }: BookView) {
  return { link, from: day, to: day };
}

function Balance({ book }: { readonly book: BookView }) {
  const { balances, counted } = book;
  return (
    <>
      <Tag tone={balances ? "good" : "bad"} icon={balances ? "check" : "alert"}>
        {balances ? "Balances" : "Does not"}
      </Tag>
      {counted === undefined ? null : (
        <span className="book-counted tabular">the record has {formatCount(counted)}</span>
      )}
    </>
  );
}
