import type { BookView } from "#departments/clinical/api";
import { formatDate } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import { bookColumns, bookSentence } from "./book-columns.ts";

interface BookBarsProps {
  readonly title: string;
  /** Newest first. */
  readonly books: readonly BookView[];
}

/** A bar a day, as long as what came in, divided into what became of it; the table below says the same. */
export function BookBars({ title, books }: BookBarsProps) {
  const most = Math.max(1, ...books.map((book) => book.received));
  const used = bookColumns.filter(({ name }) => books.some((book) => book[name] > 0));
  return (
    <figure className="book-bars" aria-label={`What became of the messages of ${title}, day by day`}>
      <ol>
        {books.map((book) => (
          <li key={book.day} className="book-bars-row">
            <span className="book-bars-day tabular">{formatDate(book.day)}</span>
            <span className="book-bar" role="img" aria-label={bookSentence(book, formatCount)}>
              {bookColumns.map(({ name }) =>
                book[name] === 0 ? null : (
                  <span
                    key={name}
                    className="book-bar-part"
                    data-column={name}
                    style={{ width: `${(100 * book[name]) / most}%` }}
                  />
                ),
              )}
            </span>
          </li>
        ))}
      </ol>
      <figcaption>
        <ul className="book-legend">
          {used.map(({ name, title: column }) => (
            <li key={name}>
              <span className="book-bar-part" data-column={name} /> {column}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
